"""OFAC’s SDN list as CSV: `sdn.csv`, with `alt.csv` for the further names. Neither has a head.

The further names stand in a file of their own, so they are held in memory until their person comes: `MOST_ALIASES` at
most.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from echt.identity.screening.births import births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Bad, Entry, ListRefused, Row, checked, joined
from echt.identity.screening.tables import rows_of, wrong_width

TITLE = "OFAC SDN (sdn.csv, alt.csv)"
WIDTH, WIDTH_OF_ALIASES = 12, 5
MOST_ALIASES = 500_000
NOTHING = "-0-"
_BORN = re.compile(r"\b(?:alt\. )?DOB ([^;.]+)")
_NATIONALITY = re.compile(r"\b(?:alt\. )?(?:nationality|citizen) ([^;.]+)")
_ALIAS = re.compile(r"\b(?:a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)[,:]? ['‘\"]?([^;'’\"]+)")
_KINDS = frozenset({"aka", "fka", "nka"})


def is_head(head: Sequence[str]) -> bool:
    """The first row is a person or a company already: a number, a name, a kind."""
    return len(head) == WIDTH and head[0].strip().isdigit()


def is_aliases(head: Sequence[str]) -> bool:
    return len(head) == WIDTH_OF_ALIASES and head[0].strip().isdigit() and head[2].strip() in _KINDS


def rows(path: Path, aliases: Path | None) -> Iterator[Row]:
    further = _aliases(aliases) if aliases else {}
    for number, row in rows_of(path):
        if len(row) != WIDTH:
            yield number, Bad(wrong_width(number, len(row), WIDTH))
        elif row[2].strip() != "individual":
            yield number, None
        else:
            yield checked(number, _entry(row, further))


def _entry(row: Sequence[str], further: Mapping[str, Sequence[str]]) -> Entry:
    key, name, _kind, programme, title, *_ship, remarks = (_said(field) for field in row)
    return Entry(
        key=key,
        names=(_turned(name), *map(_turned, further.get(key, ())), *map(_turned, _ALIAS.findall(remarks))),
        born=tuple(date for text in _BORN.findall(remarks) for date in births_of(text)),
        countries=tuple(country_of(country) for country in _NATIONALITY.findall(remarks)),
        remarks=joined((programme, title, remarks), " · "),
    )


def _aliases(path: Path) -> Mapping[str, Sequence[str]]:
    found = defaultdict(list)
    for count, (number, row) in enumerate(rows_of(path), start=1):
        if len(row) != WIDTH_OF_ALIASES:
            raise ListRefused(wrong_width(number, len(row), WIDTH_OF_ALIASES))
        if count > MOST_ALIASES:
            raise ListRefused(_("There are more than %(most)d further names.") % {"most": MOST_ALIASES})
        found[row[0].strip()].append(_said(row[3]))
    return found


def _said(field: str) -> str:
    field = field.strip()
    return "" if field == NOTHING else field


def _turned(name: str) -> str:
    """`SURNAME, Given` as `Given SURNAME`."""
    surname, _comma, given = name.partition(",")
    return joined((given, surname))
