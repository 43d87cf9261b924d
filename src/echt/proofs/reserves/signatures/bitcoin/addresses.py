"""From an address to the script that locks its coins."""

from dataclasses import dataclass
from enum import StrEnum

from base58_bech32.base58 import b58decode_check
from base58_bech32.bech32 import BECH32_1_CONST, BECH32_M_CONST, bech32_decode, convertbits
from base58_bech32.cashaddr import cashaddr_decode

from echt.proofs.reserves.signatures.bitcoin.coins import Coin
from echt.proofs.reserves.signatures.findings import Control, Unproven, Why

LONGEST_SEGWIT = 90
HASH = 20
OUTPUT = 32
NEWEST_WITNESS = 16


class Kind(StrEnum):
    """What an address locks its coins with."""

    KEY_HASH = "P2PKH"
    SCRIPT_HASH = "P2SH"
    WITNESS_KEY_HASH = "P2WPKH"
    WITNESS_SCRIPT_HASH = "P2WSH"
    TAPROOT = "P2TR"


@dataclass(frozen=True)
class Lock:
    """The kind, the hash or key in it, and the whole script."""

    kind: Kind
    program: bytes
    script: bytes


def read(address: str, coin: Coin) -> Lock:
    try:
        if coin.segwit and address.lower().startswith(coin.segwit + "1"):
            return _segwit(address, coin.segwit)
        if coin.cash and (":" in address or address[:1].lower() in "qp"):
            return _cash(address, coin.cash)
        return _base58(address, coin)
    except ValueError:
        raise Unproven(Why.ADDRESS_FORM) from None


def key_hash_lock(program: bytes) -> Lock:
    return Lock(Kind.KEY_HASH, program, b"\x76\xa9\x14" + program + b"\x88\xac")


def script_hash_lock(program: bytes) -> Lock:
    return Lock(Kind.SCRIPT_HASH, program, b"\xa9\x14" + program + b"\x87")


def witness_script(version: int, program: bytes) -> bytes:
    return bytes([0x50 + version if version else 0, len(program)]) + program


def _base58(address: str, coin: Coin) -> Lock:
    content = b58decode_check(address, out_size=1 + HASH)
    if content[0] == coin.key:
        return key_hash_lock(content[1:])
    if content[0] in coin.script:
        return script_hash_lock(content[1:])
    raise Unproven(Why.ADDRESS_FORM)


def _cash(address: str, prefix: str) -> Lock:
    _, kind, program = cashaddr_decode(address, prefix=prefix)
    if len(program) != HASH or kind not in (0, 1):
        raise Unproven(Why.ADDRESS_FORM)
    return script_hash_lock(program) if kind else key_hash_lock(program)


def _segwit(address: str, prefix: str) -> Lock:
    """BIP-173 and BIP-350."""
    found, values, constant = bech32_decode(address, limit=LONGEST_SEGWIT)
    version, program = values[0] if values else -1, bytes(convertbits(values[1:], 5, 8, pad=False))
    if (
        found != prefix
        or version not in range(NEWEST_WITNESS + 1)
        or len(program) not in range(2, 41)
        or constant != (BECH32_M_CONST if version else BECH32_1_CONST)
    ):
        raise Unproven(Why.ADDRESS_FORM)
    kind = {(0, HASH): Kind.WITNESS_KEY_HASH, (0, OUTPUT): Kind.WITNESS_SCRIPT_HASH, (1, OUTPUT): Kind.TAPROOT}.get(
        (version, len(program))
    )
    if kind is None:
        if version == 0:
            raise Unproven(Why.ADDRESS_FORM)
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    return Lock(kind, program, witness_script(version, program))
