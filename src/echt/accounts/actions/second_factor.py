"""Taking a code of the second factor: the app's, or a recovery code."""

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from echt import clock
from echt.accounts.actions.notices import notify
from echt.accounts.events import Event
from echt.accounts.factors import app_of, has_second_factor, recovery_codes_left, unused_code
from echt.accounts.mails import RecoveryCodeUsed
from echt.accounts.models import User
from echt.accounts.where import Where
from echt.audit.record import record


def take_code(*, actor: User, code: str, where: Where) -> bool:
    """Whether a code of the app or a recovery code is good; it is used up then."""
    app = app_of(actor)
    if app is not None and TOTP(app).validate_code(code):
        app.record_usage()
        return True
    return has_second_factor(actor) and _use_recovery_code(actor=actor, code=code, where=where)


def _use_recovery_code(*, actor: User, code: str, where: Where) -> bool:
    with transaction.atomic():
        found = unused_code(actor, code)
        if found is None:
            return False
        found.used_at = clock.now()
        found.save(update_fields=["used_at"])
        record(Event.RECOVERY_CODE_USED, actor=actor, subject=actor.pk, **where.details())
        notify(RecoveryCodeUsed, actor, where=where, left=recovery_codes_left(actor))
        return True
