"""Ending sessions."""

from django.db import transaction

from echt.accounts.events import Event
from echt.accounts.models import User
from echt.accounts.sessions import digest_of
from echt.accounts.where import Where
from echt.audit.record import record


def end_session(*, actor: User, digest: str, where: Where) -> bool:
    """End one of one's own sessions; whether there was such a one."""
    with transaction.atomic():
        ended, _ = actor.sessions.filter(session_key=digest).delete()
        if ended:
            record(Event.SESSIONS_ENDED, actor=actor, subject=actor.pk, count=ended, **where.details())
    return bool(ended)


def end_other_sessions(*, actor: User, key: str | None, where: Where) -> int:
    """End all of one's sessions but the one with this key; how many that were."""
    with transaction.atomic():
        others = actor.sessions.exclude(session_key=digest_of(key)) if key else actor.sessions.all()
        ended, _ = others.delete()
        if ended:
            record(Event.SESSIONS_ENDED, actor=actor, subject=actor.pk, count=ended, **where.details())
    return ended
