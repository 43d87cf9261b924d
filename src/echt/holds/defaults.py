"""Policies and limits of a new installation. They are brought in once: from then on they are the operator's.

1. Every fiat channel is held: nothing that can be charged back leaves at once.
2. Limits are those of `PRODUCT`: 10, 80, 200 and 400 BTC in 24 hours; fiat money only from the level advanced on.
"""

from typing import Any

from django.db import connection

SATOSHIS = 100_000_000
HOURS = {"card": 72, "processor": 72, "bank": 48, "p2p": 24}
FIRM_HOURS = {"card": 24, "processor": 24, "bank": 24, "p2p": 24}
OUTGOING = {"none": 10, "primary": 80, "advanced": 200, "institution": 400}
FIAT = {"none": 0, "primary": 0, "advanced": None, "institution": None}


def bring_in(**_signal: Any) -> None:
    """Called after each migration, also of other rooms alone: without our tables there is nothing to do."""
    if "holds_limit" not in connection.introspection.table_names():
        return
    from echt.holds.models import Limit, Policy
    from echt.wallets.operations import Class

    if not Policy.objects.exists():
        Policy.objects.bulk_create(
            Policy(name=channel, version=1, channel=channel, hours=hours, firm_hours=FIRM_HOURS[channel])
            for channel, hours in HOURS.items()
        )
    if not Limit.objects.exists():
        outgoing = [(level, Class.OUTGOING, coins * SATOSHIS) for level, coins in OUTGOING.items()]
        fiat = [(level, Class.FIAT, sats) for level, sats in FIAT.items()]
        Limit.objects.bulk_create(
            Limit(level=level, counts=counts.value, sats=sats) for level, counts, sats in [*outgoing, *fiat]
        )
