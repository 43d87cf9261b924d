"""Tables of wallets. Every amount is a whole number of the asset's smallest units, every price one of 10^-18."""

from echt.wallets.models.addresses import Address
from echt.wallets.models.assets import Asset, Network, Price, Rate
from echt.wallets.models.gifts import Gift
from echt.wallets.models.ledger import Account, Balance, Posting, Transfer
from echt.wallets.models.purchases import Callback, Purchase
from echt.wallets.models.withdrawals import Withdrawal

__all__ = [
    "Account",
    "Address",
    "Asset",
    "Balance",
    "Callback",
    "Gift",
    "Network",
    "Posting",
    "Price",
    "Purchase",
    "Rate",
    "Transfer",
    "Withdrawal",
]
