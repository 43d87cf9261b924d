"""Adding and removing the authenticator app."""

from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction

from echt.accounts.access import lock_user
from echt.accounts.actions.freezes import freeze_money
from echt.accounts.actions.notices import notify
from echt.accounts.actions.recovery_codes import drop_without_factor
from echt.accounts.events import Event
from echt.accounts.factors import app_of
from echt.accounts.mails import AppAdded, AppRemoved
from echt.accounts.models import FreezeReason, User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record


class AppRefused(Exception):
    """The code does not fit the secret, or there is an app already."""


def add_app(*, actor: User, secret: str, code: str, step_up: StepUp, where: Where) -> None:
    """Let the app that holds this secret (base32) be the second factor.

    Raises:
        AppRefused: see the class.
        StepUpRequired: no fresh proof for this step.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        if app_of(user) is not None or not validate_totp_code(secret, code):
            raise AppRefused
        step_up.require(Sensitive.ADD_APP)
        TOTP.activate(user, secret).validate_code(code)  # this code is used up now
        record(Event.APP_ADDED, actor=actor, subject=user.pk, **where.details())
        freeze_money(actor=actor, user=user, reason=FreezeReason.FACTOR_ADDED)
        notify(AppAdded, user, where=where)


def remove_app(*, actor: User, step_up: StepUp, where: Where) -> None:
    """Take the authenticator app from the account; nothing happens where there is none.

    Raises:
        StepUpRequired: no fresh second factor for this step.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        step_up.require(Sensitive.REMOVE_APP)
        app = app_of(user)
        if app is None:
            return
        app.delete()
        drop_without_factor(user)
        record(Event.APP_REMOVED, actor=actor, subject=user.pk, **where.details())
        freeze_money(actor=actor, user=user, reason=FreezeReason.FACTOR_REMOVED)
        notify(AppRemoved, user, where=where)
