"""The store of master keys: they wrap data keys and nothing else, and never leave it."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from echt.vault.local_keys import LocalKeyStore
from echt.vault.settings import vault_settings

__all__ = ["KeyStore", "LocalKeyStore", "key_folder", "key_store"]


class KeyStore(Protocol):
    """Where master keys live: a folder, a security module, a key service."""

    def begin(self) -> None:
        """Make the first master key, where there is none."""

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """The key, encrypted under the newest master key and bound to the context.

        Raises:
            MasterKeyMissing: there is none.
        """

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The key again.

        Raises:
            MasterKeyMissing: the master key that it is wrapped under is gone.
            Tampered: it is not what was wrapped, or not for this context.
        """

    def renew(self) -> None:
        """Make a further master key, the newest from now on. Older ones go on unwrapping."""

    def renewed_at(self) -> datetime:
        """When the newest master key was made.

        Raises:
            MasterKeyMissing: there is none.
        """

    def retire(self) -> None:
        """Remove all master keys but the newest."""


def key_store() -> KeyStore:
    """The store of this installation."""
    return LocalKeyStore(key_folder())


def key_folder() -> Path:
    """The folder of the master keys, as set or `keys/` in the data folder."""
    return vault_settings().keys or Path(settings.DATA) / "keys"
