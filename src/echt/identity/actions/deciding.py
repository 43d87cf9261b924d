"""Deciding a case: one person proposes; where the rules ask for it, another one confirms.

1. A decision is made on the version of the case that its author saw; on an older one it is refused.
2. It is in force at once, or it waits for a second person (`decision_rules`).
3. While it waits nobody has taken up the case, so that a second person can.
4. Nobody decides their own case.
"""

from uuid import UUID

from django.db import transaction

from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.actions.claiming import lay_down, lock_for_review, take_up
from echt.identity.actions.outcomes import put_in_force
from echt.identity.decision_rules import Chosen, as_rows, check_decision, needs_second
from echt.identity.events import Event
from echt.identity.evidence import digest_of
from echt.identity.models import Case, Decision
from echt.identity.models.cases import WrongState
from echt.identity.models.decisions import Verdict
from echt.identity.permissions import Permission
from echt.identity.review_refusals import Stale
from echt.identity.states import State


def propose(
    *,
    actor: User,
    case_id: UUID,
    version: int,
    verdict: Verdict,
    reasons: Chosen = (),
    message: str = "",
    note: str = "",
) -> Decision:
    """Decide a case, or propose its decision to a second person.

    `version` is that of the case as its author saw it. Each reason stands with the item that it is about; an approval
    has none. The message is for the applicant, the note for the desk.

    Raises:
        Absent: no such case for the actor.
        Stale: the case is another one by now.
        WrongState: it is not in review, or a proposal waits already.
        ClaimedByOther: a colleague has it.
        ReviewWrong: this is no decision; the sentence says what to change.
    """
    message, note = message.strip(), note.strip()
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.CASES_DECIDE)
        if case.version != version:
            raise Stale
        if verdict is Verdict.REVOKE or case.state != State.IN_REVIEW:
            raise WrongState(State(case.state))
        take_up(case, actor)
        check_decision(case, verdict, reasons, message=message, note=note)
        waits = needs_second(case, verdict, reasons)
        decision = new_decision(case, actor, verdict, reasons, message=message, note=note, waits=waits)
        if waits:
            _wait_for_second(case)
        else:
            put_in_force(case, decision, actor)
        return decision


def new_decision(
    case: Case, actor: User, verdict: Verdict, reasons: Chosen, *, message: str, note: str, waits: bool
) -> Decision:
    """The row of a decision that is not in force yet, and its event; the caller holds the case's lock."""
    decision = Decision.objects.create(
        case=case,
        applicant_id=case.applicant_id,
        attempt=case.attempt,
        verdict=verdict.value,
        reasons=as_rows(reasons),
        message=message,
        note=note,
        evidence=digest_of(case),
        proposed_by=actor,
    )
    record(
        Event.DECISION_PROPOSED,
        actor=actor,
        subject=case.pk,
        case=str(case.pk),
        decision=str(decision.pk),
        verdict=verdict.value,
        reasons=[f"{reason.value}:{item.value}" for reason, item in reasons],
        evidence=decision.evidence,
        waits=waits,
    )
    return decision


def _wait_for_second(case: Case) -> None:
    case.move(State.PROPOSED)
    lay_down(case)
    case.save(update_fields=["state", "version", "changed_at", "claimed_by", "claimed_until"])
