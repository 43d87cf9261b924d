"""What every installation has from the beginning: the house's accounts. Brought in after each migration, if missing."""

from typing import Any

from django.db import connection

from echt.wallets.house import House


def bring_in(**_signal: Any) -> None:
    """Called after each migration, also of other rooms alone: without our tables there is nothing to do."""
    if "wallets_account" not in connection.introspection.table_names():
        return
    from echt.wallets.models import Account
    from echt.wallets.models.ledger import AccountKind

    accounts = [Account(pk=house.pk, kind=AccountKind.HOUSE.value, reference=f"house:{house.value}") for house in House]
    Account.objects.bulk_create(accounts, ignore_conflicts=True)
