"""Ed25519, as far as all chains that use it agree: keys, signatures, and what exchanges' lists sign.

A key of small order (rule 6) signs anything: with one, `R = s B` fits every eighth message or so. The library does not
refuse them, so we do, in all their spellings.
"""

from typing import Final

from base58_bech32.base58 import b58decode
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.digests import sized
from echt.proofs.reserves.signatures.encodings import HEX, from_base64, from_hex
from echt.proofs.reserves.signatures.findings import Unproven, Why

KEY = 32
SIGNATURE = 64
BASE64 = 88
LIST_HEADER = b"OKX Signed Message:\n"
PRIME = (1 << 255) - 19
SIGN = 1 << 255
_EIGHTH: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD83D3D706A17C7
WEAK: Final = frozenset(
    (y | sign).to_bytes(KEY, "little")
    for y in (0, 1, PRIME - 1, PRIME, PRIME + 1, _EIGHTH, PRIME - _EIGHTH)
    for sign in (0, SIGN)
)
"""Every spelling of the eight points of small order: y is 0, 1, -1, or that of a point of order eight."""


def habits(content: bytes) -> dict[str, bytes]:
    """What is signed on every such chain: the text itself, or with the head that exchanges' lists put before it."""
    return {"Ed25519": content, "Ed25519, with the head of OKX's lists": sized(LIST_HEADER) + sized(content)}


def public_key(claim: Claim) -> bytes:
    """The key that the list gives."""
    if claim.public_key is None:
        raise Unproven(Why.KEY_MISSING)
    key = from_hex(claim.public_key, Why.KEY_FORM)
    if len(key) != KEY:
        raise Unproven(Why.KEY_FORM)
    return key


def signature(claim: Claim) -> bytes:
    """The one signature, in hexadecimal, Base64 or Base58."""
    if len(claim.signatures) > 1:
        raise Unproven(Why.SIGNATURE_MANY)
    content = decoded(claim.signatures[0])
    if len(content) != SIGNATURE:
        raise Unproven(Why.SIGNATURE_FORM)
    return content


def decoded(text: str) -> bytes:
    digits = text.removeprefix("0x")
    if len(digits) == 2 * SIGNATURE and HEX.issuperset(digits):
        return from_hex(text, Why.SIGNATURE_FORM)
    if text.endswith("=") or len(text) > BASE64:
        return from_base64(text)
    try:
        return b58decode(text, max_length=BASE64)
    except ValueError:
        raise Unproven(Why.SIGNATURE_FORM) from None


def signed_as(key: bytes, content: bytes, candidates: dict[str, bytes]) -> str:
    """By which of these habits the key signed, given the signature's bytes."""
    if key in WEAK:
        raise Unproven(Why.KEY_WEAK)
    for scheme, message in candidates.items():
        if verifies(key, content, message):
            return scheme
    raise Unproven(Why.SIGNATURE_OTHER)


def verifies(key: bytes, content: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(content, message)
    except (InvalidSignature, ValueError):
        return False
    return True
