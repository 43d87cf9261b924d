"""Reads of holds and limits that more than one surface needs."""

from collections.abc import Sequence
from datetime import datetime

from echt import clock
from echt.holds.standing import HoldsStanding
from echt.wallets.models import Account
from echt.wallets.standing import LimitStanding


def rooms_of(account: Account, at: datetime | None = None) -> Sequence[LimitStanding]:
    """The limits that bind now, and what is left of them."""
    return HoldsStanding().limits(account.pk, at=at or clock.now())
