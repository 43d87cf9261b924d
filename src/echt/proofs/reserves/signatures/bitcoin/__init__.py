"""Bitcoin and its kin: signed messages of every kind that wallets make.

`signmessage` is the old kind, one recoverable signature in 65 bytes; `bip322` the new one, a transaction that nobody
can send. Which of the two a signature is, its length tells.
"""

from echt.proofs.reserves.signatures.bitcoin import bip322, signmessage
from echt.proofs.reserves.signatures.bitcoin.addresses import read
from echt.proofs.reserves.signatures.bitcoin.coins import COINS
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.encodings import from_base64
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why
from echt.proofs.reserves.signatures.networks import Network


def check(claim: Claim, network: Network) -> Finding:
    coin = COINS[network.name]
    lock = read(claim.address, coin)
    texts = claim.signatures
    if claim.script is None and len(texts) > 1:
        raise Unproven(Why.SIGNATURE_MANY)
    if len(texts) > 1 or _is_recoverable(texts[0]):
        return signmessage.check(claim, lock, coin)
    if not coin.knows_bip322:
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    return bip322.check(texts[0], claim.content, lock)


def identity(address: str, network: Network) -> str:
    return read(address, COINS[network.name]).script.hex()


def _is_recoverable(text: str) -> bool:
    return not text.startswith(bip322.PREFIXES) and len(from_base64(text)) == signmessage.LENGTH
