"""Setting, changing and showing the anti-phishing code."""

from django.db import transaction

from echt import clock
from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.codes import check_code, normalise
from echt.accounts.events import Event
from echt.accounts.mails import CodeChanged, CodeTest
from echt.accounts.models import AntiPhishingCode, User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record
from echt.mail.send import send


def change_code(*, actor: User, code: str, step_up: StepUp, where: Where) -> None:
    """Give the person this anti-phishing code from now on.

    The notice of a change still carries the old code: it is the one that the person can recognise. A test mail with
    the new one follows at once.

    Raises:
        CodeRefused: the code breaks a rule of `codes`; the error names it.
        StepUpRequired: no fresh proof for exactly this code.
        SettingsLocked: the settings lock holds.
    """
    code = normalise(code)
    with transaction.atomic():
        user = lock_user(actor)
        check_code(code, owner=user)
        step_up.require(Sensitive.CHANGE_CODE, code=code)
        check_code(code, owner=user, password=step_up.password)
        previous = _retire_current(user)
        user.codes.create(value=code, valid_from=clock.now())
        record(
            Event.CODE_CHANGED if previous else Event.CODE_SET,
            actor=actor,
            subject=user.pk,
            **where.details(),
        )
        if previous:
            notify(CodeChanged, user, where=where, carrying=previous)
        send(CodeTest(to=user))


def reveal_code(*, actor: User, step_up: StepUp, where: Where) -> str | None:
    """The current code in clear, for its owner's eyes; that it was shown is recorded, never the code.

    Raises:
        StepUpRequired: no fresh proof of this session.
    """
    with transaction.atomic():
        user = lock_user(actor)
        step_up.require(Sensitive.REVEAL_CODE)
        record(Event.CODE_REVEALED, actor=actor, subject=user.pk, **where.details())
        return user.carried_code()


def _retire_current(user: User) -> str | None:
    """End the validity of the current code; its value, if there is one."""
    current: AntiPhishingCode | None = user.codes.filter(valid_until=None).first()
    if current is None:
        return None
    current.valid_until = clock.now()
    current.save(update_fields=["valid_until"])
    return str(current.value)
