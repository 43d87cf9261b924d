"""Reads of holds and limits that more than one surface needs."""

from collections.abc import Sequence
from datetime import datetime

from echt import clock
from echt.holds.standing import HoldsStanding
from echt.wallets.models import Account
from echt.wallets.standing import AssetStanding, HoldLine, LimitStanding

_standing = HoldsStanding()


def standing_of(account: Account, at: datetime | None = None) -> list[AssetStanding]:
    """Each balance in its parts."""
    return _standing.of(account.pk, at=at or clock.now())


def holds_of(account: Account, at: datetime | None = None) -> list[HoldLine]:
    """The account's open holds, the soonest free first; no more than a page of them."""
    return list(_standing.holds(account.pk, at=at or clock.now(), size=100).lines)


def rooms_of(account: Account, at: datetime | None = None) -> Sequence[LimitStanding]:
    """The limits that bind now, and what is left of them."""
    return _standing.limits(account.pk, at=at or clock.now())
