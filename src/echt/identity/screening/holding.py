"""Putting a case on hold for a hit on a sanctions list.

1. A case at the desk that such a hit blocks is on hold, its clock stands, and a pending proposal is void.
2. The applicant reads that the case is under review, never why.
3. Nothing takes a case off hold by itself: a person resumes it.
"""

from echt.accounts.models import User
from echt.audit.record import record
from echt.identity import sla
from echt.identity.events import Event
from echt.identity.evidence import CHANGED, void_proposal
from echt.identity.models import Case
from echt.identity.screening.hits import hits_block
from echt.identity.states import State

SAVED = ["state", "version", "changed_at", "due_at", "held_at", "claimed_by", "claimed_until"]
TO_HOLD = frozenset({State.IN_REVIEW, State.PROPOSED})


def hold_if_blocked(case: Case, *, actor: User | None) -> bool:
    """Put the case on hold if a hit blocks it and it is in review; whether it was. The caller holds its lock."""
    if State(case.state) not in TO_HOLD or not hits_block(case):
        return False
    void_proposal(case, because=CHANGED, actor=actor)
    case.move(State.ON_HOLD)
    sla.hold(case)
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=SAVED)
    record(Event.CASE_HELD, actor=actor, subject=case.pk, case=str(case.pk), because="screening")
    return True
