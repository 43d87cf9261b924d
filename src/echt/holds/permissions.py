"""What staff may do with holds, policies and limits, by role.

1. What no role is given, nobody may.
2. Nobody decides about a hold of their own, or agrees to their own proposal.
"""

from enum import StrEnum

from echt.accounts.models import Role, User


class Permission(StrEnum):
    """What is permitted, as `object.verb`."""

    HOLDS_READ = "holds.read"
    HOLDS_CHANGE = "holds.change"
    """Extend, freeze, propose and agree to a release or a claw-back, answer an appeal."""
    POLICIES_READ = "policies.read"
    POLICIES_CHANGE = "policies.change"
    LIMITS_READ = "limits.read"
    LIMITS_CHANGE = "limits.change"


_READ = frozenset({Permission.HOLDS_READ, Permission.POLICIES_READ, Permission.LIMITS_READ})
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.CUSTOMER: frozenset(),
    Role.REVIEWER: frozenset(),
    Role.RISK_OFFICER: frozenset(Permission),
    Role.TREASURER: _READ,
    Role.AUDITOR: _READ,
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(actor: User, permission: Permission) -> bool:
    """Whether the person's role includes it."""
    return permission in GRANTED[Role(actor.role)]
