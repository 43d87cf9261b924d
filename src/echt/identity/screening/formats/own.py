"""Our own CSV: `key,names,born,countries,remarks`; semicolons between several values of a field.

Here alone a date of birth that cannot be read is refused: who writes the file can put it right.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from echt.identity.screening.births import births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Bad, Entry, Row, checked, split
from echt.identity.screening.tables import Columns, rows_of, wrong_width

TITLE = "CSV (key, names, born, countries, remarks)"
COLUMNS = ("key", "names", "born", "countries", "remarks")


def is_head(head: Sequence[str]) -> bool:
    columns = Columns(head)
    return "key" in columns and "names" in columns


def rows(path: Path) -> Iterator[Row]:
    lines = rows_of(path)
    columns = Columns(next(lines)[1])
    for number, row in lines:
        if len(row) != columns.count:
            yield number, Bad(wrong_width(number, len(row), columns.count))
            continue
        yield _row(number, row, columns)


def _row(number: int, row: Sequence[str], columns: Columns) -> Row:
    born = [(text.strip(), births_of(text)) for text in split(columns.of(row, "born"))]
    if wrong := next((text for text, found in born if not found), ""):
        text = _(
            "Row %(row)d: “%(value)s” is no date of birth. Write 1970-01-31, or 1970 where only the year is known."
        )
        return number, Bad(text % {"row": number, "value": wrong[:40]})
    entry = Entry(
        key=columns.of(row, "key"),
        names=tuple(split(columns.of(row, "names"))),
        born=tuple(date for _text, dates in born for date in dates),
        countries=tuple(country_of(country) for country in split(columns.of(row, "countries"))),
        remarks=columns.of(row, "remarks"),
    )
    return checked(number, entry)
