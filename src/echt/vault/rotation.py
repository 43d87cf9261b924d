"""Changing keys while everything goes on.

1. A new master key changes no ciphertext: data keys are wrapped anew, under the newest master key.
2. An old master key is removed only when nothing needs it: an hour after the newest one was made, since a
   transaction that began before may still wrap under the old one.
3. A retired data key opens and does not seal: values are sealed anew when their row is saved, or by
   `reseal_all`; private files by `reseal_all` alone.
4. A value or a file that was tampered with is never sealed anew, which would make it genuine.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from echt import clock
from echt.vault.errors import Destroyed, TooSoon
from echt.vault.files import reseal_files
from echt.vault.keyring import forget
from echt.vault.keys import KeyStore, key_store
from echt.vault.models import IN_USE, RETIRED, DataKey
from echt.vault.purposes import Purpose
from echt.vault.seal import key_id_of
from echt.vault.sealed_field import SealedField

BATCH = 500
OVERLAP = timedelta(hours=1)


def rotate_master_key() -> int:
    """Make a new master key and wrap every data key anew. Returns how many there were."""
    store = key_store()
    store.renew()
    return _rewrap_all(store)


def retire_master_keys() -> None:
    """Remove the master keys before the newest.

    Raises:
        TooSoon: the newest one is not an hour old (rule 2).
    """
    store = key_store()
    if store.renewed_at() > clock.now() - OVERLAP:
        raise TooSoon(f"Wait {OVERLAP} after a new master key before you remove the ones before it.")
    _rewrap_all(store)
    store.retire()


def retire_data_keys(purpose: Purpose) -> int:
    """Let new keys be made for a purpose. Returns how many were retired; `reseal_all` puts them out of use.

    Raises:
        ValueError: the purpose is `INDEX`, whose key cannot change (`index`, rule 3).
    """
    if purpose is Purpose.INDEX:
        raise ValueError("The key of blind indexes is not rotated: every stored index would be lost.")
    retired = DataKey.objects.filter(IN_USE, purpose=purpose).update(retired_at=clock.now())
    forget()
    transaction.on_commit(forget)
    return retired


def reseal_all() -> int:
    """Seal every value and private file anew that is under a retired key. Returns how many rows were written.

    Other processes may seal under a key for `keyring.LIFE` seconds after it was retired: run it again after
    that, until it returns 0. What a room seals without a field (`seal.seal`) is for that room to renew.
    """
    rows = sum(_reseal(model, fields) for model in apps.get_models() if (fields := _sealed_fields(model)))
    return rows + reseal_files()


def _rewrap_all(store: KeyStore) -> int:
    ids = list(DataKey.objects.filter(destroyed_at=None).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        _rewrap(store, ids[start : start + BATCH])
    return len(ids)


@transaction.atomic
def _rewrap(store: KeyStore, ids: list[UUID]) -> None:
    for row in DataKey.objects.select_for_update().filter(pk__in=ids, wrapped__isnull=False):
        plain = store.unwrap(bytes(row.wrapped or b""), row.context)
        DataKey.objects.filter(pk=row.pk).update(wrapped=store.wrap(plain, row.context))


def _sealed_fields(model: type[models.Model]) -> list[SealedField[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, SealedField)]


def _reseal(model: type[models.Model], fields: list[SealedField[Any, Any]]) -> int:
    return sum(_reseal_row(model, pk, fields) for pk in _stale_rows(model, fields))


def _stale_rows(model: type[models.Model], fields: list[SealedField[Any, Any]]) -> list[object]:
    """Primary keys of the rows that hold a value under a retired key."""
    retired = set(DataKey.objects.filter(RETIRED).values_list("pk", flat=True))
    rows = model._base_manager.values_list("pk", *(field.name for field in fields)).iterator()
    return [pk for pk, *values in rows if any(value and key_id_of(value.data) in retired for value in values)]


@transaction.atomic
def _reseal_row(model: type[models.Model], pk: object, fields: list[SealedField[Any, Any]]) -> bool:
    """Seal a row's values anew; nothing, if the row or its keys went away in the meantime."""
    row = model._base_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    with suppress(Destroyed):
        sealed = {field.name: field.pre_save(row, add=False) for field in fields}
        model._base_manager.filter(pk=pk).update(**sealed)
        return True
    return False
