"""What staff may do with cases, by role.

1. What no role is given, nobody may.
2. Nobody decides about their own case, or confirms their own proposal.
"""

from enum import StrEnum

from echt.accounts.models import Role, User


class Permission(StrEnum):
    """What is permitted, as `object.verb`."""

    CASES_READ = "cases.read"
    CASES_DECIDE = "cases.decide"
    PICTURES_LOOK = "pictures.look"
    HITS_DECIDE = "hits.decide"
    LISTS_IMPORT = "lists.import"
    LEVELS_REVOKE = "levels.revoke"
    AUDIT_READ = "audit.read"
    FIGURES_READ = "figures.read"


_REVIEW = frozenset({Permission.CASES_READ, Permission.CASES_DECIDE, Permission.PICTURES_LOOK, Permission.FIGURES_READ})
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.CUSTOMER: frozenset(),
    Role.TREASURER: frozenset(),
    Role.REVIEWER: _REVIEW,
    Role.RISK_OFFICER: _REVIEW
    | {Permission.HITS_DECIDE, Permission.LISTS_IMPORT, Permission.LEVELS_REVOKE, Permission.AUDIT_READ},
    Role.AUDITOR: frozenset({Permission.CASES_READ, Permission.AUDIT_READ, Permission.FIGURES_READ}),
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(actor: User, permission: Permission) -> bool:
    """Whether the person's role includes it."""
    return permission in GRANTED[Role(actor.role)]
