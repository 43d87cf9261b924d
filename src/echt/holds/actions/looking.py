"""Looking at what a customer sent with an appeal.

1. Each look is recorded with its reason, in a transaction of its own that is over before anything is shown.
2. Without a reason nothing is shown, and nothing is recorded.
3. Nobody looks at an appeal of their own at the desk.
"""

from uuid import UUID

from django.db import transaction

from echt.accounts.models import User
from echt.audit.record import record
from echt.holds.access import Absent, file_at_desk, hold_at_desk
from echt.holds.actions.changing import checked_words
from echt.holds.events import Event
from echt.holds.models import AppealFile
from echt.holds.permissions import Permission, may
from echt.vault import files
from echt.vault.errors import Destroyed


def look_at_appeals(*, actor: User, hold_id: UUID, why: str) -> None:
    """Record that the words of a hold's appeals are about to be shown.

    Raises:
        Absent: no such hold for the actor.
        Wrong: no reason is given.
    """
    why = checked_words(why)
    with transaction.atomic(durable=True):
        hold = hold_at_desk(actor, hold_id)
        if not may(actor, Permission.HOLDS_CHANGE):
            raise Absent
        record(Event.APPEAL_LOOKED_AT, actor=actor, subject=hold.pk, hold=str(hold.pk), words=why)


def look_at_document(*, actor: User, file_id: UUID, why: str) -> tuple[AppealFile, bytes]:
    """A document as it came, after the look was recorded.

    Raises:
        Absent: there is none, none for the actor, or it was deleted.
        Wrong: no reason is given.
    """
    why = checked_words(why)
    with transaction.atomic(durable=True):
        found = file_at_desk(actor, file_id)
        hold = str(found.appeal.hold_id)
        record(
            Event.APPEAL_LOOKED_AT, actor=actor, subject=found.appeal.hold_id, hold=hold, words=why, file=str(found.pk)
        )
    try:
        return found, files.content_of(found.file)
    except Destroyed as gone:
        raise Absent from gone
