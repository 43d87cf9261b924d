"""Adding a picture of a document.

1. A picture is re-made from its pixels before it is kept; the file as it came is gone.
2. Re-making is done outside of the transaction, and whether the case still wants it is looked at again under its lock.
3. The picture before it is current no more; one that was never submitted is deleted.
4. With another picture nothing that was read counts any more.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from echt.accounts.models import User
from echt.identity import duplicates, keeping
from echt.identity.access import own_case
from echt.identity.actions.gathering import check_open, lock_to_change, note_given, save_change
from echt.identity.events import Event
from echt.identity.items import Item
from echt.identity.models import Case, Picture
from echt.identity.refusals import NotOffered
from echt.identity.selectors import SIDES
from echt.identity.tasks import judge_picture
from echt.identity.uploads import parts
from echt.identity.uploads.sanitise import Clean, sanitise
from echt.vault import files
from echt.vault.purposes import Purpose

NO_SIDE = _("Choose the document first, then photograph the sides that the page asks for.")


def add_picture(*, actor: User, case_id: UUID, item: Item, upload_id: UUID, scan: bool) -> Picture:
    """Take a finished upload as the picture of a side; the vision worker then says whether it will do.

    Raises:
        UploadRefused: the upload is not complete, or not a picture that is taken.
        NotOffered: this side is not asked for.
        WrongState: the case is not with its applicant.
        Absent: no such case or upload of the actor.
    """
    _check_side(own_case(actor, case_id), item)
    clean = sanitise(parts.content_of(actor=actor, upload_id=upload_id, item=item))
    with transaction.atomic():
        case = lock_to_change(actor, case_id, item)
        _check_side(case, item)
        keeping.replace(case, item)
        picture = _keep(case, item, clean, scan=scan)
        case.read = None
        case.number_index = duplicates.index_of(case)
        note_given(case, item)
        save_change(case, actor, item, event=Event.PICTURE_ADDED, picture=str(picture.pk))
        judge_picture.enqueue(picture=str(picture.pk), key=str(picture.pk))
    parts.discard(actor=actor, upload_id=upload_id)
    return picture


def _check_side(case: Case, item: Item) -> None:
    check_open(case, item)
    if item not in SIDES or not case.kind or case.reuses_id:
        raise NotOffered(NO_SIDE)


def _keep(case: Case, item: Item, clean: Clean, *, scan: bool) -> Picture:
    return Picture.objects.create(
        case=case,
        applicant_id=case.applicant_id,
        item=item.value,
        attempt=case.gathering,
        scan=scan,
        file=files.keep(clean.jpeg, purpose=Purpose.DOCUMENT, subject=case.applicant_id),
        width=clean.width,
        height=clean.height,
        origin=clean.origin,
    )
