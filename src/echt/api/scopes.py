"""What a key may do. A key has the scopes that it was made with, never more."""

from enum import StrEnum


class Scope(StrEnum):
    """What is permitted, as `object.verb`; the value is stored and stands in contracts, so it is never renamed."""

    ASSETS_READ = "assets.read"
    """Assets and what they are worth."""
    ACCOUNTS_READ = "accounts.read"
    ACCOUNTS_WRITE = "accounts.write"
    BALANCES_READ = "balances.read"
    PURCHASES_READ = "purchases.read"
    PURCHASES_WRITE = "purchases.write"
    """Record purchases, and that one was charged back."""
    DEPOSITS_WRITE = "deposits.write"
    GATE_ASK = "gate.ask"
    MOVEMENTS_WRITE = "movements.write"
    LIMITS_READ = "limits.read"
    HOLDS_READ = "holds.read"
