"""TON: an address is the hash of a wallet's code and first data, and the key is in the data.

Known are the wallets that exchanges and people use. One whose owner chose another code, or another number than the
usual one, is computed from the key in a way that we cannot know.
"""

from base64 import urlsafe_b64decode
from binascii import Error, crc_hqx
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from typing import Final

from echt.proofs.reserves.signatures import ed25519
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.findings import Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.networks import Network

FRIENDLY = 48
TAGS = (0x11, 0x51)
"""Bounceable, or not; addresses of the test network have others."""
WALLET: Final = 698983191
WALLET_V5: Final = 0x7FFFFF11
HIGHLOAD: Final = 0x10AD
HOURS: Final = (1, 12, 24)
"""The usual time-outs of highload wallets."""


@dataclass(frozen=True)
class Code:
    """A wallet's program: its hash, and how deep its tree of cells is."""

    hash: bytes
    depth: int


def _bits(*fields: tuple[int, int]) -> str:
    return "".join(f"{number:0{width}b}" for number, width in fields)


V3_1 = Code(bytes.fromhex("b61041a58a7980b946e8fb9e198e3c904d24799ffa36574ea4251c41a566f581"), 0)
V3_2 = Code(bytes.fromhex("84dafa449f98a6987789ba232358072bc0f76dc4524002a5d0918b9a75d2d599"), 0)
V4_2 = Code(bytes.fromhex("feb5ff6820e2ff0d9483e7e0d62c817d846789fb4ae580c878866d959dabd5c0"), 7)
V5_1 = Code(bytes.fromhex("20834b7b72b112147e1b2fb457b84e74d1a30f04f737d4f62a668e9552d2b72f"), 6)
HIGHLOAD_3 = Code(bytes.fromhex("11acad7955844090f283bf238bc1449871f783e7cc0979408d3f4859483e8525"), 6)

_DATA: dict[Code, Callable[[int], Iterator[str]]] = {
    V3_1: lambda key: iter([_bits((0, 32), (WALLET, 32), (key, 256))]),
    V3_2: lambda key: iter([_bits((0, 32), (WALLET, 32), (key, 256))]),
    V4_2: lambda key: iter([_bits((0, 32), (WALLET, 32), (key, 256), (0, 1))]),
    V5_1: lambda key: iter([_bits((1, 1), (0, 32), (WALLET_V5, 32), (key, 256), (0, 1))]),
    HIGHLOAD_3: lambda key: (
        _bits((key, 256), (number, 32), (0, 2), (0, 64), (3600 * hours, 22))
        for hours, number in product(HOURS, (HIGHLOAD,))
    ),
}
"""The bits of a new wallet's data, by its program."""


def check(claim: Claim, network: Network) -> Finding:
    del network
    address, key = account(claim.address), ed25519.public_key(claim)
    if address not in set(addresses(key)):
        raise Unproven(Why.KEY_OTHER)
    return proven(ed25519.signed_as(key, ed25519.signature(claim), ed25519.habits(claim.content)))


def identity(address: str, network: Network) -> str:
    del network
    return account(address).hex()


def addresses(key: bytes) -> Iterator[bytes]:
    """The hashes of all the wallets that we know to be of this key."""
    for code, data in _DATA.items():
        for bits in data(int.from_bytes(key)):
            yield state_hash(code, cell_hash(bits))


def account(address: str) -> bytes:
    """The hash in an address of the base chain, in the friendly form or as `0:hash`."""
    content = _raw(address[2:]) if address.startswith("0:") else _friendly(address)
    if len(content) != 32:  # noqa: PLR2004
        raise Unproven(Why.ADDRESS_FORM)
    return content


def _raw(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise Unproven(Why.ADDRESS_FORM) from None


def _friendly(address: str) -> bytes:
    try:
        content = urlsafe_b64decode(address.replace("+", "-").replace("/", "_").encode("ascii"))
    except (UnicodeEncodeError, Error):
        raise Unproven(Why.ADDRESS_FORM) from None
    if len(address) != FRIENDLY or len(content) != 36 or crc_hqx(content, 0) != 0:  # noqa: PLR2004
        raise Unproven(Why.ADDRESS_FORM)
    if content[0] not in TAGS or content[1] != 0:
        raise Unproven(Why.ADDRESS_FORM)
    return content[2:34]


def cell_hash(bits: str) -> bytes:
    """The hash of a cell that refers to no other."""
    whole, rest = divmod(len(bits), 8)
    padded = bits + ("1" + "0" * (7 - rest) if rest else "")
    return sha256(bytes([0, 2 * whole + bool(rest)]) + int(padded, 2).to_bytes(len(padded) // 8)).digest()


def state_hash(code: Code, data: bytes) -> bytes:
    """The hash of a contract's first state: a cell of five bits that refers to the code and the data."""
    depths = code.depth.to_bytes(2) + (0).to_bytes(2)
    return sha256(bytes([2, 1, 0b00110100]) + depths + code.hash + data).digest()
