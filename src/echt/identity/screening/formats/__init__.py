"""The formats of lists, recognised by what stands in the files, never by their names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from echt.identity.screening.entries import ListRefused, Row
from echt.identity.screening.formats import (
    european_union,
    ofac_document,
    ofac_table,
    opensanctions,
    own,
    united_kingdom,
    united_nations,
)
from echt.identity.screening.records import root_of
from echt.identity.screening.tables import rows_of

_DOCUMENTS = (united_nations, european_union, ofac_document)
_TABLES = (united_kingdom, opensanctions, own)
_HEADS = 2
"""Rows in which a table’s head is looked for: some lists begin with their date."""


@dataclass(frozen=True)
class Source:
    """A list as it lies there. `rows` begins anew with each call."""

    title: str
    rows: Callable[[], Iterator[Row]]


def source_of(files: Sequence[Path]) -> Source:
    """The list in these files: one, or OFAC’s table with its further names.

    Raises:
        ListRefused: a file cannot be read, or is no list that we know.
    """
    if len(files) == 1 and _is_document(files[0]):
        return _document(files[0])
    heads = {path: list(islice((row for _number, row in rows_of(path)), _HEADS)) for path in files}
    return _ofac(heads) or _table(heads)


def _is_document(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _document(path: Path) -> Source:
    root = root_of(path)
    for form in _DOCUMENTS:
        if root == form.ROOT:
            return Source(form.TITLE, partial(form.rows, path))
    raise ListRefused(_unknown())


def _ofac(heads: dict[Path, list[list[str]]]) -> Source | None:
    persons = [path for path, head in heads.items() if head and ofac_table.is_head(head[0])]
    aliases = [path for path, head in heads.items() if head and ofac_table.is_aliases(head[0])]
    if len(persons) != 1 or len(persons) + len(aliases) != len(heads):
        return None
    return Source(ofac_table.TITLE, partial(ofac_table.rows, persons[0], aliases[0] if aliases else None))


def _table(heads: dict[Path, list[list[str]]]) -> Source:
    if len(heads) != 1:
        raise ListRefused(
            _("Several files make one list only with OFAC’s sdn.csv and alt.csv. Import them one by one.")
        )
    ((path, head),) = heads.items()
    for form in _TABLES:
        if any(form.is_head(row) for row in (head if form is united_kingdom else head[:1])):
            return Source(form.TITLE, partial(form.rows, path))
    raise ListRefused(_unknown())


def _unknown() -> str:
    titles = ", ".join(form.TITLE for form in (*_TABLES, *_DOCUMENTS, ofac_table))
    return _("The file is no list that echt knows. It reads: %(titles)s.") % {"titles": titles}
