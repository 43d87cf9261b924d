"""Tron: addresses in Base58Check, messages of both versions.

Version 2 is EIP-191 with Tron's name. Version 1 always writes the length 32, whether over the message's Keccak-256, as
exchanges' lists have it, or over the message itself, as TronWeb's first `signMessage` did.
"""

from base58_bech32.base58 import b58decode_check

from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.digests import keccak256
from echt.proofs.reserves.signatures.evm import signature_of, signer
from echt.proofs.reserves.signatures.findings import Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

PREFIX = b"\x19TRON Signed Message:\n"
VERSION = 0x41


def check(claim: Claim, network: Network) -> Finding:
    del network
    address = account(claim.address)
    if len(claim.signatures) > 1:
        raise Unproven(Why.SIGNATURE_MANY)
    signature = signature_of(claim.signatures[0])
    for scheme, digest in digests(claim.content).items():
        if signer(signature, digest) == address:
            return proven(scheme)
    raise Unproven(Why.SIGNATURE_OTHER)


def identity(address: str, network: Network) -> str:
    del network
    account(address)
    return address


def digests(content: bytes) -> dict[str, bytes]:
    """What is signed for this message, by the name of the habit."""
    return {
        "Tron message, version 2": keccak256(PREFIX + str(len(content)).encode() + content),
        "Tron message, version 1, over the message's hash": keccak256(PREFIX + b"32" + keccak256(content)),
        "Tron message, version 1": keccak256(PREFIX + b"32" + content),
    }


def account(address: str) -> bytes:
    """The 20 bytes of an address `T...`."""
    try:
        content = b58decode_check(address, out_size=21)
    except ValueError:
        raise Unproven(Why.ADDRESS_FORM) from None
    if content[0] != VERSION:
        raise Unproven(Why.ADDRESS_FORM)
    return content[1:]
