"""Uploads in parts, which a broken connection does not spoil.

1. A part is taken at exactly the offset that has been reached; any other is refused with the right one, and changes
   nothing.
2. What was announced is what must come: never more bytes, and finished only when all are there.
3. Each part lies sealed under the key of the person whose it is: pictures of documents under one, faces under another.
4. An upload is its owner's alone; for everybody else it does not exist, and after `LIFE` for nobody.
5. Nobody has more than `MOST` uploads and `MOST_BYTES` under way; a new one takes the place of those left unfinished.
6. What ends by time ends by comparison; the sweep only clears away.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from echt import clock
from echt.accounts.access import Absent, lock_user
from echt.accounts.models import User
from echt.identity.items import PICTURES, Item
from echt.identity.uploads.kinds import MOST_BYTES as MOST_SIZE
from echt.identity.uploads.models import Upload
from echt.identity.uploads.refusals import Reason, UploadRefused
from echt.vault import files
from echt.vault.errors import Destroyed
from echt.vault.purposes import Purpose

__all__ = ["Absent", "WrongOffset", "append", "begin", "content_of", "discard", "finish", "own_upload", "sweep_expired"]

CHUNK = 512 * 1024
LIFE = timedelta(hours=24)
MOST = 12
MOST_BYTES = 60_000_000
SWEPT_AT_ONCE = 500


class WrongOffset(Exception):
    """The part does not begin where the last one ended. `offset`: where the next one must."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def begin(*, actor: User, item: Item, size: int) -> Upload:
    """Announce an upload of so many bytes.

    Raises:
        UploadRefused: it is empty, too big, or one too many.
    """
    if size < 1:
        raise UploadRefused(Reason.EMPTY)
    if size > MOST_SIZE:
        raise UploadRefused(Reason.TOO_BIG)
    if item not in PICTURES:
        raise ValueError(item)
    with transaction.atomic():
        owner = lock_user(actor)
        _make_room(owner, size)
        return Upload.objects.create(owner=owner, item=item.value, size=size)


def own_upload(actor: User, upload_id: UUID) -> Upload:
    """The upload, if it is the actor's own and not over its time.

    Raises:
        Absent: otherwise, whether it exists or not.
    """
    return _own(actor, upload_id, Upload.objects.all())


def append(*, actor: User, upload_id: UUID, offset: int, chunk: bytes) -> Upload:
    """Take the next part.

    Raises:
        Absent: there is no such upload of the actor's.
        WrongOffset: the part does not begin where the last one ended, or the upload is finished.
        UploadRefused: the part is empty, larger than `CHUNK`, or more than was announced.
    """
    if not chunk:
        raise UploadRefused(Reason.EMPTY)
    with transaction.atomic():
        upload = _locked(actor, upload_id)
        if offset != upload.received or upload.finished_at is not None:
            raise WrongOffset(upload.received)
        if len(chunk) > CHUNK or offset + len(chunk) > upload.size:
            raise UploadRefused(Reason.TOO_BIG)
        file = files.keep(chunk, purpose=_purpose_of(upload), subject=actor.pk)
        upload.parts.create(offset=offset, file=file)
        upload.received += len(chunk)
        upload.changed_at = clock.now()
        upload.save(update_fields=["received", "changed_at"])
    return upload


def finish(*, actor: User, upload_id: UUID) -> Upload:
    """Declare that all has come; once more does no harm.

    Raises:
        Absent: there is no such upload of the actor's.
        WrongOffset: something is still missing.
    """
    with transaction.atomic():
        upload = _locked(actor, upload_id)
        if upload.received != upload.size:
            raise WrongOffset(upload.received)
        upload.finished_at = upload.finished_at or clock.now()
        upload.save(update_fields=["finished_at"])
    return upload


def content_of(*, actor: User, upload_id: UUID, item: Item | None = None) -> bytes:
    """What came, once it is finished; where an item is named, only what was announced for it.

    Raises:
        UploadRefused: there is no such upload, it is not finished, or its key is gone.
    """
    try:
        upload = own_upload(actor, upload_id)
        content = b"".join(files.content_of(part.file) for part in upload.parts.select_related("file"))
    except (Absent, Destroyed):
        raise UploadRefused(Reason.LOST) from None
    if upload.finished_at is None or len(content) != upload.size or upload.item != (item or upload.item):
        raise UploadRefused(Reason.LOST)
    return content


def discard(*, actor: User, upload_id: UUID) -> None:
    """Delete an upload and its parts; nothing, if it is not there any more."""
    with transaction.atomic():
        try:
            upload = _locked(actor, upload_id)
        except Absent:
            return
        _erase(upload)


def sweep_expired() -> int:
    """Delete uploads that are over their time. Returns how many there were."""
    over = Upload.objects.filter(created_at__lte=clock.now() - LIFE).order_by("created_at")
    with transaction.atomic():
        found = list(over.select_for_update(skip_locked=True)[:SWEPT_AT_ONCE])
        for upload in found:
            _erase(upload)
    return len(found)


def _locked(actor: User, upload_id: UUID) -> Upload:
    return _own(actor, upload_id, Upload.objects.select_for_update())


def _own(actor: User, upload_id: UUID, among: QuerySet[Upload]) -> Upload:
    upload = among.filter(pk=upload_id).first()
    if upload is None:
        raise Absent
    if upload.owner_id != actor.pk:
        raise Absent
    if upload.created_at <= clock.now() - LIFE:
        raise Absent
    return upload


def _make_room(owner: User, size: int) -> None:
    """Clear away what is over its time and, where it is needed, what was left unfinished longest."""
    under_way = list(Upload.objects.select_for_update().filter(owner=owner).order_by("changed_at"))
    over = [upload for upload in under_way if upload.created_at <= clock.now() - LIFE]
    unfinished = [upload for upload in under_way if upload.finished_at is None and upload not in over]
    kept = [upload for upload in under_way if upload not in over]
    while unfinished and not _has_room(kept, size):
        over.append(unfinished.pop(0))
        kept.remove(over[-1])
    if not _has_room(kept, size):
        raise UploadRefused(Reason.TOO_MANY)
    for upload in over:
        _erase(upload)


def _has_room(kept: list[Upload], size: int) -> bool:
    return len(kept) < MOST and sum(upload.size for upload in kept) + size <= MOST_BYTES


def _erase(upload: Upload) -> None:
    parts = list(upload.parts.select_related("file"))
    upload.delete()
    for part in parts:
        files.erase(part.file)


def _purpose_of(upload: Upload) -> Purpose:
    return Purpose.BIOMETRIC if upload.item == Item.FACE else Purpose.DOCUMENT
