"""States of a case, and which may follow which.

1. A case changes its state by `Case.move` alone, which refuses what `MOVES` does not have.
2. The clock of 24 hours runs in `RUNNING` and stands still in `ON_HOLD`.
3. What is in `CLOSED` never opens again; a new try is a new case, an appeal a new review of a new case.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where a case stands; the value is stored, so it is never renamed."""

    DRAFT = "draft"
    """The applicant is gathering what is needed."""
    CHECKING = "checking"
    """Submitted; the machines look at it."""
    IN_REVIEW = "in_review"
    """It waits for a person, or a person has claimed it."""
    PROPOSED = "proposed"
    """One person has proposed a decision; another must confirm it."""
    RETURNED = "returned"
    """The applicant must give some items again."""
    ON_HOLD = "on_hold"
    """Something must be clarified first that the applicant cannot help with; the clock stands."""
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By the applicant."""
    LAPSED = "lapsed"
    """Nothing came from the applicant for a long time."""


WITH_APPLICANT = frozenset({State.DRAFT, State.RETURNED})
RUNNING = frozenset({State.CHECKING, State.IN_REVIEW, State.PROPOSED})
AT_DESK = frozenset({State.IN_REVIEW, State.PROPOSED, State.ON_HOLD})
CLOSED = frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN, State.LAPSED})
OPEN = frozenset(State) - CLOSED

MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.CHECKING, State.WITHDRAWN, State.LAPSED}),
    State.CHECKING: frozenset({State.IN_REVIEW, State.APPROVED, State.WITHDRAWN}),
    State.IN_REVIEW: frozenset(
        {State.PROPOSED, State.RETURNED, State.ON_HOLD, State.APPROVED, State.REFUSED, State.WITHDRAWN, State.CHECKING}
    ),
    State.PROPOSED: frozenset(
        {State.IN_REVIEW, State.RETURNED, State.APPROVED, State.REFUSED, State.WITHDRAWN, State.CHECKING, State.ON_HOLD}
    ),
    State.RETURNED: frozenset({State.CHECKING, State.WITHDRAWN, State.LAPSED}),
    State.ON_HOLD: frozenset({State.IN_REVIEW, State.WITHDRAWN}),
    State.APPROVED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.LAPSED: frozenset(),
}

LABELS: dict[State, Promise] = {
    State.DRAFT: _("Not submitted yet"),
    State.CHECKING: _("Being checked"),
    State.IN_REVIEW: _("In review"),
    State.PROPOSED: _("In review"),
    State.RETURNED: _("Something is needed from you"),
    State.ON_HOLD: _("Under review"),
    State.APPROVED: _("Verified"),
    State.REFUSED: _("Not verified"),
    State.WITHDRAWN: _("Withdrawn"),
    State.LAPSED: _("Lapsed"),
}
"""As the applicant reads it. The desk has words of its own."""
