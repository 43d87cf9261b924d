"""The house's own accounts: the other side of every posting of a customer.

They have no balance row and no lock: their balance is the sum of their postings, so that no hot row slows everybody
(`docs/wallets.md`). Their keys are fixed, so that nobody has to look them up.
"""

from enum import StrEnum
from uuid import UUID, uuid5

NAMESPACE = UUID("6f1a1c52-5d0e-4c58-9a0b-2f6a0c2f7e11")


class House(StrEnum):
    """An account of the house, by what it is for; the value is stored, so it is never renamed."""

    CUSTODY = "custody"
    """The coins and the money that customers brought in, and what left again."""
    IN_TRANSIT = "in_transit"
    """Withdrawals that custody has not carried out yet."""
    TRADING = "trading"
    """The other side of purchases, sales and conversions."""
    GIFTS = "gifts"
    """Gifts that nobody has claimed yet."""
    FEES = "fees"
    RECOVERED = "recovered"
    """What was clawed back."""

    @property
    def pk(self) -> UUID:
        return uuid5(NAMESPACE, self.value)
