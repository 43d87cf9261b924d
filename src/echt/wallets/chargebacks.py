"""What happens to the coins when a payment is taken back. Wallets know the purchase; `holds` fills in the rest.

1. Everything registered runs in the transaction of the callback: the purchase is charged back and its hold frozen, or
   neither.
2. The account's row is locked already; whoever is called locks what comes after it (`access`).
"""

from datetime import datetime
from typing import Protocol

from echt.wallets.models import Purchase


class Answering(Protocol):
    """Called with each purchase whose payment was taken back after the coins were there."""

    def __call__(self, purchase: Purchase, *, at: datetime) -> None: ...


_answering: list[Answering] = []


def register(answering: Answering) -> Answering:
    """Called once, when the product starts."""
    if answering not in _answering:
        _answering.append(answering)
    return answering


def answer(purchase: Purchase, *, at: datetime) -> None:
    """Have everything done that a chargeback asks for."""
    for answering in _answering:
        answering(purchase, at=at)
