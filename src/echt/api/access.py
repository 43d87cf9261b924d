"""The only way from a request to an account: what is no customer's account is not there."""

from collections.abc import Iterable
from uuid import UUID

from echt.accounts.access import Absent
from echt.wallets.models import Account
from echt.wallets.models.ledger import AccountKind


def account_with(key: UUID) -> Account:
    """A customer's account.

    Raises:
        Absent: there is none, or it is one of the house.
    """
    found = Account.objects.select_related("owner").filter(pk=key, kind=AccountKind.CUSTOMER.value).first()
    if found is None:
        raise Absent
    return found


def account_called(reference: str) -> Account:
    """The same, by the engine's own reference.

    Raises:
        Absent: see `account_with`.
    """
    found = Account.objects.select_related("owner").filter(reference=reference, kind=AccountKind.CUSTOMER.value).first()
    if found is None:
        raise Absent
    return found


def require_accounts(keys: Iterable[UUID]) -> None:
    """Whether all of them are customers' accounts.

    Raises:
        Absent: one is not.
    """
    wanted = set(keys)
    if Account.objects.filter(pk__in=wanted, kind=AccountKind.CUSTOMER.value).count() < len(wanted):
        raise Absent
