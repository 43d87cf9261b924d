"""Looking at what is personal: pictures and data of an applicant.

1. Each look is recorded with its reason, in a transaction of its own that is over before anything is shown.
2. Without a reason nothing is shown, and nothing is recorded.
3. Nobody looks at their own pictures or data at the desk: what applies is what the case says, not who asks.
4. What was deleted is told from what never was by nobody: both are `Absent`.
"""

from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.access import Absent, case_at_desk, picture_for
from echt.identity.events import Event
from echt.identity.models import Case, Picture
from echt.identity.permissions import Permission, may
from echt.identity.review_refusals import ReviewWrong
from echt.vault import files
from echt.vault.errors import Destroyed

LONGEST = 400


class Why(StrEnum):
    """Why somebody looks; the value is stored, so it is never renamed."""

    REVIEW = "review"
    CONFIRMATION = "confirmation"
    QUESTION = "question"
    COMPLAINT = "complaint"
    AUDIT = "audit"
    OTHER = "other"
    """Told in one's own words."""


WHY: dict[Why, Promise] = {
    Why.REVIEW: gettext_lazy("To decide this application"),
    Why.CONFIRMATION: gettext_lazy("To confirm or reject a proposal"),
    Why.QUESTION: gettext_lazy("To answer a question of the applicant"),
    Why.COMPLAINT: gettext_lazy("To deal with a complaint"),
    Why.AUDIT: gettext_lazy("To audit a decision"),
    Why.OTHER: gettext_lazy("Another reason"),
}


def why(reason: str, words: str = "") -> str:
    """The reason as it is recorded.

    Raises:
        ReviewWrong: no reason that we know, or another one that is not told.
    """
    words = " ".join(words.split())[:LONGEST]
    if reason not in set(Why):
        raise ReviewWrong(_("Choose why you look at this application."))
    if reason == Why.OTHER and not words:
        raise ReviewWrong(_("Write down your reason in a few words."))
    return f"{reason}: {words}" if words else reason


def look_at_picture(*, actor: User, picture_id: UUID, why: str) -> bytes:
    """The picture as JPEG, after the look was recorded (rules 1 and 2).

    Raises:
        Absent: there is none, none for the actor, or it was deleted.
        ReviewWrong: no reason is given.
    """
    _require(why)
    with transaction.atomic(durable=True):
        picture = _picture(actor, picture_id)
        _record(Event.PICTURE_LOOKED_AT, actor, picture.case, why, picture=str(picture.pk), item=picture.item)
    return _content(picture)


def look_at_data(*, actor: User, case_id: UUID, why: str) -> Case:
    """The case, for showing its data, after the look was recorded (rules 1 and 2).

    Raises:
        Absent: there is none, or none for the actor.
        ReviewWrong: no reason is given.
    """
    _require(why)
    with transaction.atomic(durable=True):
        case = case_at_desk(actor, case_id)
        if not may(actor, Permission.PICTURES_LOOK):
            raise Absent
        _record(Event.DATA_LOOKED_AT, actor, case, why)
    return case


def _require(why: str) -> None:
    if not why.strip():
        raise ReviewWrong(_("Choose why you look at this application."))


def _picture(actor: User, picture_id: UUID) -> Picture:
    picture = picture_for(actor, picture_id)
    if picture.applicant_id == actor.pk:
        raise Absent
    if picture.file is None:
        raise Absent
    return picture


def _content(picture: Picture) -> bytes:
    if picture.file is None:
        raise Absent
    try:
        return files.content_of(picture.file)
    except Destroyed as gone:
        raise Absent from gone


def _record(event: Event, actor: User, case: Case, why: str, **details: str) -> None:
    record(event, actor=actor, subject=case.pk, case=str(case.pk), why=why, **details)
