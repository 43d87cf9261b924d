"""What the limits in force give to each level, for the page of identification."""

from django.db.models import QuerySet

from echt.holds.models import Limit
from echt.identity.benefits import Benefits
from echt.identity.levels import Level
from echt.wallets.operations import Class

DAY = 24


def benefits_of(level: Level) -> Benefits:
    """Of the level alone: a country's caps come on top."""
    outgoing = _limits(level, Class.OUTGOING).filter(window=DAY).first()
    fiat = _limits(level, Class.FIAT)
    return Benefits(
        level=level,
        limit=outgoing.sats if outgoing else 0,
        fiat=bool(fiat) and all(limit.sats != 0 for limit in fiat),
        hours=DAY,
    )


def _limits(level: Level, counts: Class) -> QuerySet[Limit]:
    return Limit.objects.filter(valid_until=None, level=level.value, country="", counts=counts.value)
