"""Polkadot: the address holds the key. Checked are its Ed25519 accounts; most are Sr25519, which we cannot check.

A signature tells which of the two it is: Sr25519 sets the highest bit, which in Ed25519 is never set.
"""

from base58_bech32.ss58 import ss58_decode

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

POLKADOT = 0
SCHNORRKEL = 0x80


def check(claim: Claim, network: Network) -> Finding:
    del network
    key, signature = account(claim.address), ed25519.signature(claim)
    if signature[-1] & SCHNORRKEL:
        raise Unproven(Why.SIGNATURE_CURVE, Control.UNCHECKED)
    wrapped = b"<Bytes>" + claim.content + b"</Bytes>"
    habits = ed25519.habits(claim.content) | {"Ed25519, as wallets wrap it": wrapped}
    return proven(ed25519.signed_as(key, signature, habits))


def identity(address: str, network: Network) -> str:
    del network
    return account(address).hex()


def account(address: str) -> bytes:
    try:
        prefix, content = ss58_decode(address)
    except ValueError:
        raise Unproven(Why.ADDRESS_FORM) from None
    if prefix != POLKADOT or len(content) != ed25519.KEY:
        raise Unproven(Why.ADDRESS_FORM)
    return content
