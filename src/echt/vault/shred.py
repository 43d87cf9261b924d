"""Crypto-shredding: deleting what is about somebody by destroying the keys that it is sealed under.

1. After it, nothing that was sealed for the subject opens, wherever a copy of the ciphertext lies.
2. This process refuses at once, every other one within `keyring.LIFE` seconds.
3. The wrapped key is overwritten in the database file too (SQLite); PostgreSQL drops it at the next vacuum.
4. Private files that no longer open are discarded, their bytes removed after the commit.

Out of reach are backups of the database that still hold the wrapped key: they end with their retention, or
once the master key that they need is removed (`rotation`).

What is sealed for the subject afterwards gets a new key.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from echt import clock
from echt.vault.files import discard_sealed_under
from echt.vault.keyring import forget
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose


def destroy_keys(subject: UUID, *, purposes: Collection[Purpose] | None = None) -> int:
    """Destroy the keys of a subject, for these purposes or for all. Returns how many there were."""
    with transaction.atomic():
        _overwrite_what_is_removed()
        living = DataKey.objects.select_for_update().filter(subject=subject, destroyed_at=None)
        if purposes is not None:
            living = living.filter(purpose__in=purposes)
        ids = list(living.values_list("pk", flat=True))
        DataKey.objects.filter(pk__in=ids).update(wrapped=None, destroyed_at=clock.now())
        forget(ids)
        discard_sealed_under(ids)
        transaction.on_commit(lambda: forget(ids))
    return len(ids)


def subjects_with_keys(*purposes: Purpose) -> QuerySet[DataKey, UUID | None]:
    """Of whom there is a key for one of these purposes that is not destroyed."""
    living = DataKey.objects.filter(purpose__in=purposes, destroyed_at=None, subject__isnull=False)
    return living.values_list("subject", flat=True)


def _overwrite_what_is_removed() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
