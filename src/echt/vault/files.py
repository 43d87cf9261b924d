"""Private files: pictures and whatever else is too large for a field, sealed on the disk.

1. What lies on the disk is sealed under the key of its purpose and subject and bound to its row: it opens for no other.
2. The bytes are on the disk before the row that promises them: what the database knows of is there.
3. What is discarded has its bytes removed after the commit; a rollback keeps both, row and bytes.
4. What a crash leaves without a row is swept away, once it is older than any transaction can be.
5. Once the key is destroyed nobody opens the file, and its bytes go too.
6. Equal contents can be told by a keyed index, without the key by nobody.
7. Sealed anew, a file gets a new place; the old bytes go after the commit. What was tampered with is never sealed anew.
"""

import hashlib
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TypedDict
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from echt import clock
from echt.vault.errors import Destroyed, FileMissing, Tampered
from echt.vault.file_store import file_store
from echt.vault.index import blind_index
from echt.vault.models import PrivateFile
from echt.vault.purposes import Purpose
from echt.vault.seal import key_id_of, seal, unseal

__all__ = ["Destroyed", "FileMissing", "Tampered"]

GRACE = timedelta(days=1)
"""How long bytes may lie without a row: longer than any transaction lasts."""
AT_ONCE = 500


class _Binding(TypedDict):
    purpose: Purpose
    subject: UUID
    context: str


def keep(content: bytes, *, purpose: Purpose, subject: UUID) -> PrivateFile:
    """Seal the content, put it into the store and write its row."""
    file = PrivateFile(purpose=purpose, subject=subject, size=len(content), sha256=_index_of(content))
    _store(file, content)
    file.save(force_insert=True)
    return file


def content_of(file: PrivateFile) -> bytes:
    """What was kept.

    Raises:
        Destroyed: its key was destroyed on purpose, or the file was discarded.
        Tampered: the bytes were changed, or belong to another file.
        FileMissing: the bytes are not there and should be.
    """
    try:
        return _opened(file)
    except FileMissing:
        if _newest_place(file) == file.place:
            raise
    file.place = _newest_place(file)  # it was sealed anew, or discarded, since the row was read
    return _opened(file)


def discard(file: PrivateFile) -> None:
    """Delete the content. The row stays and says when; it no longer tells what it was."""
    _remove_after_commit(file)
    file.place, file.sha256, file.discarded_at = None, "", clock.now()
    file.save(update_fields=["place", "sha256", "discarded_at"])


def erase(file: PrivateFile) -> None:
    """Delete content and row: for what was never meant to last."""
    _remove_after_commit(file)
    file.delete()


def same_elsewhere(file: PrivateFile) -> QuerySet[PrivateFile]:
    """Files of other subjects with exactly this content."""
    return PrivateFile.objects.filter(sha256=file.sha256, discarded_at=None).exclude(subject=file.subject)


def discard_sealed_under(keys: Collection[UUID]) -> int:
    """Discard what is sealed under these keys, which are destroyed. Returns how many files there were."""
    return _discard_all(PrivateFile.objects.filter(discarded_at=None, key__in=keys))


def sweep_orphans() -> int:
    """Remove bytes that no row knows, and those whose key is gone. Returns how many there were.

    For a scheduled job of a higher room: once a day is often enough.
    """
    unreadable = _discard_all(PrivateFile.objects.filter(discarded_at=None, key__destroyed_at__isnull=False))
    places = file_store().places(before=clock.now() - GRACE)
    return unreadable + sum(_remove_unknown(some) for some in iter(lambda: list(islice(places, AT_ONCE)), []))


def reseal_files() -> int:
    """Seal every file anew that is under a retired key. Returns how many there were."""
    stale = PrivateFile.objects.filter(discarded_at=None, key__retired_at__isnull=False, key__destroyed_at=None)
    return sum(_reseal(pk) for pk in list(stale.values_list("pk", flat=True)))


@transaction.atomic
def _reseal(pk: UUID) -> bool:
    """Seal a file anew; nothing, if it or its key went away in the meantime."""
    file = PrivateFile.objects.select_for_update().filter(pk=pk, discarded_at=None).first()
    if file is None:
        return False
    try:
        content = content_of(file)
    except Destroyed:
        return False
    _remove_after_commit(file)
    file.place = uuid4()
    _store(file, content)
    file.save(update_fields=["place", "key"])
    return True


def _store(file: PrivateFile, content: bytes) -> None:
    """Put the content, sealed, at the file's place, and note under which key."""
    assert file.place is not None
    sealed = seal(content, **_binding(file))
    file_store().put(file.place, sealed)
    file.key_id = key_id_of(sealed)


def _opened(file: PrivateFile) -> bytes:
    if file.place is None:
        raise Destroyed("This file was deleted on purpose; nobody can open it any more.")
    return unseal(file_store().get(file.place), **_binding(file))


def _newest_place(file: PrivateFile) -> UUID | None:
    return PrivateFile.objects.filter(pk=file.pk).values_list("place", flat=True).first()


def _binding(file: PrivateFile) -> _Binding:
    return {"purpose": Purpose(file.purpose), "subject": file.subject, "context": f"vault.PrivateFile:{file.pk}"}


def _discard_all(files: QuerySet[PrivateFile]) -> int:
    with transaction.atomic():
        found = list(files.select_for_update(of=("self",)))
        for file in found:
            discard(file)
    return len(found)


def _remove_after_commit(file: PrivateFile) -> None:
    if file.place is not None:
        transaction.on_commit(partial(file_store().remove, file.place), robust=True)


def _remove_unknown(places: list[UUID]) -> int:
    """Remove those of the places that no row names."""
    known = set(PrivateFile.objects.filter(place__in=places).values_list("place", flat=True))
    for place in (unknown := set(places) - known):
        file_store().remove(place)
    return len(unknown)


def _index_of(content: bytes) -> str:
    return blind_index(hashlib.sha256(content).hexdigest(), purpose="vault.files")
