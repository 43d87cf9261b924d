"""Sui: the address is a hash of the key.

Wallets sign a hash of the text with an intent before it, and hand out the signature with its kind and key in one piece.
"""

from hashlib import blake2b

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.aptos import account
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.encodings import from_hex
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

ED25519 = b"\x00"
PERSONAL_MESSAGE = bytes([3, 0, 0])
WHOLE = 1 + ed25519.SIGNATURE + ed25519.KEY


def check(claim: Claim, network: Network) -> Finding:
    del network
    address = account(claim.address)
    if len(claim.signatures) > 1:
        raise Unproven(Why.SIGNATURE_MANY)
    signature, key = _parts(claim)
    if hash_of(ED25519 + key) != address:
        raise Unproven(Why.KEY_OTHER)
    habits = {"Sui personal message": hash_of(PERSONAL_MESSAGE + _bcs(claim.content))} | ed25519.habits(claim.content)
    return proven(ed25519.signed_as(key, signature, habits))


def identity(address: str, network: Network) -> str:
    del network
    return account(address).hex()


def hash_of(content: bytes) -> bytes:
    return blake2b(content, digest_size=32).digest()


def _parts(claim: Claim) -> tuple[bytes, bytes]:
    """Signature and key, which a wallet gives in one piece."""
    text = claim.signatures[0]
    whole = from_hex(text, Why.SIGNATURE_FORM) if text.startswith("0x") else ed25519.decoded(text)
    if len(whole) != WHOLE:
        return ed25519.signature(claim), ed25519.public_key(claim)
    if whole[:1] != ED25519:
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    key = whole[-ed25519.KEY :]
    if claim.public_key is not None and from_hex(claim.public_key, Why.KEY_FORM) != key:
        raise Unproven(Why.KEY_OTHER)
    return whole[1 : 1 + ed25519.SIGNATURE], key


def _bcs(content: bytes) -> bytes:
    """A list of bytes with its length before it, seven bits at a time."""
    size, head = len(content), bytearray()
    while size >= 0x80:  # noqa: PLR2004
        head.append(size % 0x80 | 0x80)
        size //= 0x80
    return bytes([*head, size]) + content
