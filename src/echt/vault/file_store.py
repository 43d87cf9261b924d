"""Where the bytes of private files lie: they come sealed, so the store learns nothing but their length and age."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from echt.vault.errors import FileMissing
from echt.vault.settings import vault_settings

__all__ = ["FileStore", "LocalFileStore", "file_folder", "file_store"]


class FileStore(Protocol):
    """A place for bytes under a name of ours: a folder, a bucket."""

    def put(self, place: UUID, sealed: bytes) -> None:
        """Keep the bytes; when this returns, they outlive a power cut. A place is written once."""

    def get(self, place: UUID) -> bytes:
        """The bytes again.

        Raises:
            FileMissing: they are not there.
        """

    def remove(self, place: UUID) -> None:
        """Let go of the bytes; nothing, if they are not there."""

    def places(self, *, before: datetime) -> Iterator[UUID]:
        """Every place that was written before this instant; drafts as old as that are cleared away."""


class LocalFileStore:
    """A folder of the data folder: `<first two digits>/<uuid>`, mode 0600, their folders 0700.

    1. A file is there whole or not at all: it is written under a draft's name, brought to the disk, and renamed.
    2. Its name is ours alone: a random UUID, nothing of who sent it or what they called it.
    3. Nobody but the service's own user can open it or list its folder, whatever the umask.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, place: UUID, sealed: bytes) -> None:
        path = self._path(place)
        self._make_folder(path.parent)
        draft = path.with_name(f".{path.name}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _names_to_disk(path.parent)

    def get(self, place: UUID) -> bytes:
        try:
            return self._path(place).read_bytes()
        except FileNotFoundError:
            raise FileMissing(
                f"The private file {place} is not in {self.folder}. Restore it from the backup."
            ) from None

    def remove(self, place: UUID) -> None:
        self._path(place).unlink(missing_ok=True)

    def places(self, *, before: datetime) -> Iterator[UUID]:
        for path in self.folder.glob("??/*"):
            if not _older(path, before):
                continue
            if path.name.startswith("."):
                path.unlink(missing_ok=True)
            else:
                with suppress(ValueError):
                    yield UUID(path.name)

    def _path(self, place: UUID) -> Path:
        return self.folder / place.hex[:2] / str(place)

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        _names_to_disk(self.folder)


def file_store() -> FileStore:
    """The store of this installation."""
    return LocalFileStore(file_folder())


def file_folder() -> Path:
    """The folder of private files, as set or `private/` in the data folder."""
    return vault_settings().files or Path(settings.DATA) / "private"


def _older(path: Path, than: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < than
    except FileNotFoundError:
        return False


def _names_to_disk(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
