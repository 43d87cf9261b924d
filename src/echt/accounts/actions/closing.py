"""Closing an account, and handing out what we keep about a person."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.events import Event
from echt.accounts.mails import AccountClosed
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record

# Rooms above say what stands against closing (a balance, a running case) and what they keep about a person.
objections: list[Callable[[User], str | None]] = []
exports: dict[str, Callable[[User], Any]] = {}


class CannotClose(Exception):
    """Something stands against closing; `sentences` say what to do first."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(sentences)
        self.sentences = sentences


def close_account(*, actor: User, step_up: StepUp, where: Where) -> None:
    """Close one's account: nobody signs in any more. Records that the law asks for stay until their time is over.

    Raises:
        CannotClose: see the class.
        StepUpRequired: no fresh proof for this step.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        against = [sentence for objection in objections if (sentence := objection(user))]
        if against:
            raise CannotClose(against)
        step_up.require(Sensitive.CLOSE_ACCOUNT)
        record(Event.ACCOUNT_CLOSED, actor=actor, subject=user.pk, **where.details())
        notify(AccountClosed, user, where=where)
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.sessions.all().delete()
        user.devices.all().delete()


def export_data(*, actor: User, step_up: StepUp, where: Where) -> dict[str, Any]:
    """Everything that the rooms keep about a person, by room.

    Raises:
        StepUpRequired: no fresh proof of this session.
    """
    with transaction.atomic():
        user = lock_user(actor)
        step_up.require(Sensitive.EXPORT_DATA)
        record(Event.DATA_EXPORTED, actor=actor, subject=user.pk, **where.details())
        return {room: export(user) for room, export in exports.items()}
