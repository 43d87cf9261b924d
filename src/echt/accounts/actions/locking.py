"""Locking the account with the link from a mail, and locking the settings for a while."""

from datetime import datetime, timedelta

from django.db import transaction

from echt import clock
from echt.accounts.access import lock_person, lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.events import Event
from echt.accounts.lock_links import owner_of
from echt.accounts.mails import AccountLocked, SettingsLocked
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record

LONGEST = 30


def lock_account(*, link: str, where: Where) -> None:
    """Lock the account that the link belongs to: all sessions end, nobody signs in until the password is reset.

    Raises:
        LinkRefused: the link is not ours, too old, or used up.
    """
    with transaction.atomic():
        user = lock_person(owner_of(link))
        user.locked_at = clock.now()
        user.lock_links += 1
        user.save(update_fields=["locked_at", "lock_links"])
        user.sessions.all().delete()
        user.devices.all().delete()
        record(Event.ACCOUNT_LOCKED, actor=None, subject=user.pk, **where.details())
        notify(AccountLocked, user, where=where)


def lock_settings(*, actor: User, days: int, step_up: StepUp, where: Where) -> datetime:
    """Refuse every change of the security settings for 1 to 30 days; nobody can shorten it.

    Raises:
        ValueError: not 1 to 30 days.
        StepUpRequired: no fresh proof for exactly this many days.
        SettingsLocked: they are locked already.
    """
    if not 1 <= days <= LONGEST:
        raise ValueError(days)
    with transaction.atomic():
        user = lock_user(actor)
        step_up.require(Sensitive.LOCK_SETTINGS, days=str(days))
        user.settings_locked_until = clock.now() + timedelta(days=days)
        user.save(update_fields=["settings_locked_until"])
        record(Event.SETTINGS_LOCKED, actor=actor, subject=user.pk, days=days, **where.details())
        notify(SettingsLocked, user, where=where, until=user.settings_locked_until)
    return user.settings_locked_until
