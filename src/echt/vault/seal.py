"""Sealing: AES-256-GCM under a data key, bound to what it is for, whom it is about and where it stands.

1. It opens only for the purpose, the subject and the context that it was sealed for.
2. Any changed bit is noticed: `Tampered`.
3. The same plaintext sealed twice gives two ciphertexts: each has its own random nonce.
4. Once the key is destroyed, it opens no more: `Destroyed`.

It is: version (1) | key id (16) | nonce (12) | ciphertext and tag. Its length gives away the plaintext's.
Random nonces allow 2^32 seals under one key (NIST SP 800-38D, 8.3): rotate the keys of a purpose before.
"""

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from echt.vault.errors import Destroyed, Tampered, UnsealError
from echt.vault.keyring import key_for_opening, key_for_sealing
from echt.vault.purposes import Purpose

__all__ = ["Destroyed", "Tampered", "UnsealError", "key_id_of", "seal", "unseal"]

VERSION = b"\x01"
HEAD = 17
NONCE = 12
TAG = 16


def seal(plain: bytes, *, purpose: Purpose, subject: UUID | None, context: str) -> bytes:
    """The ciphertext of `plain`.

    Args:
        plain: what to seal.
        purpose: what it is for; decides on the key.
        subject: the person or institution whose key seals it; `None`: the key that belongs to nobody.
        context: where it stands, unmistakably, for instance `accounts.User.address:` and the primary key.

    Raises:
        ValueError: the purpose is `INDEX`, whose key seals nothing.
    """
    if purpose is Purpose.INDEX:
        raise ValueError("The key of blind indexes seals nothing. Choose the purpose of what you want to seal.")
    key = key_for_sealing(purpose, subject)
    head = VERSION + key.id.bytes
    nonce = secrets.token_bytes(NONCE)
    bound = _bound(head, purpose, subject, context)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, plain, bound)


def unseal(sealed: bytes, *, purpose: Purpose, subject: UUID | None, context: str) -> bytes:
    """What was sealed.

    Raises:
        Tampered: it was not sealed for exactly this, or was changed since.
        Destroyed: its key was destroyed on purpose.
    """
    key = key_for_opening(key_id_of(sealed))
    head, nonce, rest = sealed[:HEAD], sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :]
    try:
        return AESGCM(key.secret).decrypt(nonce, rest, _bound(head, purpose, subject, context))
    except InvalidTag:
        raise Tampered(f"What stands at {context} was changed, or was sealed for something else.") from None


def key_id_of(sealed: bytes) -> UUID:
    """The key that this was sealed under, as its head says.

    Raises:
        Tampered: it is no ciphertext of ours.
    """
    if len(sealed) < HEAD + NONCE + TAG or not sealed.startswith(VERSION):
        raise Tampered("This is not a sealed value.")
    return UUID(bytes=sealed[len(VERSION) : HEAD])


def _bound(head: bytes, purpose: Purpose, subject: UUID | None, context: str) -> bytes:
    # Only the context may hold a bar, and it stands last: no two inputs give the same bytes.
    return head + f"{purpose}|{subject}|{context}".encode()
