"""NEAR: an implicit account is its key. What keys a named account has, only the chain can tell."""

import re

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

IMPLICIT = re.compile(r"[0-9a-f]{64}\Z")
NAMED = re.compile(r"(?=.{2,64}\Z)[a-z0-9]+([-_.][a-z0-9]+)*\Z")


def check(claim: Claim, network: Network) -> Finding:
    if not IMPLICIT.match(identity(claim.address, network)):
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    key = bytes.fromhex(claim.address)
    return proven(ed25519.signed_as(key, ed25519.signature(claim), ed25519.habits(claim.content)))


def identity(address: str, network: Network) -> str:
    del network
    if not NAMED.match(address):
        raise Unproven(Why.ADDRESS_FORM)
    return address
