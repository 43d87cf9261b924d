"""What we ask of custody, and what it tells us.

1. A withdrawal's identifier names one order for ever: handed over again, it is the same order and is sent once.
2. Custody tells events, each with an identifier of its own; told again it is the same event. They may come late, twice,
   and in any order.
3. What custody tells of an order that we do not know moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Away(Exception):
    """Custody does not answer now. Nobody knows whether it has the order; it is handed over again."""


class Happened(StrEnum):
    """What became of an order."""

    SENT = "sent"
    """It is on the chain, or with the bank."""
    DONE = "done"
    """It has as many confirmations as custody wants."""
    FAILED = "failed"
    """It was not sent, and never will be."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be sent. `units`: what arrives."""

    withdrawal: UUID
    asset: str
    network: str
    address: str
    units: int
    decimals: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """One event."""

    event: str
    withdrawal: str
    """As custody wrote it; rule 3."""
    happened: Happened
    chain_reference: str = ""
    confirmations: int = 0


class Custody(Protocol):
    """Whoever keeps the coins."""

    name: str

    def hand_over(self, order: Order) -> str:
        """Give it the order, once or again (rule 1); its own reference.

        Raises:
            Away: see the class.
        """

    def told(self) -> Iterable[Told]:
        """What it has told and we have not taken yet, the earliest first."""

    def taken(self, told: Told) -> None:
        """We have it; it need not be told again."""
