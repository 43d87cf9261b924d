"""The United Kingdom’s lists as CSV: OFSI’s consolidated list, and the UK Sanctions List that followed it.

A person stands in several rows, one for each name and place, in no order that could be relied upon. So the persons are
held in memory until the file ends: `MOST_PERSONS` at most. A person is named by their first row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from echt.identity.screening.births import births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Bad, Entry, ListRefused, Row, checked, distinct, joined
from echt.identity.screening.tables import Columns, rows_of, wrong_width

TITLE = "UK list (CSV)"
MOST_PERSONS = 200_000
KEYS = ("Unique ID", "Group ID", "OFSI Group ID")
KINDS = ("Designation Type", "Individual, Entity, Ship", "Group Type")
BORN = ("D.O.B", "DOB")
NATIONALITIES = ("Nationality(/ies)", "Nationality")
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_NUMBERED = re.compile(r"\(\d+\)|;")


def is_head(head: Sequence[str]) -> bool:
    columns = Columns(head)
    return all(name in columns for name in _NAMES) and any(name in columns for name in KEYS)


def rows(path: Path) -> Iterator[Row]:
    lines = rows_of(path)
    number, head = next(lines)
    if not is_head(head):
        number, head = next(lines)
    persons: dict[str, tuple[int, Entry]] = {}
    columns = Columns(head)
    for number, row in lines:
        if len(row) != columns.count:
            yield number, Bad(wrong_width(number, len(row), columns.count))
        elif columns.of(row, *KINDS).casefold() != "individual":
            yield number, None
        else:
            _add(persons, number, _entry(row, columns))
    yield from (checked(number, entry) for number, entry in persons.values())


def _add(persons: dict[str, tuple[int, Entry]], number: int, entry: Entry) -> None:
    first, known = persons.get(entry.key, (number, entry))
    persons[entry.key or f"row {number}"] = (
        first,
        replace(
            known,
            names=distinct(chain(known.names, entry.names)),
            born=distinct(chain(known.born, entry.born)),
            countries=distinct(chain(known.countries, entry.countries)),
        ),
    )
    if len(persons) > MOST_PERSONS:
        raise ListRefused(_("There are more than %(most)d persons in the file.") % {"most": MOST_PERSONS})


def _entry(row: Sequence[str], columns: Columns) -> Entry:
    remarks = [columns.of(row, name) for name in ("Regime", "Regime Name", "Position", "Other Information")]
    return Entry(
        key=columns.of(row, *KEYS),
        names=(joined([columns.of(row, name) for name in _NAMES]), columns.of(row, "Name Non-Latin Script")),
        born=tuple(date for text in _several(columns.of(row, *BORN)) for date in births_of(text)),
        countries=tuple(country_of(country) for country in _several(columns.of(row, *NATIONALITIES))),
        remarks=joined(remarks, " · "),
    )


def _several(text: str) -> list[str]:
    """`(1) Utopia (2) Ruritania` as its two values."""
    return [part.strip() for part in _NUMBERED.split(text) if part.strip()]
