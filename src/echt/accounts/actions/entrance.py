"""What an entrance changes: a new account, a confirmed address, a session that begins or ends."""

from typing import Any

from django.db import transaction

from echt import clock
from echt.accounts.actions.notices import notify
from echt.accounts.addresses import alias_of, normalise
from echt.accounts.events import Event
from echt.accounts.mails import NewDevice
from echt.accounts.models import User
from echt.accounts.where import Where
from echt.audit.record import record


def create_account(*, user: Any, address: str, password: str, language: str, where: Where) -> User:
    """Fill and store the new person's row; nobody can sign in before the address is confirmed."""
    with transaction.atomic():
        user.alias = alias_of(address)
        user.address = normalise(address)
        user.language = language
        user.set_password(password)
        user.save(force_insert=True)
        record(Event.ACCOUNT_CREATED, actor=user, subject=user.pk, **where.details())
    return user  # type: ignore[no-any-return]


def confirm_address(*, user: User, where: Where) -> None:
    with transaction.atomic():
        record(Event.ADDRESS_CONFIRMED, actor=user, subject=user.pk, **where.details())


def begin_session(*, user: User, session: Any, where: Where, is_new_device: bool) -> None:
    """Note when and where the session began; tell the person when the device is new."""
    now = clock.now().timestamp()
    session["started"] = session["seen"] = now
    session["where"] = where.details()
    with transaction.atomic():
        record(Event.SIGNED_IN, actor=user, subject=user.pk, **where.details())
        if is_new_device:
            notify(NewDevice, user, where=where)


def end_session(*, user: User, where: Where) -> None:
    """Record that a person signed out."""
    with transaction.atomic():
        record(Event.SIGNED_OUT, actor=user, subject=user.pk, **where.details())
