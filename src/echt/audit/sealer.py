"""What hides the details of an event. The record knows no keys: a room above fills this place in at start.

1. Without a sealer nothing is recorded; details are never stored in clear for want of a key.
2. A destroyed key hides the details for ever; the event itself, its time and its place in the chain remain.
"""

from typing import Protocol
from uuid import UUID


class SealerMissing(RuntimeError):
    """No sealer was registered at start, so that nothing can be recorded."""


class KeyDestroyed(Exception):
    """The key of these details was destroyed on purpose; a sealer raises this from `unseal`."""


class DetailsChanged(Exception):
    """These details are not what was sealed: somebody changed the event. A sealer raises this from `unseal`."""


class Sealer(Protocol):
    """Encryption of an event's details under a key that belongs to the event's subject."""

    def seal(self, plain: bytes, subject: UUID | None, context: str) -> bytes:
        """The details, encrypted and bound to `context`."""

    def unseal(self, sealed: bytes, subject: UUID | None, context: str) -> bytes:
        """The details again.

        Raises:
            KeyDestroyed: the subject's key is gone.
            DetailsChanged: they, or what they are bound to, were changed.
        """


_registered: list[Sealer] = []


def register_sealer(sealer: Sealer) -> None:
    """Seal all further details with `sealer`; the last one registered counts."""
    _registered[:] = [sealer]


def sealer() -> Sealer:
    """The registered sealer.

    Raises:
        SealerMissing: none was registered.
    """
    if not _registered:
        raise SealerMissing("No sealer is registered: call echt.audit.sealer.register_sealer() in AppConfig.ready().")
    return _registered[0]
