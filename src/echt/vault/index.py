"""Blind indexes: finding a row by a sealed value without storing the value.

1. Without the key nobody can test a guess: HMAC-SHA-256, not a plain hash.
2. The same value gives different indexes for different purposes, so that tables cannot be joined over them.
3. The key of indexes is never rotated: every index would have to be computed anew.

An index tells which rows hold the same value: use it where values are unique or that may be known.
"""

import hashlib
import hmac

from echt.vault.keyring import key_for_sealing
from echt.vault.purposes import Purpose


def blind_index(value: str, *, purpose: str) -> str:
    """The index of a value, 64 characters in hex.

    Args:
        value: normalised by the caller, so that spellings which mean the same give the same index.
        purpose: what is looked up by it, for instance `accounts.address`; stored indexes depend on it.
    """
    common = key_for_sealing(Purpose.INDEX, None).secret
    own = _mac(common, b"echt.vault.index|" + purpose.encode())
    return _mac(own, value.encode()).hex()


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
