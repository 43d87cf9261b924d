"""Setting the end of a hold's units, and telling it in the hold's events.

1. One event tells of all open positions where all get the same end; otherwise each position has an event of its own.
2. Empty positions get the end too: units that come back to one would else take over an end that counts no more.
3. What the ends were before a freeze is worked out from the events, so a freeze forgets nothing: units that were
   converted while frozen have the end of those that they came from.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from echt.accounts.models import User
from echt.holds.access import Locked
from echt.holds.models import FOREVER, Hold, HoldChange, HoldEvent, HoldPosition, HoldState


def set_ends(
    locked: Locked,
    ends: Mapping[int, datetime],
    kind: HoldChange,
    *,
    state: HoldState,
    actor: User | None,
    second: User | None = None,
    reason: str = "",
) -> None:
    """Give the positions with these keys these ends, and the hold its state."""
    changed = [position for position in locked.positions if position.pk in ends]
    for position in changed:
        position.release_at = ends[position.pk]
    HoldPosition.objects.bulk_update(changed, ["release_at"])
    hold = locked.hold
    told = [position for position in changed if position.remaining]
    hold.release_at = max((position.release_at for position in told), default=hold.release_at)
    hold.state = state.value
    hold.save(update_fields=["release_at", "state"])
    who = (actor.pk if actor else None, second.pk if second else None)
    HoldEvent.objects.bulk_create(_events(locked, told, kind, who=who, reason=reason))


def ends_without_freezes(hold: Hold) -> dict[int, datetime]:
    """When the units in each balance (its key) would be free, had nobody frozen them (rule 3)."""
    ends: dict[int, datetime] = {}
    for event in hold.events.order_by("pk"):
        end = event.release_at
        if event.kind == HoldChange.MOVED and event.target is not None:
            came = ends.get(event.source or 0, planned_end(hold)) if end is None or end >= FOREVER else end
            ends[event.target] = max(came, ends.get(event.target, came))
        elif event.kind == HoldChange.PLACED and event.target is not None:
            ends[event.target] = end or planned_end(hold)
        elif event.kind == HoldChange.EXTENDED and end is not None:
            extended = [event.target] if event.target is not None else [*ends]
            ends |= {balance: max(end, ends.get(balance, end)) for balance in extended}
    return ends


def planned_end(hold: Hold) -> datetime:
    """The end that the policy gave it."""
    return hold.acquired_at + timedelta(hours=hold.hours)


def _events(
    locked: Locked,
    told: list[HoldPosition],
    kind: HoldChange,
    *,
    who: tuple[UUID | None, UUID | None],
    reason: str,
) -> list[HoldEvent]:
    ends = {position.release_at for position in told}
    together = len(ends) == 1 and len(told) == len(locked.filled)
    targets = [(None, end) for end in ends] if together else [(it.balance_id, it.release_at) for it in told]
    return [
        HoldEvent(
            hold=locked.hold,
            kind=kind.value,
            target=target,
            release_at=end,
            actor=who[0],
            second=who[1],
            reason=reason,
            at=locked.at,
        )
        for target, end in targets
    ]
