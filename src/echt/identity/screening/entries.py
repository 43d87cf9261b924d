"""What a list says of a person, in one form for all formats; and refusals that name the row.

1. A row that cannot be used is named, with all others of the file; then nothing of the file counts.
2. A field is bounded: what is longer than anything a list has is refused instead of stored.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

MOST_NAMES = 1000
LONGEST_NAME = 300
LONGEST_KEY = 120
LONGEST_REMARK = 2000
MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A person on a list. `born`: `1970-01-31` or `1970`; `countries`: ISO alpha-3 where known, else as written."""

    key: str
    names: tuple[str, ...]
    born: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used."""

    sentence: str


Row = tuple[int, Entry | Bad | None]
"""A row with its number in the file; None where it is not about a person."""


class ListRefused(Exception):
    """The list cannot be used; nothing of it was imported. The sentences say why, row by row."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def checked(row: int, entry: Entry) -> Row:
    """The entry with its texts in order, or what is wrong with it."""
    entry = _tidied(entry)
    sentence = _complaint(row, entry)
    return (row, Bad(sentence) if sentence else entry)


def _complaint(row: int, entry: Entry) -> str:
    if not entry.key:
        return _("Row %(row)d has no identifier.") % {"row": row}
    if not entry.names:
        return _("Row %(row)d has no name.") % {"row": row}
    return _excess(row, entry)


def _excess(row: int, entry: Entry) -> str:
    if len(entry.key) > LONGEST_KEY:
        return _("Row %(row)d: the identifier is longer than %(most)d characters.") % {"row": row, "most": LONGEST_KEY}
    if len(entry.names) > MOST_NAMES:
        return _("Row %(row)d has more than %(most)d names.") % {"row": row, "most": MOST_NAMES}
    if any(len(name) > LONGEST_NAME for name in entry.names):
        return _("Row %(row)d: a name is longer than %(most)d characters.") % {"row": row, "most": LONGEST_NAME}
    if not all(_printable(text) for text in (entry.key, *entry.names)):
        return _("Row %(row)d: a name has characters that cannot be printed.") % {"row": row}
    return ""


def _printable(text: str) -> bool:
    return all(character >= " " and not "\x7f" <= character <= "\x9f" for character in text)


def _tidied(entry: Entry) -> Entry:
    return replace(
        entry,
        key=entry.key.strip(),
        names=distinct(entry.names),
        born=distinct(entry.born)[:MOST_VALUES],
        countries=tuple(country[:LONGEST_KEY] for country in distinct(entry.countries)[:MOST_VALUES]),
        remarks=_one_line(entry.remarks)[:LONGEST_REMARK],
    )


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without blanks at their ends, each once, in their order."""
    return tuple(dict.fromkeys(text for text in map(_one_line, texts) if text))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "\ufffd").split())


def split(text: str) -> Iterator[str]:
    """The values of a field that has several, with semicolons between them."""
    return (part for part in text.split(";") if part.strip())


def joined(parts: Sequence[str], between: str = " ") -> str:
    """The parts that say something."""
    return between.join(part.strip() for part in parts if part and part.strip())
