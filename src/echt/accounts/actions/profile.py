"""Nickname, language, time zone."""

from django.db import transaction

from echt.accounts.access import lock_user
from echt.accounts.events import Event
from echt.accounts.models import User
from echt.audit.record import record


def change_profile(*, actor: User, nickname: str, language: str, zone: str) -> None:
    """Take over what the person entered; the form has tested it."""
    with transaction.atomic():
        user = lock_user(actor)
        user.nickname, user.language, user.zone = nickname, language, zone
        user.save(update_fields=["nickname", "language", "zone"])
        record(Event.PROFILE_CHANGED, actor=actor, subject=user.pk)


def change_language(*, actor: User, language: str) -> None:
    """Remember the language that a person switched to; their mails come in it too."""
    if actor.language == language:
        return
    with transaction.atomic():
        user = lock_user(actor)
        user.language = language
        user.save(update_fields=["language"])
        record(Event.PROFILE_CHANGED, actor=actor, subject=user.pk)
