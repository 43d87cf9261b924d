"""A movement of money, as whoever wants it describes it. Only a `gate.Gate` carries one out.

1. The account pays, or gets, or both; the other side is one account: another customer's or one of the house.
2. Every number is a whole number of smallest units, and positive; nothing is worked out later from a price.
3. The key names this movement of this account for ever. Sent again it gives the same answer; with another content it
   is refused (`KeyReused`).
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from echt.vault.ids import uuid7
from echt.wallets.exact import checked
from echt.wallets.house import House
from echt.wallets.operations import Operation


@dataclass(frozen=True, kw_only=True)
class Coins:
    """So many units of an asset (its primary key). `fee`: units of it that go to the house besides."""

    asset: int
    units: int
    fee: int = 0

    def __post_init__(self) -> None:
        if checked(self.units) <= 0 or checked(self.fee) < 0:
            raise ValueError("A movement moves something, and a fee is not negative.")

    @property
    def total(self) -> int:
        return self.units + self.fee


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How what is got is held: the policy's answer, worked out before (`holds.policies`)."""

    policy: UUID
    channel: str
    hours: int
    acquired_at: datetime
    release_at: datetime
    restricts: int
    """`operations.bits_of` what may not be done."""
    restart_hours: int = 0
    extends_open: bool = False
    """Whether the policy extends what was told shorter before it."""
    score: int = 0
    marks: tuple[str, ...] = ()
    purchase: UUID | None = None
    hold: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What is to happen. `pays`: the fee is paid in addition. `gets`: net, the fee was taken off before."""

    account: UUID
    operation: Operation
    key: str
    other: UUID
    pays: Coins | None = None
    gets: Coins | None = None
    held: Terms | None = None
    reference: UUID | None = None
    returns: UUID | None = None
    """The transfer whose room in the limits comes back."""
    asks: bool = True
    """Whether gate and limits are asked; not for what has happened already, elsewhere."""
    happened_at: datetime | None = None
    """When it happened, where that is not now: for what is brought over from elsewhere."""
    transfer: UUID = field(default_factory=uuid7)

    def __post_init__(self) -> None:
        if self.pays is None and self.gets is None:
            raise ValueError("A movement moves something.")
        if self.other == self.account:
            raise ValueError("Nobody moves money to themselves.")
        if self.pays and self.gets and self.pays.asset == self.gets.asset:
            raise ValueError("What is paid and what is got are different assets.")
        if self.gets and not self.is_with_house:
            raise ValueError("Only the house gives: a customer pays by a movement of their own.")
        if self.held and not self.gets:
            raise ValueError("Only what is got is held.")

    @property
    def is_with_house(self) -> bool:
        return self.other in HOUSES

    @property
    def digest(self) -> str:
        """SHA-256 of what was asked for, in hex: the same for the same request, whenever it is made."""
        told: dict[str, Any] = {
            "operation": self.operation.value,
            "other": str(self.other),
            "pays": _told(self.pays),
            "gets": _told(self.gets),
            "held": [self.held.channel, str(self.held.purchase)] if self.held else None,
            "reference": str(self.reference),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


HOUSES = frozenset(house.pk for house in House)


def _told(coins: Coins | None) -> list[int] | None:
    return None if coins is None else [coins.asset, coins.units, coins.fee]
