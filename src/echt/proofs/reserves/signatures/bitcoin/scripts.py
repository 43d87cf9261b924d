"""The one script that we read: m of n keys."""

from dataclasses import dataclass
from hashlib import sha256

from echt.proofs.reserves.signatures.bitcoin.addresses import Kind, Lock, witness_script
from echt.proofs.reserves.signatures.digests import hash160
from echt.proofs.reserves.signatures.findings import Control, Unproven, Why

CHECK_MULTISIG = 0xAE
NUMBER = 0x50
MOST_KEYS = 16
KEY_LENGTHS = {33: (2, 3), 65: (4,)}
"""Lengths of a key, with the first bytes that it may have."""


@dataclass(frozen=True)
class Multisig:
    """So many of these keys must sign."""

    required: int
    keys: tuple[bytes, ...]


def multisig(script: bytes) -> Multisig:
    """What the script asks for; one of another kind cannot be checked."""
    if len(script) < 3 or script[-1] != CHECK_MULTISIG:  # noqa: PLR2004
        raise Unproven(Why.SCRIPT_KIND, Control.UNCHECKED)
    keys = tuple(_pushes(script[1:-2]))
    required, many = script[0] - NUMBER, script[-2] - NUMBER
    if not (1 <= required <= many <= MOST_KEYS) or many != len(keys) or not all(map(_is_key, keys)):
        raise Unproven(Why.SCRIPT_KIND, Control.UNCHECKED)
    return Multisig(required, keys)


def belongs(script: bytes, lock: Lock) -> bool:
    """Whether the address is the hash of the script, in any of the three ways there are."""
    witness = sha256(script).digest()
    if lock.kind is Kind.WITNESS_SCRIPT_HASH:
        return witness == lock.program
    return lock.kind is Kind.SCRIPT_HASH and lock.program in (hash160(script), hash160(witness_script(0, witness)))


def _pushes(content: bytes) -> list[bytes]:
    found = []
    while content:
        size = content[0]
        if size not in KEY_LENGTHS or len(content) <= size:
            raise Unproven(Why.SCRIPT_KIND, Control.UNCHECKED)
        found.append(content[1 : 1 + size])
        content = content[1 + size :]
    return found


def _is_key(key: bytes) -> bool:
    return key[0] in KEY_LENGTHS[len(key)]
