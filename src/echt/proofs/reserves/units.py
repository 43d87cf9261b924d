"""Decimals of assets, for showing amounts and for lists that count in whole coins."""

from collections.abc import Mapping
from decimal import Decimal

from echt.proofs.columns import Column
from echt.proofs.reserves.signatures.networks import NETWORKS

WELL_KNOWN = {place.coin: place.decimals for place in NETWORKS} | {"USDT": 6, "USDC": 6}
"""Of coins, and of the tokens that almost every list has."""


def decimals_of(asset: str, given: Mapping[str, int]) -> int | None:
    return given.get(asset, WELL_KNOWN.get(asset))


def shown(asset: str, amount: int, given: Mapping[str, int]) -> str:
    """The amount for people: with its decimals, or in smallest units where nobody said how many there are."""
    decimals = decimals_of(asset, given)
    return f"{amount} smallest units" if decimals is None else Column(asset, decimals).shown(amount)


def smallest_units(number: Decimal, decimals: int) -> int | None:
    """The number of coins in smallest units, or None where it does not fit exactly."""
    sign, digits, exponent = number.as_tuple()
    if sign or not isinstance(exponent, int) or exponent < -60 or len(digits) > 80:  # noqa: PLR2004
        return None
    scale = 10 ** max(0, -exponent - decimals)
    units = int("".join(map(str, digits))) * 10 ** max(0, exponent + decimals)
    return None if units % scale else units // scale
