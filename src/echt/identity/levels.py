"""Levels of identification, what each gives, and whom other rooms ask.

1. A level is held while a grant of it is live: not revoked, and its end not yet come. It is asked at the moment of the
   question; no job has to run.
2. The highest live level counts. Advanced includes what primary gives.
3. Limits are whole satoshis. A level without a limit refuses; it is never unlimited.
"""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    """How well we know a person; the value is stored, so it is never renamed."""

    NONE = "none"
    PRIMARY = "primary"
    ADVANCED = "advanced"


LABELS: dict[Level, Promise] = {
    Level.NONE: _("Not verified"),
    Level.PRIMARY: _("Primary"),
    Level.ADVANCED: _("Advanced"),
}
RANK = {Level.NONE: 0, Level.PRIMARY: 1, Level.ADVANCED: 2}
TO_VERIFY = (Level.PRIMARY, Level.ADVANCED)


def reaches(held: Level, wanted: Level) -> bool:
    """Whether who holds one level has what the other gives."""
    return RANK[held] >= RANK[wanted]


def last_day(end: datetime) -> date:
    """The last day, in UTC, on which a level is held that ends at this instant."""
    return (end - timedelta(microseconds=1)).astimezone(UTC).date()
