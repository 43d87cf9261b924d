"""Making recovery codes."""

from django.db import transaction

from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.events import Event
from echt.accounts.factors import has_second_factor, hashed, new_recovery_codes
from echt.accounts.mails import RecoveryCodesMade
from echt.accounts.models import RecoveryCode, User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record


class NoSecondFactor(Exception):
    """Recovery codes stand in for a second factor; there is none."""


def make_recovery_codes(*, actor: User, step_up: StepUp, where: Where) -> list[str]:
    """Replace the recovery codes; the new ones are in clear here and nowhere else.

    Raises:
        NoSecondFactor: see the class.
        StepUpRequired: no fresh second factor for this step.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        if not has_second_factor(user):
            raise NoSecondFactor
        step_up.require(Sensitive.MAKE_RECOVERY_CODES)
        codes = new_recovery_codes()
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(owner=user, digest=hashed(code)) for code in codes)
        record(Event.RECOVERY_CODES_MADE, actor=actor, subject=user.pk, **where.details())
        notify(RecoveryCodesMade, user, where=where)
    return codes


def drop_without_factor(user: User) -> None:
    """Recovery codes go with the last second factor."""
    if not has_second_factor(user):
        user.recovery_codes.all().delete()
