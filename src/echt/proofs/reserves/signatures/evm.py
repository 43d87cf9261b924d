"""Ethereum and the chains of its kind: EIP-191 messages ("personal_sign").

Two habits are known, and both are tried: the text itself, as wallets sign it, and the Keccak-256 of the text as a
message of 32 bytes, as exchanges' lists have it. A contract has no key; for one, the list names its owners (rule 7).
"""

import re
from typing import NamedTuple

from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.digests import keccak256
from echt.proofs.reserves.signatures.encodings import from_hex
from echt.proofs.reserves.signatures.findings import Finding, Unproven, Why, owned, proven
from echt.proofs.reserves.signatures.networks import Network
from echt.proofs.reserves.signatures.secp256k1 import has_high_s, recover

PREFIX = b"\x19Ethereum Signed Message:\n"
COMPACT, FULL = 64, 65
HALF = 1 << 255
RECOVERY = {0: 0, 1: 1, 27: 0, 28: 1}
ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}\Z")


class Signature(NamedTuple):
    """r and s, and which of the two possible keys it is."""

    numbers: bytes
    recovery_id: int


def check(claim: Claim, network: Network) -> Finding:
    del network  # one form for all of them
    address = account(claim.address)
    signatures = [signature_of(text) for text in claim.signatures]
    if claim.owners:
        wanted = {account(owner) for owner in claim.owners}
        return owned(_scheme_of_all(claim, signatures, wanted))
    if len(signatures) > 1:
        raise Unproven(Why.SIGNATURE_MANY)
    for scheme, digest in digests(claim.content).items():
        if signer(signatures[0], digest) == address:
            return proven(scheme)
    raise Unproven(Why.SIGNATURE_OTHER)


def identity(address: str, network: Network) -> str:
    del network
    return "0x" + account(address).hex()


def _scheme_of_all(claim: Claim, signatures: list[Signature], wanted: set[bytes]) -> str:
    for scheme, digest in digests(claim.content).items():
        if wanted <= {signer(signature, digest) for signature in signatures}:
            return scheme
    raise Unproven(Why.OWNERS_FEW)


def digests(content: bytes) -> dict[str, bytes]:
    """What is signed for this message, by the name of the habit."""
    return {
        "EIP-191": keccak256(PREFIX + str(len(content)).encode() + content),
        "EIP-191 over the message's hash": keccak256(PREFIX + b"32" + keccak256(content)),
    }


def signer(signature: Signature, digest: bytes) -> bytes | None:
    """The account that signed: the last 20 bytes of its key's hash."""
    key = recover(signature.numbers, signature.recovery_id, digest)
    return None if key is None else keccak256(key.format(compressed=False)[1:])[12:]


def signature_of(text: str) -> Signature:
    """65 bytes with v of 0, 1, 27 or 28, or the 64 of EIP-2098; s must be low (rule 5)."""
    content = from_hex(text, Why.SIGNATURE_FORM)
    if len(content) == COMPACT:
        packed = int.from_bytes(content[32:])
        content = content[:32] + (packed % HALF).to_bytes(32) + bytes([packed // HALF])
    if len(content) != FULL or content[64] not in RECOVERY:
        raise Unproven(Why.SIGNATURE_FORM)
    if has_high_s(content):
        raise Unproven(Why.SIGNATURE_HIGH_S)
    return Signature(content[:64], RECOVERY[content[64]])


def account(address: str) -> bytes:
    """The 20 bytes of an address; where its letters are of both cases, they must be EIP-55's."""
    if not ADDRESS.match(address):
        raise Unproven(Why.ADDRESS_FORM)
    digits = address[2:]
    if digits not in (digits.lower(), digits.upper()) and digits != checksummed(digits):
        raise Unproven(Why.ADDRESS_FORM)
    return bytes.fromhex(digits)


def checksummed(digits: str) -> str:
    """EIP-55: a letter is a capital where the hash of the digits has its bit set."""
    marks = keccak256(digits.lower().encode()).hex()
    return "".join(
        digit.upper() if int(mark, 16) >= 8 else digit  # noqa: PLR2004
        for digit, mark in zip(digits.lower(), marks, strict=False)
    )
