"""Tables with the columns of OpenSanctions’ `targets.simple.csv`, whoever made them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from echt.identity.screening.births import births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Bad, Entry, Row, checked, joined, split
from echt.identity.screening.tables import Columns, rows_of, wrong_width

TITLE = "targets.simple.csv"
PERSONS = frozenset({"Person", "LegalEntity"})
"""`LegalEntity`: the source does not say whether it is a person."""


def is_head(head: Sequence[str]) -> bool:
    columns = Columns(head)
    return all(name in columns for name in ("id", "schema", "name", "aliases", "birth_date", "countries"))


def rows(path: Path) -> Iterator[Row]:
    lines = rows_of(path)
    columns = Columns(next(lines)[1])
    for number, row in lines:
        if len(row) != columns.count:
            yield number, Bad(wrong_width(number, len(row), columns.count))
        elif columns.of(row, "schema") not in PERSONS:
            yield number, None
        else:
            yield checked(number, _entry(row, columns))


def _entry(row: Sequence[str], columns: Columns) -> Entry:
    return Entry(
        key=columns.of(row, "id"),
        names=(columns.of(row, "name"), *split(columns.of(row, "aliases"))),
        born=tuple(date for text in split(columns.of(row, "birth_date")) for date in births_of(text)),
        countries=tuple(country_of(country) for country in split(columns.of(row, "countries"))),
        remarks=joined((columns.of(row, "sanctions"), columns.of(row, "dataset")), " · "),
    )
