"""Aptos: the address is the hash of the first key. Where the key was rotated, the list names the present key's hash."""

import re
from hashlib import sha3_256

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Finding, Unproven, Why, owned, proven
from echt.proofs.reserves.signatures.networks import Network

ADDRESS = re.compile(r"0x[0-9a-fA-F]{1,64}\Z")
SINGLE_KEY = b"\x00"


def check(claim: Claim, network: Network) -> Finding:
    del network
    address, key = account(claim.address), ed25519.public_key(claim)
    owners = [account(owner) for owner in claim.owners]
    own = sha3_256(key + SINGLE_KEY).digest()
    if own not in (owners or [address]):
        raise Unproven(Why.KEY_OTHER)
    if len(owners) > 1:
        raise Unproven(Why.OWNERS_FEW)
    scheme = ed25519.signed_as(key, ed25519.signature(claim), ed25519.habits(claim.content))
    return owned(scheme) if owners and own != address else proven(scheme)


def identity(address: str, network: Network) -> str:
    del network
    return account(address).hex()


def account(address: str) -> bytes:
    """32 bytes; zeros at the front may be left out."""
    if not ADDRESS.match(address):
        raise Unproven(Why.ADDRESS_FORM)
    return int(address, 16).to_bytes(32)
