"""Whose role permits what at the desk: each room says it of its own objects."""

from typing import TypeAlias

from echt.accounts.models import User
from echt.holds import permissions as holds
from echt.identity import permissions as identity
from echt.wallets import permissions as wallets

Permission: TypeAlias = identity.Permission | wallets.Permission | holds.Permission


def may(actor: User, permission: Permission) -> bool:
    """Whether the person's role includes it."""
    match permission:
        case identity.Permission():
            return identity.may(actor, permission)
        case wallets.Permission():
            return wallets.may(actor, permission)
        case holds.Permission():
            return holds.may(actor, permission)
