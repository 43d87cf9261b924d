"""Master keys as files in a folder: the key store that needs nothing else (`keys.KeyStore`).

1. A data key is wrapped for exactly one key row: its context is authenticated with it.
2. Keys that others may read are not used: files have mode 0600, their folder 0700, all of them belong to us.
3. A master key is on the disk before anything is wrapped under it.
4. Where several processes start at once, one key is made and all use it.
5. A missing master key is never replaced by a new one; it is named, so that one knows which to restore.
"""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from echt.vault.errors import KeysExposed, MasterKeyMissing, Tampered

KEY_BYTES = 32
NONCE_BYTES = 12
NAME_BYTES = 8


@dataclass(frozen=True)
class MasterKey:
    """A master key and the name by which a wrapped key finds it."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> bytes:
        """A fingerprint: tells one key from another and nothing about the key."""
        return hashlib.sha256(b"echt.vault.master" + self.secret).digest()[:NAME_BYTES]


@dataclass(frozen=True)
class LocalKeyStore:
    """Master keys as files `master-0001`, `master-0002`..., each 32 random bytes in hex; the last is newest.

    A wrapped key: name of the master key (8) | nonce (12) | AES-256-GCM of the key.
    """

    folder: Path

    def begin(self) -> None:
        if not self.files():
            self._make("master-0001")

    def renew(self) -> None:
        files = self.files()
        self._make(f"master-{_number(files[-1]) + 1 if files else 1:04}")

    def renewed_at(self) -> datetime:
        return datetime.fromtimestamp(self._newest().stat().st_mtime, UTC)

    def retire(self) -> None:
        for path in self.files()[:-1]:
            path.unlink()

    def wrap(self, key: bytes, context: bytes) -> bytes:
        master = read(self._newest())
        nonce = secrets.token_bytes(NONCE_BYTES)
        return master.name + nonce + AESGCM(master.secret).encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        name, rest = wrapped[:NAME_BYTES], wrapped[NAME_BYTES:]
        master = self._named(name)
        try:
            return AESGCM(master.secret).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context)
        except (InvalidTag, ValueError):
            raise Tampered("A wrapped data key was changed, or belongs to another row.") from None

    def files(self) -> list[Path]:
        """The master keys, oldest first. A copy under another name (`master-0001.bak`) is not one."""
        return sorted((path for path in self.folder.glob("master-*") if _named_by_number(path)), key=_number)

    def _newest(self) -> Path:
        files = self.files()
        if not files:
            raise MasterKeyMissing(f"There is no master key in {self.folder}. Restore it from the backup.")
        return files[-1]

    def _named(self, name: bytes) -> MasterKey:
        for path in reversed(self.files()):
            if (master := read(path)).name == name:
                return master
        raise MasterKeyMissing(f"Master key {name.hex()} is not in {self.folder}. Restore the folder from the backup.")

    def _make(self, name: str) -> None:
        """Write a new key whole or not at all; where two do it at once, the first one's stays."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".draft-")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(KEY_BYTES) + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, self.folder / name)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
        _to_disk(self.folder)


def read(path: Path) -> MasterKey:
    """The master key in a file.

    Raises:
        KeysExposed: the file or its folder is open to others (rule 2).
        MasterKeyMissing: the file does not hold a key.
    """
    for place in (path.parent, path):
        if complaint := exposure(place):
            raise KeysExposed(complaint)
    try:
        secret = bytes.fromhex(path.read_text())
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise MasterKeyMissing(f"{path} does not hold a master key. Restore it from the backup.")
    return MasterKey(secret)


def exposure(path: Path) -> str:
    """Why others could read or change a file or folder of keys, in a sentence; empty, if they cannot."""
    status = path.stat()
    if status.st_uid != os.geteuid():
        return f"{path} belongs to another user (uid {status.st_uid})."
    if status.st_mode & 0o077:
        return f"{path} has mode {status.st_mode & 0o777:04o}, so that others may read or change it."
    return ""


def _named_by_number(path: Path) -> bool:
    return path.name.removeprefix("master-").isdecimal()


def _number(path: Path) -> int:
    return int(path.name.removeprefix("master-"))


def _to_disk(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
