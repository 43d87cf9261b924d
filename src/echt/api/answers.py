"""The gate's answer, as the API tells it."""

from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.api.amounts import bitcoin
from echt.api.assets import Known
from echt.api.schemas.gate import GateAnswer, Moved, Reason, Room
from echt.wallets import answers
from echt.wallets.amounts import as_text
from echt.wallets.answers import Answer, Code
from echt.wallets.operations import Operation

REASONS: dict[Code, Promise] = {
    Code.INSUFFICIENT: _("The balance is too small."),
    Code.HELD: _("The balance would do, but too much of it is held."),
    Code.FROZEN: _("Outgoing money of the account pauses."),
    Code.LEVEL: _("At this level, or in this country, nothing of this kind may be done."),
    Code.LIMIT: _("This is more than the limit leaves room for."),
    Code.LIMIT_MISSING: _("No limit is in force for this level, so nothing may pass."),
    Code.PRICE_MISSING: _("The asset has no price, so it cannot be counted against the limit."),
    Code.PRICE_STALE: _("The price of the asset is too old to count it against the limit."),
    Code.CLOCK: _("The clocks here disagree, so nothing may leave until they do not."),
}


def told(answer: Answer, *, account: UUID, operation: Operation, asset: Known) -> GateAnswer:
    """What was only asked."""
    return GateAnswer(**_members(answer, account, operation, asset))


def moved(answer: Answer, *, account: UUID, operation: Operation, asset: Known) -> Moved:
    """What binds: it was done, or refused, and is kept with its transfer."""
    assert answer.transfer is not None  # only what was asked has none
    return Moved(transfer=answer.transfer, **_members(answer, account, operation, asset))


def _members(answer: Answer, account: UUID, operation: Operation, asset: Known) -> dict[str, Any]:
    return {
        "allowed": answer.allowed,
        "account": account,
        "operation": operation,
        "asset": asset.code,
        "amount": as_text(answer.units, asset.decimals),
        "reasons": [_reason(reason) for reason in answer.reasons],
        "posted": as_text(answer.posted, asset.decimals),
        "held": as_text(answer.held, asset.decimals),
        "movable": as_text(answer.movable, asset.decimals),
        "next_release_at": answer.next_release_at,
        "level": answer.level,
        "limits": [_room(room) for room in answer.rooms],
        "evaluated_at": answer.evaluated_at,
    }


def _reason(reason: answers.Reason) -> Reason:
    return Reason(code=reason.code, until=reason.until, detail=str(REASONS[reason.code]))


def _room(room: answers.Room) -> Room:
    return Room(window_hours=room.window, limit=bitcoin(room.sats), used=as_text(room.used, 8), left=bitcoin(room.left))
