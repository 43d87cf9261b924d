"""What one person may do with a hold: make it longer, freeze it, unfreeze it.

1. Only what is still held: nothing that is free is held again.
2. An extension never shortens, and never ends later than `MOST` from now: what needs longer is frozen.
3. Frozen is held until somebody unfreezes it; then the end before counts again, with every extension. If that has
   passed, the units are free at once.
4. Never a hold of one's own; never on a page that somebody else has outrun.
5. A freeze voids a release that waits for a second person: it was proposed on what was known before.
6. The customer is told by mail: the code of the cause, the end, and what unblocks it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.audit.record import record
from echt.holds.access import Locked, lock_at_desk
from echt.holds.actions.ends import ends_without_freezes, planned_end, set_ends
from echt.holds.causes import LONGEST, Cause, written
from echt.holds.events import Event
from echt.holds.mails import HoldExtended, HoldFrozen, HoldUnfrozen
from echt.holds.models import FOREVER, Hold, HoldChange, HoldState, Proposal, ProposalKind
from echt.holds.refusals import Frozen, NotFrozen, Over, Wrong
from echt.mail.send import send

MOST = timedelta(days=30)


def extend(*, actor: User, hold_id: UUID, until: datetime, cause: Cause, words: str, seen: str | None = None) -> Hold:
    """Give all that is still held a later end.

    Raises:
        Absent: no such hold for the actor.
        Stale, Over, Frozen: see the classes.
        Wrong: the end is not later, or too late, or nothing is said for the desk.
    """
    words = checked_words(words)
    with transaction.atomic():
        locked = lock_at_desk(actor, hold_id, seen=seen)
        _require_held(locked)
        if locked.hold.state == HoldState.FROZEN:
            raise Frozen
        if until <= max(position.release_at for position in locked.held):
            raise Wrong(_("Choose an end that is later than the one it has: a hold is never shortened here."))
        if until > locked.at + MOST:
            raise Wrong(_("Choose an end within 30 days. What needs longer is frozen."))
        ends = {position.pk: until for position in locked.changing}
        reason = written(cause, words)
        set_ends(locked, ends, HoldChange.EXTENDED, state=HoldState.RUNNING, actor=actor, reason=reason)
        hold = locked.hold
        record(Event.HOLD_EXTENDED, actor=actor, subject=hold.pk, hold=str(hold.pk), until=until.isoformat())
        if locked.owner:
            send(HoldExtended.about(hold, locked.owner, cause=cause))
        return hold


def freeze(*, actor: User, hold_id: UUID, cause: Cause, words: str, seen: str | None = None) -> Hold:
    """Hold what is still held until somebody unfreezes it.

    Raises:
        Absent, Stale, Over, Frozen, Wrong: as for `extend`.
    """
    words = checked_words(words)
    with transaction.atomic():
        locked = lock_at_desk(actor, hold_id, seen=seen)
        _require_held(locked)
        if locked.hold.state == HoldState.FROZEN:
            raise Frozen
        freeze_locked(locked, actor=actor, cause=cause, words=words)
        return locked.hold


def unfreeze(*, actor: User, hold_id: UUID, words: str, seen: str | None = None) -> Hold:
    """Give back the end that counted before the freeze (rule 3).

    Raises:
        Absent, Stale, Wrong: as for `extend`.
        NotFrozen: it is not.
    """
    words = checked_words(words)
    with transaction.atomic():
        locked = lock_at_desk(actor, hold_id, seen=seen)
        if locked.hold.state != HoldState.FROZEN:
            raise NotFrozen
        hold, before = locked.hold, ends_without_freezes(locked.hold)
        ends = {it.pk: before.get(it.balance_id, planned_end(hold)) for it in locked.changing}
        set_ends(locked, ends, HoldChange.UNFROZEN, state=HoldState.RUNNING, actor=actor, reason=words)
        record(Event.HOLD_UNFROZEN, actor=actor, subject=hold.pk, hold=str(hold.pk), until=hold.release_at.isoformat())
        if locked.owner:
            send(HoldUnfrozen.about(hold, locked.owner))
        return hold


def freeze_locked(locked: Locked, *, actor: User | None, cause: Cause, words: str = "") -> None:
    """Freeze what is held; the caller holds the locks and has looked that something is."""
    ends = dict.fromkeys((position.pk for position in locked.changing), FOREVER)
    reason = written(cause, words)
    set_ends(locked, ends, HoldChange.FROZEN, state=HoldState.FROZEN, actor=actor, reason=reason)
    hold = locked.hold
    record(Event.HOLD_FROZEN, actor=actor, subject=hold.pk, hold=str(hold.pk), cause=cause.value)
    _void_release(locked, actor)
    if locked.owner:
        send(HoldFrozen.about(hold, locked.owner, cause=cause))


def _void_release(locked: Locked, actor: User | None) -> None:
    """Settle a proposal that rests on what was known before the freeze (rule 5)."""
    hold = locked.hold
    waiting = Proposal.objects.filter(hold=hold, settled_at=None, kind=ProposalKind.RELEASE.value)
    if waiting.update(settled_at=locked.at, settled_by=actor, agreed=False):
        record(Event.RELEASE_REJECTED, actor=actor, subject=hold.pk, hold=str(hold.pk), voided=True)


def checked_words(words: str) -> str:
    """What the desk reads later, if something is said.

    Raises:
        Wrong: nothing is, or too much.
    """
    words = words.strip()
    if not words:
        raise Wrong(_("Write down in a few words why, for whoever reads it later."))
    if len(words) > LONGEST:
        raise Wrong(_("Please shorten your words to %(most)s characters.") % {"most": LONGEST})
    return words


def _require_held(locked: Locked) -> None:
    if not locked.held:
        raise Over
