"""Dates of a document and of its holder, compared with today, in UTC.

1. A document is valid until the day of its expiry has ended.
2. Where what was confirmed and what a check digit protects differ, the earlier expiry counts.
3. Who was born on 29 February is a year older from 1 March on in other years.
"""

from datetime import UTC, date, datetime, timedelta

from echt import clock
from echt.identity.documents import Field
from echt.identity.findings import Source
from echt.identity.findings_json import reading_from
from echt.identity.models import Case


def today() -> date:
    return clock.now().date()


def date_of(text: object) -> date | None:
    """The day that an ISO 8601 date names; None where it is none."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def days_of(case: Case, field: Field) -> list[date]:
    """The days that the document has for a field: as confirmed, and as a check digit protects it. Earliest first."""
    days = {date_of((case.document.typed or {}).get(field.value)), _checked(case, field)}
    return sorted(day for day in days if day is not None)


def expiry_of(case: Case) -> date | None:
    """The last day on which the document is valid; None where none is known."""
    return next(iter(days_of(case, Field.EXPIRES_ON)), None)


def ends_at(case: Case) -> datetime | None:
    """The first instant at which the document is no longer valid."""
    last = expiry_of(case)
    return None if last is None else datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)


def has_expired(case: Case) -> bool:
    end = ends_at(case)
    return end is not None and end <= clock.now()


def age_on(day: date, *, born: date) -> int:
    """How many years old somebody is on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _checked(case: Case, field: Field) -> date | None:
    if case.document.read is None:
        return None
    reading = reading_from(case.document.read)
    if not reading.check_digits.get(field.value):
        return None
    return date_of(reading.fields.get(Source.MRZ, {}).get(field))
