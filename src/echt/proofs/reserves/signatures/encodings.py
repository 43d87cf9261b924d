"""How lists write bytes: hexadecimal with or without 0x, Base64."""

import binascii
from base64 import b64decode

from echt.proofs.reserves.signatures.findings import Unproven, Why

HEX = frozenset("0123456789abcdefABCDEF")


def from_hex(text: str, why: Why) -> bytes:
    digits = text.removeprefix("0x")
    if len(digits) % 2 or not HEX.issuperset(digits):
        raise Unproven(why)
    return bytes.fromhex(digits)


def from_base64(text: str, why: Why = Why.SIGNATURE_FORM) -> bytes:
    try:
        return b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Unproven(why) from None
