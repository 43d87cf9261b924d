"""The clock of a case: within how many hours a person decides.

1. It starts when the case is submitted, and anew with every further submission.
2. It stands while the case is on hold: the end moves by the time that was held.
3. While the applicant has the case, no clock runs.
4. What is late is found by comparison; no job has to run.

The functions that change a case leave saving to their caller, who holds its lock.
"""

from datetime import datetime, timedelta

from echt import clock
from echt.identity.models import Case
from echt.identity.settings import identity_settings
from echt.identity.states import RUNNING, State

FIELDS = ("submitted_at", "due_at", "held_at")
"""What the functions change."""


def allowed() -> timedelta:
    return timedelta(hours=identity_settings().hours)


def start(case: Case) -> None:
    """A new clock, from now on."""
    case.submitted_at = clock.now()
    case.due_at = case.submitted_at + allowed()
    case.held_at = None


def hold(case: Case) -> None:
    """The clock stands, from now on; a second call changes nothing."""
    if case.held_at is None:
        case.held_at = clock.now()


def resume(case: Case) -> None:
    """The clock goes on, and ends later by the time that it stood; a second call changes nothing."""
    if case.held_at is None:
        return
    if case.due_at is not None:
        case.due_at += clock.now() - case.held_at
    case.held_at = None


def remaining(case: Case, now: datetime | None = None) -> timedelta | None:
    """How much time is left, below zero where it is late; None where no clock runs or stands."""
    if case.due_at is None or State(case.state) not in RUNNING | {State.ON_HOLD}:
        return None
    return case.due_at - (case.held_at or now or clock.now())


def is_late(case: Case, now: datetime | None = None) -> bool:
    left = remaining(case, now)
    return left is not None and left <= timedelta(0)


def is_warned(case: Case, now: datetime | None = None) -> bool:
    """Whether so much of the time is used up that the desk shows a warning."""
    left = remaining(case, now)
    return left is not None and left <= allowed() * (100 - identity_settings().warned) / 100
