"""Stellar: the address holds the key. Signed is SEP-53's hash, or the text."""

from base64 import b32decode
from binascii import Error, crc_hqx
from hashlib import sha256

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

PREFIX = b"Stellar Signed Message:\n"
ACCOUNT = 6 << 3
LENGTH = 56


def check(claim: Claim, network: Network) -> Finding:
    del network
    key = account(claim.address)
    habits = {"SEP-53": sha256(PREFIX + claim.content).digest()} | ed25519.habits(claim.content)
    return proven(ed25519.signed_as(key, ed25519.signature(claim), habits))


def identity(address: str, network: Network) -> str:
    del network
    return account(address).hex()


def account(address: str) -> bytes:
    """The key in an address `G...`."""
    try:
        content = b32decode(address.encode("ascii"))
    except (UnicodeEncodeError, Error):
        raise Unproven(Why.ADDRESS_FORM) from None
    if len(address) != LENGTH or content[0] != ACCOUNT:
        raise Unproven(Why.ADDRESS_FORM)
    if crc_hqx(content[:-2], 0) != int.from_bytes(content[-2:], "little"):
        raise Unproven(Why.ADDRESS_FORM)
    return content[1:-2]
