"""What of a balance may move, as wallets know it: who tells. `holds` fills it in.

1. Everything here is told for the pages, at the time `at`; what binds is the gate's answer (`gate`).
2. Without somebody who tells, nothing is known: pages fail rather than show held coins as free.
3. Holds come by the page, with a count of them, so that ten thousand cost no more than ten.
4. Amounts are whole numbers of the asset's smallest units; an asset is named by its primary key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from echt.wallets.models.purchases import Channel
from echt.wallets.operations import Class, Operation


@dataclass(frozen=True, kw_only=True)
class AssetStanding:
    """A balance in its parts: `posted` is `movable` and `held`. Held units may be traded and converted."""

    asset: int
    posted: int
    held: int
    """Units that at least one operation may not move now; frozen ones too."""
    movable: int
    """Units that every operation may move now."""
    next_release_at: datetime | None = None
    """When the next of the held units are free; None: none are held, or only frozen ones."""
    next_release: int = 0
    """How many are then."""


@dataclass(frozen=True, kw_only=True)
class HeldUnits:
    """Where units of a hold are now. `until` None: frozen, without an end."""

    asset: int
    units: int
    until: datetime | None


class HoldEnd(StrEnum):
    """How a hold came to its end."""

    OVER = "over"
    """Its time passed."""
    RELEASED_EARLY = "released_early"
    CLAWED_BACK = "clawed_back"
    USED_UP = "used_up"
    """Nothing of it was left before its time passed: it went where the hold did not restrict it."""


@dataclass(frozen=True, kw_only=True)
class HoldLine:
    """One hold, as its owner reads it."""

    hold: UUID
    channel: Channel
    asset: int
    units: int
    """What came in, before anything was converted."""
    acquired_at: datetime
    """When it came in: from here N counts."""
    hours: int
    """N."""
    held: tuple[HeldUnits, ...]
    """Where its units are now, the soonest free first; empty when it is over."""
    until: datetime | None
    """When all of it is free, or was; None: frozen."""
    restricts: tuple[Operation, ...]
    """What may not be done with it."""
    is_frozen: bool = False
    end: HoldEnd | None = None
    """None: it is open."""
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HoldPage:
    """Some holds and where the next begin: open ones the soonest free first, earlier ones the latest ended first."""

    lines: tuple[HoldLine, ...]
    more: str = ""
    """Given back as `after`, the lines that follow; empty: there are none."""


@dataclass(frozen=True, kw_only=True)
class HoldCount:
    """How many holds there are, and by which channels the open ones came."""

    open: int
    earlier: int
    channels: tuple[Channel, ...] = ()
    last_ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LimitStanding:
    """A limit that binds the account now, in satoshis."""

    counts: Class
    window: int
    """Hours."""
    sats: int | None
    """What may pass in it; None: no limit; 0: nothing."""
    used: int
    back_at: datetime | None = None
    """When the oldest of what was used stops to count; None: nothing was used."""
    back: int = 0
    """How much room comes back then."""

    @property
    def left(self) -> int | None:
        return None if self.sats is None else max(0, self.sats - self.used)


class Standing(Protocol):
    """Who tells what may move."""

    def of(self, account: UUID, *, at: datetime) -> list[AssetStanding]:
        """Every balance of the account that is not zero, from balances and positions."""

    def holds(
        self,
        account: UUID,
        *,
        at: datetime,
        earlier: bool = False,
        asset: int | None = None,
        after: str = "",
        size: int = 25,
    ) -> HoldPage:
        """Open holds, or `earlier` ones. `asset`: only those that have units of it now (earlier: that brought it in).

        Raises:
            ValueError: `after` was never given as `more`.
        """

    def of_purchase(self, purchase: UUID, *, at: datetime) -> HoldLine | None:
        """The hold that a purchase made, open or over; None: it made none."""

    def count(self, account: UUID, *, at: datetime) -> HoldCount:
        """How many there are."""

    def limits(self, account: UUID, *, at: datetime) -> Sequence[LimitStanding]:
        """Every limit that binds now; empty: none is in force for this level, so nothing may pass."""


_tellers: list[Standing] = []


def register_standing(standing: Standing) -> None:
    """Called once, when the product starts."""
    _tellers[:] = [standing]


def standing() -> Standing:
    """Who tells what may move.

    Raises:
        RuntimeError: nobody does (rule 2).
    """
    if not _tellers:
        raise RuntimeError("Nobody tells what may move.")
    return _tellers[0]
