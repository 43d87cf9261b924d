"""Encrypted model fields: `EncryptedTextField(purpose=Purpose.CONTACT, subject="pk")`.

Their rules stand in `sealed_field`.
"""

import json
from typing import Any

from echt.vault.sealed_field import Get, SealedField, Set


class EncryptedTextField(SealedField[Set, Get]):
    """Text of any length, UTF-8."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self} holds text, not {type(value).__name__}.")
        return value.encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()


class EncryptedJSONField(SealedField[Set, Get]):
    """What JSON can hold; `None` is NULL."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    empty_strings_allowed = False

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)
