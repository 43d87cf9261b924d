"""What assets are worth now, in whole numbers.

1. A rate counts until its `good_until`, by comparison at the moment of the question; after that there is none.
2. Only the reference currency is worth one of itself. No peg is assumed: a stablecoin costs what its sources say.
3. Everything is whole numbers, and the caller says which way is rounded: up what counts against a limit, down what a
   customer gets.
"""

from echt import clock
from echt.wallets.models import Asset, Rate
from echt.wallets.models.assets import PRICE_DECIMALS
from echt.wallets.prices.refusals import PriceMissing, PriceStale

__all__ = ["ONE", "PriceMissing", "PriceStale", "rate_of", "value"]
ONE = 10**PRICE_DECIMALS


def rate_of(asset: Asset) -> Rate:
    """The rate that counts now.

    Raises:
        PriceMissing: there has never been one.
        PriceStale: what it rests on is too old by now.
    """
    rate = Rate.objects.filter(asset=asset).first()
    if rate is None:
        raise PriceMissing(asset.code)
    if rate.good_until <= clock.now():
        raise PriceStale(asset.code, rate.observed_at)
    return rate


def value(units: int, asset: Asset, in_: Asset, *, up: bool = False) -> int:
    """So many units of one asset in units of another, at the rates that count now; `up`: rounded up, else down.

    Raises:
        PriceMissing, PriceStale: one of the two has no rate (not asked where both are the same asset).
    """
    if asset.pk == in_.pk:
        return units
    return exchanged(units, asset, rate_of(asset).value, in_, rate_of(in_).value, up=up)


def exchanged(units: int, asset: Asset, rate: int, in_: Asset, rate_in: int, *, up: bool) -> int:
    """The same at given rates."""
    worth, of_one = units * rate * in_.unit, asset.unit * rate_in
    return -(-worth // of_one) if up else worth // of_one
