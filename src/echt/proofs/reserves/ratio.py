"""Reserves over liabilities, asset by asset, as an exact fraction.

1. A percentage is rounded down, never up: 99.999 % must not read as 100 %.
2. What customers owe is shown and never taken off what they are owed: it may not come back.
3. Where nothing is owed there is no ratio. Where something is owed and nothing is there, it is 0.
4. Reserves of an asset that is not owed to anybody cover nothing, and an asset's surplus covers no other asset.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from echt.proofs.columns import Column, Side


@dataclass(frozen=True)
class Cover:
    """What is owed of an asset, what is there, and what customers owe in turn (never netted)."""

    asset: str
    reserves: int
    liabilities: int
    debt: int = 0
    is_counted: bool = True
    """Whether the statement has a column for it at all."""

    @property
    def ratio(self) -> Fraction | None:
        return Fraction(self.reserves, self.liabilities) if self.liabilities else None

    @property
    def is_enough(self) -> bool:
        return self.reserves >= self.liabilities

    @property
    def missing(self) -> int:
        return max(0, self.liabilities - self.reserves)

    def percent(self, decimals: int = 2) -> str | None:
        """The ratio as text, `101.27` for 1.01279: rounded down (rule 1); None where nothing is owed."""
        return None if self.ratio is None else percent(self.ratio, decimals)


def percent(ratio: Fraction, decimals: int = 2) -> str:
    """A fraction in percent with so many decimals, rounded down."""
    units = ratio.numerator * 100 * 10**decimals // ratio.denominator
    if decimals == 0:
        return str(units)
    whole, rest = divmod(units, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}"


def covers(columns: Sequence[Column], totals: Sequence[int], reserves: Mapping[str, int]) -> tuple[Cover, ...]:
    """Every asset of the statement in its order, then those that are only in the reserves."""
    owed = {(column.asset, column.side): total for column, total in zip(columns, totals, strict=True)}
    assets = dict.fromkeys(column.asset for column in columns)
    counted = [
        Cover(asset, reserves.get(asset, 0), owed.get((asset, Side.CREDIT), 0), owed.get((asset, Side.DEBT), 0))
        for asset in assets
    ]
    rest = [Cover(asset, amount, 0, is_counted=False) for asset, amount in reserves.items() if asset not in assets]
    return (*counted, *rest)
