"""Changing the password; the reset by a code from the mailbox ends in `after_reset`."""

from django.db import transaction

from echt import clock
from echt.accounts.access import lock_user
from echt.accounts.actions.freezes import freeze_money
from echt.accounts.actions.notices import notify
from echt.accounts.actions.sessions import end_other_sessions
from echt.accounts.events import Event
from echt.accounts.mails import PasswordChanged, PasswordReset
from echt.accounts.models import FreezeReason, User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record


def change_password(*, actor: User, password: str, session: str | None, step_up: StepUp, where: Where) -> None:
    """Replace the password; all other sessions end and outgoing money pauses.

    `password` has passed the validators. `session` is the key of the session that stays.

    Raises:
        StepUpRequired: no fresh proof for this change.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        step_up.require(Sensitive.CHANGE_PASSWORD)
        _set(user, password)
        record(Event.PASSWORD_CHANGED, actor=actor, subject=user.pk, **where.details())
        end_other_sessions(actor=user, key=session, where=where)
        freeze_money(actor=actor, user=user, reason=FreezeReason.PASSWORD_CHANGED)
        notify(PasswordChanged, user, where=where)


def after_reset(*, user: User, where: Where) -> None:
    """What follows a password that was reset with a code from the mailbox.

    All sessions end. A locked account is open again, and counts as recovered; the second factor stays.
    """
    with transaction.atomic():
        was_locked = user.locked_at is not None
        user.locked_at = None
        user.password_changed_at = clock.now()
        user.save(update_fields=["locked_at", "password_changed_at"])
        user.sessions.all().delete()
        user.devices.all().delete()
        record(Event.PASSWORD_RESET, actor=user, subject=user.pk, **where.details())
        if was_locked:
            record(Event.ACCOUNT_UNLOCKED, actor=user, subject=user.pk, **where.details())
        reason = FreezeReason.RECOVERED if was_locked else FreezeReason.PASSWORD_RESET
        freeze_money(actor=user, user=user, reason=reason)
        notify(PasswordReset, user, where=where)


def _set(user: User, password: str) -> None:
    user.set_password(password)
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "password_changed_at"])
