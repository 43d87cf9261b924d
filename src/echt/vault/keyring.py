"""The data keys in the hands of this process.

1. A key is remembered for `LIFE` seconds at most, so that one destroyed elsewhere dies here within that time.
2. A key is remembered for sealing only when its row is certain to stay: not by the transaction that made it,
   which may yet be rolled back and would leave ciphertexts without a key.
3. One key in use for a purpose and subject, however many ask for the first one at once.
4. No first master key where data keys exist: theirs is missing then and must be restored.
5. Keys that loaded rows will need are fetched together: one query for a page, not one for a field.
"""

import secrets
import threading
from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from echt.vault.errors import Destroyed, Tampered
from echt.vault.keys import KeyStore, key_store
from echt.vault.models import IN_USE, DataKey
from echt.vault.purposes import Purpose
from echt.vault.short_lived import ShortLived

LIFE = 60.0
MOST = 10_000
MOST_EXPECTED = 500
KEY_BYTES = 32


class HeldKey:
    """A data key in memory; unwrapped when it is first used."""

    def __init__(self, row: DataKey) -> None:
        self.id: UUID = row.pk
        self.subject: UUID | None = row.subject
        self.retired = row.retired_at is not None and row.wrapped is not None
        """Whether what it opens should be sealed anew."""
        self.lasting = row.wrapped is not None or not connection.in_atomic_block
        """Whether this may be remembered: a destruction that this transaction wrote may be rolled back."""
        self._row = row

    @cached_property
    def secret(self) -> bytes:
        """The key itself.

        Raises:
            Destroyed: it was destroyed on purpose.
        """
        if self._row.wrapped is None:
            raise Destroyed("The key of this was destroyed on purpose; nobody can open it any more.")
        return key_store().unwrap(bytes(self._row.wrapped), self._row.context)


class _Expected(threading.local):
    """Ids of keys that rows loaded in this thread will need."""

    def __init__(self) -> None:
        self.ids: set[UUID] = set()


_by_id: ShortLived[UUID, HeldKey] = ShortLived(life=LIFE, most=MOST)
_in_use: ShortLived[tuple[Purpose, UUID | None], HeldKey] = ShortLived(life=LIFE, most=MOST)
_expected = _Expected()
_made_here: set[UUID] = set()


def key_for_sealing(purpose: Purpose, subject: UUID | None) -> HeldKey:
    """The key in use; the first call for a purpose and subject makes it."""
    held = _in_use.get((purpose, subject))
    if held is None:
        read_in = _in_use.generation
        held = HeldKey(_row_in_use(purpose, subject))
        if held.id not in _made_here:
            _in_use.put((purpose, subject), held, read_in=read_in)
    return held


def key_for_opening(key_id: UUID) -> HeldKey:
    """The key that something was sealed under.

    Raises:
        Tampered: there is no such key.
    """
    held = _by_id.get(key_id) or _load(key_id)
    if held is None:
        raise Tampered("This was sealed under a key that is not in this database.")
    return held


def expect(key_id: UUID) -> None:
    """Fetch this key too, when the next one is fetched."""
    if len(_expected.ids) >= MOST_EXPECTED:
        _expected.ids.clear()
    _expected.ids.add(key_id)


def forget(key_ids: Iterable[UUID] | None = None) -> None:
    """Drop these keys, or all, from the memory of this process."""
    _by_id.forget(key_ids)
    _in_use.forget()


def forget_all(**_: object) -> None:
    """Drop everything; what Django calls once a database was made or emptied."""
    forget()


def _row_in_use(purpose: Purpose, subject: UUID | None) -> DataKey:
    wanted = DataKey.objects.filter(IN_USE, purpose=purpose, subject=subject)
    return wanted.first() or _made(purpose, subject) or wanted.get()


def _made(purpose: Purpose, subject: UUID | None) -> DataKey | None:
    """A new key in use; nothing, if somebody else made one in the meantime."""
    row = DataKey(purpose=purpose, subject=subject)
    row.wrapped = _begun_store().wrap(secrets.token_bytes(KEY_BYTES), row.context)
    _made_here.add(row.pk)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    transaction.on_commit(lambda: _made_here.discard(row.pk))
    return row


def _begun_store() -> KeyStore:
    store = key_store()
    if not DataKey.objects.exists():
        store.begin()
    return store


def _load(key_id: UUID) -> HeldKey | None:
    """Fetch a key, and with it those that are expected and not yet at hand."""
    read_in = _by_id.generation
    wanted = {key_id, *(other for other in _expected.ids if _by_id.get(other) is None)}
    _expected.ids.clear()
    loaded = {row.pk: HeldKey(row) for row in DataKey.objects.filter(pk__in=wanted)}
    for held in loaded.values():
        if held.lasting:
            _by_id.put(held.id, held, read_in=read_in)
    return loaded.get(key_id)
