"""Pauses of outgoing money after changes of the account's security.

1. A freeze is only ever lengthened: another one never ends an earlier one sooner.
2. It ends when its end has come.
3. Weakening: 24 hours. Recovery: 72. Strengthening: up to 6. All are settings.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from echt import clock
from echt.accounts.events import Event
from echt.accounts.models import Freeze, FreezeReason, User
from echt.accounts.settings import accounts_settings
from echt.audit.record import record


def hours_of(reason: FreezeReason) -> int:
    settings = accounts_settings()
    if reason is FreezeReason.RECOVERED:
        return settings.recovered
    if reason is FreezeReason.FACTOR_ADDED:
        return settings.strengthened
    return settings.weakened


def freeze_money(*, actor: User | None, user: User, reason: FreezeReason) -> datetime | None:
    """Pause outgoing money for this reason; the end of the pause, `None` where the setting says zero hours.

    The caller holds the lock on the person's row.
    """
    hours = hours_of(reason)
    if hours == 0:
        return None
    now = clock.now()
    latest = user.freezes.filter(ends_at__gt=now).aggregate(end=Max("ends_at"))["end"]
    ends_at = max(now + timedelta(hours=hours), latest or now)
    user.freezes.create(reason=reason, begins_at=now, ends_at=ends_at)
    record(Event.MONEY_FROZEN, actor=actor, subject=user.pk, reason=reason, until=ends_at.isoformat())
    return ends_at


def current_freeze(user: User) -> Freeze | None:
    """The freeze that holds now, the one that ends last."""
    now = clock.now()
    return user.freezes.filter(begins_at__lte=now, ends_at__gt=now).order_by("-ends_at", "-begins_at").first()
