"""The only way to an account and to what belongs to it.

Lock order of the room and of everything above it: the person, accounts by their key, balances by account and asset,
positions, then rows of purchases, withdrawals, gifts and addresses, the record's head last.
"""

from uuid import UUID

from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.wallets.models import Account, Address, Gift, Purchase, Withdrawal
from echt.wallets.models.ledger import AccountKind

__all__ = [
    "Absent",
    "account_of",
    "lock_account",
    "own_address",
    "own_gift",
    "own_purchase",
    "own_withdrawal",
]


def account_of(user: User) -> Account:
    """The person's account; it is made when it is first asked for."""
    found, _made = Account.objects.get_or_create(owner=user)
    return found


def lock_account(account: UUID) -> Account:
    """The account's row, locked until the transaction ends; rows that refer to it can still be written.

    Raises:
        Absent: there is none, or it is one of the house.
    """
    found = Account.objects.filter(pk=account, kind=AccountKind.CUSTOMER.value)
    locked = found.select_for_update(no_key=True).first()
    if locked is None:
        raise Absent
    return locked


def own_address(actor: User, pk: UUID) -> Address:
    """An address of the person's own book, if it was not removed."""
    book = Address.objects.select_related("network__asset").filter(account__owner=actor, removed_at=None)
    found = book.filter(pk=pk).first()
    if found is None:
        raise Absent
    return found


def own_withdrawal(actor: User, pk: UUID) -> Withdrawal:
    found = Withdrawal.objects.select_related("asset", "network", "address").filter(pk=pk, account__owner=actor).first()
    if found is None:
        raise Absent
    return found


def own_purchase(actor: User, pk: UUID) -> Purchase:
    found = Purchase.objects.select_related("asset", "currency").filter(pk=pk, account__owner=actor).first()
    if found is None:
        raise Absent
    return found


def own_gift(actor: User, pk: UUID) -> Gift:
    found = Gift.objects.select_related("asset").filter(pk=pk, account__owner=actor).first()
    if found is None:
        raise Absent
    return found
