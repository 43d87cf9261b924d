"""The data of a case, field by field: as entered, and as each source of the document has it. Differences in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from echt.desk.identity.words import SOURCES
from echt.identity.comparing import COUNTRIES, NAMES, same_name
from echt.identity.documents import DATES, Field
from echt.identity.findings import Reading, Source
from echt.identity.models import Case
from echt.identity.mrz.countries import same_country
from echt.identity.numbers import index_number
from echt.identity.selectors import reading_of
from echt.identity.wording import FIELDS
from echt.ui.formats import SPACE

HIDDEN = "•••"
COLUMNS = (Source.MRZ, Source.PRINT, Source.BARCODE)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a source says. `differs`: from what was entered, or, where nothing was, from the first source."""

    source: Promise
    value: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One field. `kind`, `word`: whether everything agrees."""

    label: Promise
    entered: str
    cells: list[Cell]
    kind: str
    word: str


def rows_of(case: Case, *, shown: bool) -> list[Row]:
    """One row for each field that anybody says something about; the values only where they may be shown."""
    reading = reading_of(case)
    typed = {Field(name): str(value) for name, value in (case.document.typed or {}).items()}
    told = [field for field in Field if _is_told(field, typed, reading)]
    return [_row(field, typed.get(field, ""), reading, shown=shown) for field in told]


def columns_of(case: Case) -> list[Promise]:
    """The sources, those left out that said nothing at all."""
    return [SOURCES[source] for source in _sources(reading_of(case))]


def same(field: Field, one: str, other: str) -> bool:
    """Whether two values mean the same: names in any spelling, numbers without what separates their parts."""
    if field in NAMES:
        return same_name(one, other)
    if field in COUNTRIES:
        return same_country(one, other)
    return index_number(one) == index_number(other)


def _sources(reading: Reading | None) -> list[Source]:
    return [source for source in COLUMNS if reading and reading.fields.get(source)]


def _is_told(field: Field, typed: dict[Field, str], reading: Reading | None) -> bool:
    return bool(typed.get(field) or (reading and reading.best(field)))


def _row(field: Field, entered: str, reading: Reading | None, *, shown: bool) -> Row:
    told = {source: _read(reading, source, field) for source in _sources(reading)}
    measure = entered or next(filter(None, told.values()), "")
    cells = [
        Cell(
            source=SOURCES[source],
            value=_as_shown(field, value, shown=shown),
            differs=bool(value) and not same(field, value, measure),
        )
        for source, value in told.items()
    ]
    kind, word = _verdict(entered, [value for value in told.values() if value], cells)
    return Row(label=FIELDS[field], entered=_as_shown(field, entered, shown=shown), cells=cells, kind=kind, word=word)


def _verdict(entered: str, read: list[str], cells: Iterable[Cell]) -> tuple[str, str]:
    if any(cell.differs for cell in cells):
        return "warning", _("differs")
    if not read:
        return "warning", _("not read")
    if not entered and len(read) == 1:
        return "", _("one source")
    return "success", _("same")


def _read(reading: Reading | None, source: Source, field: Field) -> str:
    return reading.fields.get(source, {}).get(field, "") if reading else ""


def _as_shown(field: Field, value: str, *, shown: bool) -> str:
    if not value:
        return ""
    if not shown:
        return HIDDEN
    return _date(value) if field in DATES else value


def _date(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    german = get_language() == "de"
    told = format_date(day, "d. MMM y" if german else "d MMM y", "de_DE" if german else "en_GB")
    return told.replace(" ", SPACE)
