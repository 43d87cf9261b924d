"""Prices as the desk reads them: exact, with as many places as they have, at least two."""

from echt.ui.formats import amount
from echt.wallets.models.assets import PRICE_DECIMALS
from echt.wallets.settings import wallets_settings

LEAST = 2


def price(value: int) -> str:
    """So much of the reference currency, for one whole coin."""
    places = PRICE_DECIMALS
    while places > LEAST and value % 10 == 0:
        value, places = value // 10, places - 1
    return amount(value, places, wallets_settings().reference)
