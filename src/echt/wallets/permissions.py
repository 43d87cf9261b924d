"""What staff may do with assets and money, by role. What no role is given, nobody may."""

from enum import StrEnum

from echt.accounts.models import Role, User


class Permission(StrEnum):
    """What is permitted, as `object.verb`."""

    WALLETS_READ = "wallets.read"
    DEPOSITS_ENTER = "deposits.enter"
    ASSETS_READ = "assets.read"
    ASSETS_CHANGE = "assets.change"


_ALL = frozenset(Permission)
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.CUSTOMER: frozenset(),
    Role.REVIEWER: frozenset(),
    Role.RISK_OFFICER: frozenset({Permission.WALLETS_READ, Permission.ASSETS_READ}),
    Role.TREASURER: _ALL,
    Role.AUDITOR: frozenset({Permission.WALLETS_READ, Permission.ASSETS_READ}),
    Role.ADMINISTRATOR: _ALL,
}


def may(actor: User, permission: Permission) -> bool:
    """Whether the person's role includes it."""
    return permission in GRANTED[Role(actor.role)]
