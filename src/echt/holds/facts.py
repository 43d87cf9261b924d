"""What holds need to know of an account: level and country of its owner, and pauses of outgoing money."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from echt import clock
from echt.accounts.models import Freeze
from echt.identity.selectors import grant_of
from echt.wallets.models import Account

INSTITUTION = "institution"
"""The level of an account that a verified institution holds; above those of persons."""
NONE = "none"


@dataclass(frozen=True)
class Facts:
    """Of an account, at an instant. `country`: ISO 3166 alpha-3 of the document, empty: not known."""

    level: str
    country: str
    frozen_until: datetime | None


def facts_of(account: Account, at: datetime | None = None) -> Facts:
    """What is known of the account now, or at an instant."""
    now = at or clock.now()
    grant = grant_of(account.owner, at=now) if account.owner else None
    country = grant.case.document.country if grant else ""
    level = grant.level if grant else NONE
    if account.institution_until is not None and account.institution_until > now:
        level = INSTITUTION
    return Facts(level=level, country=country, frozen_until=_frozen_until(account, now))


def _frozen_until(account: Account, now: datetime) -> datetime | None:
    pauses = Freeze.objects.filter(owner=account.owner_id, begins_at__lte=now, ends_at__gt=now)
    return pauses.aggregate(end=Max("ends_at"))["end"] if account.owner_id else None
