"""The columns of a commitment: an asset, its decimals, and whether customers have it or owe it.

What customers have (`credit`) and what they owe (`debt`) of one asset are two columns, never netted. An amount is a
whole number of the asset's smallest unit; `shown` writes it with decimals, exactly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from echt.proofs.refusals import Refused

ASSET = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
DEBT = " (debt)"
MOST_COLUMNS = 1000
MOST_DECIMALS = 36
TOO_LARGE = 2**127
"""No amount and no sum reaches this."""


class Side(StrEnum):
    """What the customer has, or what the customer owes; the value is part of the norm."""

    CREDIT = "credit"
    DEBT = "debt"


@dataclass(frozen=True)
class Column:
    """One column of the commitment."""

    asset: str
    decimals: int = 0
    side: Side = Side.CREDIT

    def __post_init__(self) -> None:
        if not ASSET.fullmatch(self.asset):
            raise Refused(f"The asset {self.asset!r} cannot be used: {ASSET_RULE}.")
        if not 0 <= self.decimals <= MOST_DECIMALS:
            raise Refused(f"{self.asset} cannot have {self.decimals} decimals: 0 to {MOST_DECIMALS} are possible.")

    @property
    def name(self) -> str:
        """For people, and the name under which amounts are reported: `BTC`, for what is owed `BTC (debt)`."""
        return self.asset + (DEBT if self.side is Side.DEBT else "")

    def as_json(self) -> dict[str, str | int]:
        """The column as the config of a statement holds it."""
        return {"asset": self.asset, "decimals": self.decimals, "side": self.side.value}

    def shown(self, amount: int) -> str:
        """An amount of smallest units with all decimals of the asset: 150000000 of BTC is `1.50000000`."""
        if self.decimals == 0:
            return str(amount)
        digits = f"{abs(amount):0{self.decimals + 1}d}"
        sign = "-" if amount < 0 else ""
        return f"{sign}{digits[: -self.decimals]}.{digits[-self.decimals :]}"


ASSET_RULE = "an asset's name is 1 to 32 of the characters A-Z a-z 0-9 . _ -"


def checked(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, if together they can be those of a statement.

    Raises:
        Refused: there are none, too many, or one asset stands twice on the same side.
    """
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise Refused(f"There are {len(columns)} columns of amounts; a statement has 1 to {MOST_COLUMNS}.")
    seen: set[tuple[str, Side]] = set()
    for column in columns:
        if (column.asset, column.side) in seen:
            raise Refused(f"{column.name} is there twice. Each asset has at most one column on each side.")
        seen.add((column.asset, column.side))
    return tuple(columns)
