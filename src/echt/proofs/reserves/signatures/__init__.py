"""Does a signature show who controls an address? One module a scheme, chosen by the network.

1. A check never raises for what a list holds: garbage is a finding, with its reason.
2. A signature counts for an address only where the address is computed from the key that signed. A key that merely
   stands beside an address proves nothing.
3. The message is the UTF-8 of its text, as it stands: nothing is trimmed, folded or normalised.
4. Where a script asks for m keys, m different keys have signed. The same key twice is one key.
5. A high s is refused where the scheme asks for a low one (BIP-322, Ethereum's kin, Tron).
6. An Ed25519 key of small order is refused: under such a key anybody can sign anything, and Solana's system program
   has one for its address.
7. Owners that a list names for a contract or a rotated key are `owners`, never `proven`: that they rule the address,
   only the chain can tell.
8. The network decides how an address is read; an address of another network does not read.
9. What we cannot check is `unchecked`: neither proven nor failed.
"""

import importlib
from typing import Protocol, cast

from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why
from echt.proofs.reserves.signatures.networks import Network, network

__all__ = ["Claim", "Control", "Finding", "Network", "Why", "check", "identity", "network"]

LONGEST = 100_000
"""Characters of any one part of a claim; a message of that length would still be read."""


class Scheme(Protocol):
    """What the module of a scheme offers."""

    def check(self, claim: Claim, network: Network) -> Finding: ...

    def identity(self, address: str, network: Network) -> str: ...


def check(claim: Claim) -> Finding:
    """What the claim's signatures show."""
    place = network(claim.network)
    if not claim.signatures:
        return Finding(Control.MISSING, why=Why.SIGNATURE_NONE)
    if any(len(part) > LONGEST for part in claim.parts()):
        return Finding(Control.FAILED, why=Why.CLAIM_LONG)
    if place is None:
        return Finding(Control.UNCHECKED, why=Why.NETWORK_UNKNOWN)
    try:
        return _scheme(place).check(claim, place)
    except Unproven as refusal:
        return Finding(refusal.control, why=refusal.why)


def identity(network_name: str, address: str) -> str | None:
    """The one form of an address on its network, so that two spellings of it are seen to be one; None if unreadable."""
    place = network(network_name)
    if place is None:
        return address
    if len(address) > LONGEST:
        return None
    try:
        return _scheme(place).identity(address, place)
    except Unproven as refusal:
        return None if refusal.why is Why.ADDRESS_FORM else address


def _scheme(place: Network) -> Scheme:
    return cast("Scheme", importlib.import_module(f"{__name__}.{place.scheme}"))
