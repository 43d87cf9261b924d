"""Start-up checks: nothing starts with master keys that others may read, or without those that it needs."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from echt.vault.errors import VaultError
from echt.vault.file_store import file_folder
from echt.vault.keys import key_folder, key_store
from echt.vault.local_keys import exposure
from echt.vault.models import DataKey


def check_exposure(**_: Any) -> list[CheckMessage]:
    """The folder of keys and every file in it are closed to others, and so is the folder of private files."""
    folder = key_folder()
    places = [folder, *sorted(folder.iterdir())] if folder.is_dir() else []
    places += [files] if (files := file_folder()).is_dir() else []
    return [
        Error(
            complaint,
            hint="Find out who could read it. Then: folder 0700, files 0600, both owned by the service.",
            id="vault.E001",
        )
        for place in places
        if (complaint := exposure(place))
    ]


def check_presence(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The newest data key can be unwrapped: the folder of keys belongs to this database."""
    if "default" not in (databases or []) or not _has_table():
        return []
    newest = DataKey.objects.filter(destroyed_at=None).order_by("-created_at").first()
    fault = newest and _fault_of(newest)
    hint = "Restore the folder of keys that belongs to this database."
    return [Error(fault, hint=hint, id="vault.E007")] if fault else []


def _fault_of(row: DataKey) -> str:
    try:
        key_store().unwrap(bytes(row.wrapped or b""), row.context)
    except VaultError as error:
        return str(error)
    return ""


def _has_table() -> bool:
    return DataKey._meta.db_table in connections["default"].introspection.table_names()
