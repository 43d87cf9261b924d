"""Adding and removing passkeys."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from echt.accounts.access import Absent, lock_user
from echt.accounts.actions.freezes import freeze_money
from echt.accounts.actions.notices import notify
from echt.accounts.actions.recovery_codes import drop_without_factor
from echt.accounts.events import Event
from echt.accounts.mails import PasskeyAdded, PasskeyRemoved
from echt.accounts.models import FreezeReason, User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record


class PasskeyRefused(Exception):
    """The browser's answer does not fit what we asked for."""


def add_passkey(*, actor: User, name: str, credential: Any, step_up: StepUp, where: Where) -> None:
    """Let this passkey sign in. `credential` is the browser's answer to the registration that the session began.

    Raises:
        PasskeyRefused: see the class.
        StepUpRequired: no fresh proof for this step.
        SettingsLocked: the settings lock holds.
    """
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, AttributeError, TypeError, KeyError) as bad:
        raise PasskeyRefused from bad
    with transaction.atomic():
        user = lock_user(actor)
        step_up.require(Sensitive.ADD_PASSKEY)
        webauthn.WebAuthn.add(user, name, credential)
        record(Event.PASSKEY_ADDED, actor=actor, subject=user.pk, name=name, **where.details())
        freeze_money(actor=actor, user=user, reason=FreezeReason.FACTOR_ADDED)
        notify(PasskeyAdded, user, where=where, name=name)


def remove_passkey(*, actor: User, pk: int, step_up: StepUp, where: Where) -> None:
    """Take one of one's own passkeys from the account.

    Raises:
        Absent: there is no such passkey, or it is somebody else's.
        StepUpRequired: no fresh second factor for exactly this passkey.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        passkey = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN, pk=pk).first()
        if passkey is None:
            raise Absent
        step_up.require(Sensitive.REMOVE_PASSKEY, passkey=str(pk))
        name = passkey.wrap().name
        passkey.delete()
        drop_without_factor(user)
        record(Event.PASSKEY_REMOVED, actor=actor, subject=user.pk, name=name, **where.details())
        freeze_money(actor=actor, user=user, reason=FreezeReason.FACTOR_REMOVED)
        notify(PasskeyRemoved, user, where=where, name=name)
