"""What a decision does once it is in force. Called under the case's lock by whoever decides.

1. Approval makes one grant, which ends at the first instant at which the document is no longer valid.
2. Return asks again for exactly the items that its reasons name.
3. The applicant gets a message with each outcome, and never a word of a list.
"""

from collections.abc import Callable

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.actions.claiming import lay_down
from echt.identity.decision_rules import from_rows, reopens, visible
from echt.identity.events import Event
from echt.identity.granting import grant_level
from echt.identity.levels import Level
from echt.identity.mails import CaseApproved, CaseRefused, CaseReturned, LevelRevoked
from echt.identity.models import Case, Decision
from echt.identity.models.decisions import Verdict
from echt.identity.states import State
from echt.mail.send import send

SAVED = ["state", "version", "changed_at", "closed_at", "reasons", "reopened", "claimed_by", "claimed_until"]


def put_in_force(case: Case, decision: Decision, actor: User | None) -> None:
    """Let the decision count from now on; the caller holds the case's lock. No actor: the product itself."""
    decision.decided_at = clock.now()
    decision.save(update_fields=["decided_at", "confirmed_by"])
    OUTCOMES[Verdict(decision.verdict)](case, decision, actor)


def _approve(case: Case, decision: Decision, actor: User | None) -> None:
    _close(case, decision, State.APPROVED)
    _tell(Event.CASE_APPROVED, case, decision, actor)
    grant = grant_level(case)
    _tell(Event.LEVEL_GRANTED, case, decision, actor, ends_at=grant.ends_at.isoformat() if grant.ends_at else None)
    send(CaseApproved(to=case.applicant, level=Level(case.level), ends_at=grant.ends_at))


def _return(case: Case, decision: Decision, actor: User | None) -> None:
    case.reopened = reopens(from_rows(decision.reasons))
    _close(case, decision, State.RETURNED)
    _tell(Event.CASE_RETURNED, case, decision, actor)
    send(CaseReturned(to=case.applicant, level=Level(case.level), shown=case.reasons, message=decision.message))


def _refuse(case: Case, decision: Decision, actor: User | None) -> None:
    _close(case, decision, State.REFUSED)
    _tell(Event.CASE_REFUSED, case, decision, actor)
    send(CaseRefused(to=case.applicant, level=Level(case.level), shown=case.reasons, message=decision.message))


def _revoke(case: Case, decision: Decision, actor: User | None) -> None:
    now = clock.now()
    case.grants.filter(revoked_at=None).update(revoked_at=now)
    _tell(Event.LEVEL_REVOKED, case, decision, actor)
    send(LevelRevoked(to=case.applicant, level=Level(case.level), message=decision.message))


OUTCOMES: dict[Verdict, Callable[[Case, Decision, User | None], None]] = {
    Verdict.APPROVE: _approve,
    Verdict.RETURN: _return,
    Verdict.REFUSE: _refuse,
    Verdict.REVOKE: _revoke,
}


def _close(case: Case, decision: Decision, to: State) -> None:
    """Move the case on; it is nobody's at the desk any more."""
    case.move(to)
    case.reasons = visible(from_rows(decision.reasons))
    lay_down(case)
    case.save(update_fields=SAVED)


def _tell(event: Event, case: Case, decision: Decision, actor: User | None, **details: str | None) -> None:
    """Record what its applicant may read: the outcome, not the reasons."""
    record(
        event,
        actor=actor,
        subject=case.applicant_id,
        case=str(case.pk),
        level=case.level,
        decision=str(decision.pk),
        **details,
    )
