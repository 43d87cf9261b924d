"""Solana: the address is the key. Signed is the text, or the text as an off-chain message.

The off-chain message's head is known in two forms: that of Solana's tools (version, format, length), and that of the
published specification, with the application's domain and the signers before the text.
"""

from base58_bech32.base58 import b58decode

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

DOMAIN = b"\xffsolana offchain"
VERSION = b"\x00"
NO_APPLICATION = bytes(32)
LONGEST_ADDRESS = 44
LONGEST_SHOWN = 1212
"""Bytes of text that a hardware wallet shows; longer ones have a format of their own."""


def check(claim: Claim, network: Network) -> Finding:
    del network
    key = account(claim.address)
    if claim.public_key is not None and ed25519.public_key(claim) != key:
        raise Unproven(Why.KEY_OTHER)
    habits = ed25519.habits(claim.content) | off_chain(claim.content, key)
    return proven(ed25519.signed_as(key, ed25519.signature(claim), habits))


def identity(address: str, network: Network) -> str:
    del network
    return account(address).hex()


def off_chain(content: bytes, key: bytes) -> dict[str, bytes]:
    if len(content) >= 1 << 16:
        return {}
    text = bytes([_format(content)]), len(content).to_bytes(2, "little") + content
    return {
        "Solana off-chain message": DOMAIN + VERSION + b"".join(text),
        "Solana off-chain message, with signers": DOMAIN + VERSION + NO_APPLICATION + text[0] + b"\x01" + key + text[1],
    }


def account(address: str) -> bytes:
    try:
        content = b58decode(address, max_length=LONGEST_ADDRESS)
    except ValueError:
        raise Unproven(Why.ADDRESS_FORM) from None
    if len(content) != ed25519.KEY:
        raise Unproven(Why.ADDRESS_FORM)
    return content


def _format(content: bytes) -> int:
    """0 for printable ASCII, 1 for other text, 2 for what is too long to be shown."""
    if len(content) > LONGEST_SHOWN:
        return 2
    return 0 if all(0x20 <= byte <= 0x7E for byte in content) else 1  # noqa: PLR2004
