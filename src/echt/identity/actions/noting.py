"""Notes of the desk about a case. They are added, never changed, and are no evidence: no proposal is void for one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.actions.claiming import lock_for_review
from echt.identity.events import Event
from echt.identity.models import Note
from echt.identity.permissions import Permission
from echt.identity.review_refusals import ReviewWrong

LONGEST = 4000


def add_note(*, actor: User, case_id: UUID, text: str) -> Note:
    """Add a note; also to a case that somebody else has taken up, or that is closed.

    Raises:
        ReviewWrong: there is no text, or too much of it.
    """
    text = text.strip()
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.CASES_DECIDE)
        if not text or len(text) > LONGEST:
            raise ReviewWrong(_("Write a note of at most %(most)s characters.") % {"most": LONGEST})
        note = Note.objects.create(case=case, applicant_id=case.applicant_id, author=actor, text=text)
        record(Event.NOTE_ADDED, actor=actor, subject=case.pk, case=str(case.pk), note=str(note.pk))
        return note
