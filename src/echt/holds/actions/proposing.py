"""What two people decide about a hold: to release it early, or to claw it back.

1. One person proposes, another one agrees or rejects; never the same, never the customer.
2. One proposal at a time; who proposed may take it back.
3. A release comes only after the part of the policy that nothing can cut. It frees everything that is still held, at
   once, and answers an appeal that waits.
4. A claw-back needs a frozen hold, so that it cannot end meanwhile (`recovering`).
5. Nothing that is free is released or clawed back; when a proposal is agreed to, the hold is looked at again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.holds.access import Absent, Locked, lock_at_desk
from echt.holds.actions.changing import checked_words
from echt.holds.actions.ends import set_ends
from echt.holds.actions.recovering import Recovered, recover
from echt.holds.events import Event
from echt.holds.mails import HoldReleased
from echt.holds.models import Appeal, AppealState, Hold, HoldChange, HoldState, Proposal, ProposalKind
from echt.holds.refusals import FirmPart, FreezeFirst, NothingPending, Over, OwnProposal, Waiting
from echt.mail.send import send

PROPOSED = {ProposalKind.RELEASE: Event.RELEASE_PROPOSED, ProposalKind.CLAW_BACK: Event.CLAW_BACK_PROPOSED}
REJECTED = {ProposalKind.RELEASE: Event.RELEASE_REJECTED, ProposalKind.CLAW_BACK: Event.CLAW_BACK_REJECTED}


def propose_release(*, actor: User, hold_id: UUID, words: str, seen: str | None = None) -> Proposal:
    """Propose to release everything that is still held.

    Raises:
        Absent: no such hold for the actor.
        Stale, Over, Waiting, FirmPart: see the classes.
        Wrong: it is not said why.
    """
    words = checked_words(words)
    with transaction.atomic():
        locked = lock_at_desk(actor, hold_id, seen=seen)
        _require_open(locked)
        if locked.at < firm_until(locked.hold):
            raise FirmPart(firm_until(locked.hold))
        return _propose(locked, actor, ProposalKind.RELEASE, words)


def propose_claw_back(*, actor: User, hold_id: UUID, words: str, seen: str | None = None) -> Proposal:
    """Propose to take back everything that is still held.

    Raises:
        Absent, Stale, Over, Waiting, Wrong: as for `propose_release`.
        FreezeFirst: it is not frozen.
    """
    words = checked_words(words)
    with transaction.atomic():
        locked = lock_at_desk(actor, hold_id, seen=seen)
        _require_open(locked)
        if locked.hold.state != HoldState.FROZEN:
            raise FreezeFirst
        return _propose(locked, actor, ProposalKind.CLAW_BACK, words)


def agree_release(*, actor: User, proposal_id: UUID, seen: str | None = None) -> Hold:
    """Release what is still held, as somebody else has proposed.

    Raises:
        Absent: no such proposal for the actor.
        OwnProposal, NothingPending, Stale, Over: see the classes.
    """
    with transaction.atomic():
        locked, proposal = _pending(actor, proposal_id, ProposalKind.RELEASE, seen=seen)
        if not locked.held:
            raise Over
        ends = dict.fromkeys((position.pk for position in locked.changing), locked.at)
        set_ends(
            locked,
            ends,
            HoldChange.RELEASED_EARLY,
            state=HoldState.RELEASED_EARLY,
            actor=proposal.proposed_by,
            second=actor,
            reason=proposal.reason,
        )
        _settle(proposal, actor, agreed=True)
        hold = locked.hold
        proposed_by = str(proposal.proposed_by_id)
        record(Event.HOLD_RELEASED_EARLY, actor=actor, subject=hold.pk, hold=str(hold.pk), proposed_by=proposed_by)
        appeal = _answer_appeal(hold, actor, AppealState.GRANTED, Event.APPEAL_GRANTED)
        if locked.owner:
            send(HoldReleased.about(hold, locked.owner, asked=appeal is not None))
        return hold


def agree_claw_back(*, actor: User, proposal_id: UUID, seen: str | None = None) -> Recovered:
    """Take back what is still held, as somebody else has proposed.

    Raises:
        Absent, OwnProposal, NothingPending, Stale, Over: as for `agree_release`.
        FreezeFirst: it was unfrozen meanwhile.
    """
    with transaction.atomic():
        locked, proposal = _pending(actor, proposal_id, ProposalKind.CLAW_BACK, seen=seen)
        if not locked.held:
            raise Over
        if locked.hold.state != HoldState.FROZEN:
            raise FreezeFirst
        recovered = recover(locked, proposed_by=proposal.proposed_by, agreed_by=actor, reason=proposal.reason)
        _settle(proposal, actor, agreed=True)
        _answer_appeal(locked.hold, actor, AppealState.REFUSED, Event.APPEAL_REFUSED)
        return recovered


def reject(*, actor: User, proposal_id: UUID, words: str, seen: str | None = None) -> Proposal:
    """Reject what somebody else has proposed; why stands in the record.

    Raises:
        Absent, OwnProposal, NothingPending, Stale: as for `agree_release`.
        Wrong: it is not said why.
    """
    words = checked_words(words)
    with transaction.atomic():
        locked, proposal = _pending(actor, proposal_id, seen=seen)
        _settle(proposal, actor, agreed=False)
        event = REJECTED[ProposalKind(proposal.kind)]
        record(event, actor=actor, subject=locked.hold.pk, hold=str(locked.hold.pk), words=words)
        return proposal


def take_back(*, actor: User, proposal_id: UUID) -> Proposal:
    """Take one's own proposal back.

    Raises:
        Absent: no such proposal of the actor.
        NothingPending: it was settled.
    """
    with transaction.atomic():
        locked, proposal = _locked(actor, proposal_id)
        if proposal.proposed_by_id != actor.pk:
            raise Absent
        if proposal.settled_at is not None:
            raise NothingPending
        _settle(proposal, actor, agreed=False)
        event = REJECTED[ProposalKind(proposal.kind)]
        record(event, actor=actor, subject=locked.hold.pk, hold=str(locked.hold.pk), taken_back=True)
        return proposal


def firm_until(hold: Hold) -> datetime:
    """Until when nothing can cut the hold."""
    return hold.acquired_at + timedelta(hours=hold.policy.firm_hours)


def _require_open(locked: Locked) -> None:
    if not locked.held:
        raise Over
    if Proposal.objects.filter(hold=locked.hold, settled_at=None).exists():
        raise Waiting


def _propose(locked: Locked, actor: User, kind: ProposalKind, words: str) -> Proposal:
    made = Proposal.objects.create(hold=locked.hold, kind=kind.value, reason=words, proposed_by=actor)
    record(PROPOSED[kind], actor=actor, subject=locked.hold.pk, hold=str(locked.hold.pk), words=words)
    return made


def _pending(
    actor: User, proposal_id: UUID, kind: ProposalKind | None = None, *, seen: str | None = None
) -> tuple[Locked, Proposal]:
    """A proposal of somebody else that waits, with its hold locked (rule 1)."""
    locked, proposal = _locked(actor, proposal_id, seen=seen)
    if kind is not None and proposal.kind != kind:
        raise Absent
    if proposal.proposed_by_id == actor.pk:
        raise OwnProposal
    if proposal.settled_at is not None:
        raise NothingPending
    return locked, proposal


def _locked(actor: User, proposal_id: UUID, *, seen: str | None = None) -> tuple[Locked, Proposal]:
    found = Proposal.objects.filter(pk=proposal_id).first()
    if found is None:
        raise Absent
    locked = lock_at_desk(actor, found.hold_id, seen=seen)
    return locked, Proposal.objects.select_related("proposed_by").get(pk=proposal_id)


def _settle(proposal: Proposal, actor: User, *, agreed: bool) -> None:
    proposal.settled_by, proposal.settled_at, proposal.agreed = actor, clock.now(), agreed
    proposal.save(update_fields=["settled_by", "settled_at", "agreed"])


def _answer_appeal(hold: Hold, actor: User, state: AppealState, event: Event) -> Appeal | None:
    """Answer the appeal that waits, if there is one; the hold's own mail tells the customer."""
    appeal = Appeal.objects.select_for_update().filter(hold=hold, state=AppealState.OPEN.value).first()
    if appeal is None:
        return None
    appeal.state, appeal.answered_by, appeal.answered_at = state.value, actor, clock.now()
    appeal.save(update_fields=["state", "answered_by", "answered_at"])
    record(event, actor=actor, subject=hold.pk, hold=str(hold.pk), appeal=str(appeal.pk))
    return appeal
