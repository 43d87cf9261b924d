"""What a payment processor is to us. An adapter is one class; it is registered once, when the product starts.

1. `begin` is asked before the purchase is written: asked twice about one purchase, it answers the same.
2. Whatever happens to a payment is told by a callback (`Told`), and only by it: `actions.callbacks` is the one path.
3. `read` lets nothing through that the processor has not signed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from echt.wallets.failures import Failure
from echt.wallets.models.purchases import Channel, Purchase


class Happened(StrEnum):
    """What a callback tells; the value is stored, so it is never renamed."""

    COMPLETED = "completed"
    """It was paid."""
    FAILED = "failed"
    EXPIRED = "expired"
    CHARGED_BACK = "charged_back"


class CallbackRefused(Exception):
    """What came is not counted. Nothing has changed."""


class BadSignature(CallbackRefused):
    """The processor has not signed this, or not lately."""


class Malformed(CallbackRefused):
    """It is signed, and says nothing that we understand."""


class Away(Exception):
    """The processor does not answer."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the processor has to know of a purchase: nothing about the person."""

    purchase: UUID
    paid: int
    """In the smallest units of the currency."""
    currency: str
    decimals: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """One event, as the processor tells it. `paid`: with completed ones, in the currency's smallest units."""

    event: str
    happened: Happened
    reference: str
    at: datetime
    """When it happened, in the processor's words."""
    paid: int = 0
    currency: str = ""
    failure: Failure = Failure.DECLINED


class Processor(Protocol):
    """Takes payments of one channel."""

    @property
    def name(self) -> str:
        """In addresses and rows; it is never renamed."""

    @property
    def channel(self) -> Channel: ...

    def begin(self, order: Order) -> str:
        """The processor's reference of this payment.

        Raises:
            Away: it does not answer.
        """

    def address(self, purchase: Purchase) -> str:
        """Where the customer pays."""

    def read(self, *, signature: str, body: bytes) -> Told:
        """What a callback tells.

        Raises:
            BadSignature, Malformed: see the classes.
        """

    def give_back(self, reference: str, why: Failure) -> None:
        """Have what was paid go back. Asked again about the same, it does nothing more."""
