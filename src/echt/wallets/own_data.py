"""What wallets keep about a person, for the person: a part of the export, and what stands against closing the account.

1. Amounts are plain decimals in text, exact to the last place.
2. The export tells how often what happened; every single movement is in the download of the history.
3. What was destroyed is said to be.
"""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.vault.errors import Destroyed
from echt.wallets.amounts import as_text
from echt.wallets.models import Account, Address, Asset, Balance, Gift, Posting, Purchase, Withdrawal
from echt.wallets.models.gifts import GiftState
from echt.wallets.models.purchases import PurchaseState
from echt.wallets.models.withdrawals import OVER


def wallets(user: User) -> dict[str, Any]:
    """The part of the export; of somebody who never had an account, nothing."""
    account = Account.objects.filter(owner=user).first()
    if account is None:
        return {}
    balances = account.balances.select_related("asset").order_by("asset")
    return {
        "account": str(account.pk),
        "opened_at": account.opened_at,
        "balances": {balance.asset.code: _amount(balance.posted, balance.asset) for balance in balances},
        "movements": _movements(account),
        "purchases": [_purchase(it) for it in account.purchases.select_related("asset").order_by("created_at")],
        "withdrawals": [_withdrawal(it) for it in account.withdrawals.select_related("asset").order_by("requested_at")],
        "gifts": [_gift(it) for it in account.gifts.select_related("asset").order_by("given_at")],
        "addresses": [_address(it) for it in account.addresses.select_related("network__asset").order_by("added_at")],
    }


def money_there(user: User) -> str | None:
    """What stands against closing the account: a balance."""
    if not Balance.objects.filter(account__owner=user, posted__gt=0).exists():
        return None
    return _("There is money in your wallets. Withdraw it first.")


def money_underway(user: User) -> str | None:
    """What stands against closing the account: money on its way to the person or from them."""
    if not _is_underway(user):
        return None
    return _("A purchase, a withdrawal or a gift of yours is not over yet. Wait for it, or take it back first.")


def _is_underway(user: User) -> bool:
    withdrawals = Withdrawal.objects.filter(account__owner=user).exclude(state__in=[state.value for state in OVER])
    purchases = Purchase.objects.filter(account__owner=user, state=PurchaseState.PENDING.value)
    gifts = Gift.objects.filter(account__owner=user, state=GiftState.OPEN.value)
    return withdrawals.exists() or purchases.exists() or gifts.exists()


def _movements(account: Account) -> dict[str, int]:
    """How often each operation moved the account's money."""
    counted = Posting.objects.filter(account=account).values_list("transfer__operation")
    return dict(counted.annotate(times=Count("transfer", distinct=True)).order_by("transfer__operation"))


def _purchase(purchase: Purchase) -> dict[str, Any]:
    return {
        "asset": purchase.asset.code,
        "amount": _amount(purchase.amount, purchase.asset),
        "channel": purchase.channel,
        "state": purchase.state,
        "hours_told": purchase.told_hours,
        "at": purchase.created_at,
    }


def _withdrawal(withdrawal: Withdrawal) -> dict[str, Any]:
    return {
        "asset": withdrawal.asset.code,
        "amount": _amount(withdrawal.amount, withdrawal.asset),
        "fee": _amount(withdrawal.fee, withdrawal.asset),
        "state": withdrawal.state,
        "chain_reference": withdrawal.chain_reference,
        "at": withdrawal.requested_at,
    }


def _gift(gift: Gift) -> dict[str, Any]:
    return {
        "asset": gift.asset.code,
        "amount": _amount(gift.amount, gift.asset),
        "words": _opened(gift, "words"),
        "state": gift.state,
        "at": gift.given_at,
    }


def _address(address: Address) -> dict[str, Any]:
    return {
        "network": f"{address.network.asset.code} {address.network.name}",
        "label": _opened(address, "label"),
        "address": _opened(address, "value"),
        "added_at": address.added_at,
        "removed_at": address.removed_at,
    }


def _amount(units: int, asset: Asset) -> str:
    return as_text(units, asset.decimals)


def _opened(row: Gift | Address, field: str) -> Any:
    try:
        return getattr(row, field)
    except Destroyed:
        return "destroyed"
