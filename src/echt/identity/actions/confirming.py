"""Four eyes: what the second person does with a proposal.

1. The proposer never confirms and never rejects; they may take their own proposal back.
2. Where nothing is pending, nothing can be confirmed or rejected.
3. It is confirmed on the evidence that it was proposed on. Where that has changed, the proposal is void, and this
   stays so although the confirmation is refused.
4. Who confirms needs the permission that proposing needed, and the case is not their own.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.identity.access import Absent
from echt.identity.actions.claiming import lay_down, lock_for_review, take_up
from echt.identity.actions.outcomes import put_in_force
from echt.identity.decision_rules import check_decision, from_rows
from echt.identity.evidence import CHANGED, REJECTED, WITHDRAWN, digest_of, void_proposal
from echt.identity.models import Case, Decision, Note
from echt.identity.models.decisions import Verdict
from echt.identity.permissions import Permission
from echt.identity.review_refusals import EvidenceChanged, NothingPending, OwnProposal, ReviewWrong
from echt.identity.states import AT_DESK, State

NEEDED = dict.fromkeys(Verdict, Permission.CASES_DECIDE) | {Verdict.REVOKE: Permission.LEVELS_REVOKE}


def confirm(*, actor: User, decision_id: UUID) -> Decision:
    """Put a proposal of somebody else in force.

    Raises:
        Absent: no such decision for the actor.
        OwnProposal: the actor proposed it.
        NothingPending: it is in force or void.
        EvidenceChanged: what it rested on has changed; it is void now.
        ClaimedByOther: a colleague has the case.
        ReviewWrong: by now the rules no longer let it through; the sentence says why.
    """
    with transaction.atomic():
        case, decision = _pending(actor, decision_id)
        changed = decision.evidence != digest_of(case)
        if changed:
            void_proposal(case, because=CHANGED, actor=actor)
            case.save(update_fields=["claimed_by", "claimed_until"])
        else:
            _put_in_force(case, decision, actor)
    if changed:  # raised outside, so that the proposal stays void
        raise EvidenceChanged
    return decision


def reject(*, actor: User, decision_id: UUID, why: str) -> Decision:
    """Reject a proposal of somebody else: the case is in review again, and why stands among its notes.

    Raises:
        ReviewWrong: it is not said why.
        Absent, OwnProposal, NothingPending, ClaimedByOther: as for `confirm`.
    """
    why = why.strip()
    with transaction.atomic():
        case, decision = _pending(actor, decision_id)
        if not why:
            raise ReviewWrong(_("Write down why you reject the proposal, so that its author can learn from it."))
        void_proposal(case, because=REJECTED, actor=actor)
        lay_down(case)
        case.save(update_fields=["claimed_by", "claimed_until"])
        Note.objects.create(case=case, applicant_id=case.applicant_id, author=actor, text=why)
        decision.refresh_from_db()
        return decision


def take_back(*, actor: User, decision_id: UUID) -> Decision:
    """Take one's own proposal back; the case is in review again.

    Raises:
        Absent: no such proposal of the actor.
        NothingPending: it is in force or void.
    """
    with transaction.atomic():
        case, decision = _locked(actor, decision_id)
        if decision.proposed_by_id != actor.pk:
            raise Absent
        _require_pending(decision)
        void_proposal(case, because=WITHDRAWN, actor=actor)
        decision.refresh_from_db()
        return decision


def _put_in_force(case: Case, decision: Decision, actor: User) -> None:
    reasons, verdict = from_rows(decision.reasons), Verdict(decision.verdict)
    check_decision(case, verdict, reasons, message=decision.message, note=decision.note)
    decision.confirmed_by = actor
    put_in_force(case, decision, actor)


def _pending(actor: User, decision_id: UUID) -> tuple[Case, Decision]:
    """The case, locked and in the actor's hands, and its pending proposal by somebody else (rules 1 and 2)."""
    case, decision = _locked(actor, decision_id)
    if decision.proposed_by_id == actor.pk:
        raise OwnProposal
    _require_pending(decision)
    if State(case.state) in AT_DESK:
        take_up(case, actor)
    return case, decision


def _locked(actor: User, decision_id: UUID) -> tuple[Case, Decision]:
    """The case, locked first, and the decision as it is under that lock (rule 4)."""
    found = Decision.objects.filter(pk=decision_id).first()
    if found is None:
        raise Absent
    case = lock_for_review(actor, found.case_id, NEEDED[Verdict(found.verdict)])
    found.refresh_from_db()
    return case, found


def _require_pending(decision: Decision) -> None:
    if decision.decided_at is not None or decision.voided_at is not None:
        raise NothingPending
