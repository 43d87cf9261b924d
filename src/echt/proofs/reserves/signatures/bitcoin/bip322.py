"""BIP-322: the message is signed as if by spending, in a transaction that nobody can send.

Checked are P2PKH (full), P2WPKH, P2WPKH within P2SH, P2TR by its key, and m-of-n scripts (P2WSH, and P2WSH within
P2SH). Of scripts of other kinds we say that we cannot check them, as the BIP asks of a verifier without an interpreter.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from echt.proofs.reserves.signatures.bitcoin.addresses import Kind, Lock, key_hash_lock, witness_script
from echt.proofs.reserves.signatures.bitcoin.scripts import multisig
from echt.proofs.reserves.signatures.bitcoin.transactions import (
    SIGHASH_ALL,
    SIGHASH_DEFAULT,
    Reader,
    SeveralInputs,
    Transaction,
    Unreadable,
    read_stack,
    read_transaction,
)
from echt.proofs.reserves.signatures.digests import hash160, sized, tagged_sha256
from echt.proofs.reserves.signatures.encodings import from_base64
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.secp256k1 import verifies, verifies_schnorr

SIMPLE, FULL, FUNDS = PREFIXES = ("smp", "ful", "pof")
RETURN = b"\x6a"
NOWHERE = 0xFFFFFFFF
VERSIONS = (0, 2)
SHORT_KEY = 33
SCHNORR = 64


class Spend(NamedTuple):
    """The transaction with the signature, and what it is named."""

    transaction: Transaction
    scheme: str


def check(text: str, content: bytes, lock: Lock) -> Finding:
    spend = _read(text, content, lock)
    _check_fields(spend.transaction, content, lock)
    _CHECKS[lock.kind](spend.transaction, lock)
    return proven(spend.scheme)


def message_hash(content: bytes) -> bytes:
    return tagged_sha256("BIP0322-signed-message", content)


def to_spend(content: bytes, lock: Lock) -> Transaction:
    """The transaction that has the message in it."""
    return Transaction(0, bytes(32), NOWHERE, b"\x00\x20" + message_hash(content), 0, lock.script, 0)


def to_sign(content: bytes, lock: Lock) -> Transaction:
    """The transaction that spends it, before it is signed."""
    return Transaction(0, to_spend(content, lock).id, 0, b"", 0, RETURN, 0)


def _read(text: str, message: bytes, lock: Lock) -> Spend:
    prefix = text[:3] if text.startswith(PREFIXES) else ""
    content = from_base64(text.removeprefix(prefix))
    if prefix not in (FULL, FUNDS):
        try:
            return _simple(read_stack(content), message, lock)
        except Unreadable:
            if prefix == SIMPLE:
                raise Unproven(Why.SIGNATURE_FORM) from None
    try:
        return _full(read_transaction(content))
    except SeveralInputs as several:
        if several.previous != to_spend(message, lock).id:
            raise Unproven(Why.SIGNATURE_TRANSACTION) from None
        raise Unproven(Why.SIGNATURE_FUNDS, Control.UNCHECKED) from None
    except Unreadable:
        raise Unproven(Why.SIGNATURE_FORM) from None


def _simple(stack: tuple[bytes, ...], message: bytes, lock: Lock) -> Spend:
    """The witness alone; the part of P2SH follows from it."""
    script_sig = b""
    if lock.kind is Kind.SCRIPT_HASH and stack:
        script_sig = next((sized(script) for script in _nested(stack[-1]) if hash160(script) == lock.program), b"")
    unsigned = to_sign(message, lock)
    return Spend(replace(unsigned, witness=stack, script_sig=script_sig), "BIP-322 simple")


def _full(transaction: Transaction) -> Spend:
    locks = [
        f"{name} {number}"
        for name, number in (("lock time", transaction.lock_time), ("sequence", transaction.sequence))
        if number
    ]
    return Spend(transaction, ", ".join(["BIP-322 full", *locks]))


def _check_fields(transaction: Transaction, content: bytes, lock: Lock) -> None:
    if (transaction.previous, transaction.place) != (to_spend(content, lock).id, 0) or transaction.output != RETURN:
        raise Unproven(Why.SIGNATURE_TRANSACTION)
    if transaction.version not in VERSIONS:
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    if transaction.script_sig and lock.kind not in (Kind.KEY_HASH, Kind.SCRIPT_HASH):
        raise Unproven(Why.SIGNATURE_TRANSACTION)


def _check_key_hash(transaction: Transaction, lock: Lock) -> None:
    signature, key = _two(_pushes(transaction.script_sig))
    if transaction.witness or hash160(key) != lock.program:
        raise Unproven(Why.SIGNATURE_OTHER)
    _check_ecdsa(key, signature, transaction.legacy_digest(lock.script))


def _check_witness_key_hash(transaction: Transaction, lock: Lock) -> None:
    _check_witness_key(transaction, lock.program)


def _check_witness_key(transaction: Transaction, program: bytes) -> None:
    signature, key = _two(transaction.witness)
    if len(key) != SHORT_KEY or hash160(key) != program:
        raise Unproven(Why.SIGNATURE_OTHER)
    _check_ecdsa(key, signature, transaction.segwit_digest(key_hash_lock(program).script))


def _check_witness_script_hash(transaction: Transaction, lock: Lock) -> None:
    _check_witness_script(transaction, lock.program)


def _check_witness_script(transaction: Transaction, program: bytes) -> None:
    """OP_0, then one signature for each of m keys in the order of the script, then the script."""
    script = transaction.witness[-1] if transaction.witness else b""
    if sha256(script).digest() != program:
        raise Unproven(Why.SCRIPT_OTHER)
    wanted = multisig(script)
    nothing, *signatures = transaction.witness[:-1] or (b"",)
    if nothing or len(signatures) != wanted.required:
        raise Unproven(Why.SCRIPT_FEW)
    digest, keys = transaction.segwit_digest(script), iter(wanted.keys)
    for signature in map(_whole, signatures):
        if not any(verifies(key, signature, digest) for key in keys):
            raise Unproven(Why.SIGNATURE_OTHER)


def _check_script_hash(transaction: Transaction, lock: Lock) -> None:
    """SegWit within P2SH: the script in P2SH is a witness's, and follows from the witness."""
    if not transaction.witness:
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    for script, check_inner in _nested(transaction.witness[-1]).items():
        if hash160(script) == lock.program and transaction.script_sig == sized(script):
            return check_inner(transaction, script[2:])
    raise Unproven(Why.SIGNATURE_OTHER)


def _nested(last: bytes) -> dict[bytes, Callable[[Transaction, bytes], None]]:
    """The scripts that P2SH may hold where this is the witness's last item: a key's, a script's."""
    return {
        witness_script(0, hash160(last)): _check_witness_key,
        witness_script(0, sha256(last).digest()): _check_witness_script,
    }


def _check_taproot(transaction: Transaction, lock: Lock) -> None:
    if len(transaction.witness) != 1:
        raise Unproven(Why.SCRIPT_KIND, Control.UNCHECKED)
    signature = transaction.witness[0]
    flag = signature[SCHNORR] if len(signature) == SCHNORR + 1 else SIGHASH_DEFAULT
    if len(signature) == SCHNORR + 1 and flag != SIGHASH_ALL:
        raise Unproven(Why.SIGNATURE_FLAG)
    if len(signature) not in (SCHNORR, SCHNORR + 1):
        raise Unproven(Why.SIGNATURE_FORM)
    if not verifies_schnorr(lock.program, signature[:SCHNORR], transaction.taproot_digest(lock.script, flag)):
        raise Unproven(Why.SIGNATURE_OTHER)


_CHECKS = {
    Kind.KEY_HASH: _check_key_hash,
    Kind.SCRIPT_HASH: _check_script_hash,
    Kind.WITNESS_KEY_HASH: _check_witness_key_hash,
    Kind.WITNESS_SCRIPT_HASH: _check_witness_script_hash,
    Kind.TAPROOT: _check_taproot,
}


def _check_ecdsa(key: bytes, signature: bytes, digest: bytes) -> None:
    if not verifies(key, _whole(signature), digest):
        raise Unproven(Why.SIGNATURE_OTHER)


def _whole(signature: bytes) -> bytes:
    """The signature without its flag, which must be SIGHASH_ALL."""
    if signature[-1:] != bytes([SIGHASH_ALL]):
        raise Unproven(Why.SIGNATURE_FLAG)
    return signature[:-1]


def _two(items: tuple[bytes, ...]) -> tuple[bytes, bytes]:
    if len(items) != 2:  # noqa: PLR2004
        raise Unproven(Why.SIGNATURE_FORM)
    return items[0], items[1]


def _pushes(script: bytes) -> tuple[bytes, ...]:
    """The items of a script that only pushes short ones (a key, a signature), in the shortest form."""
    reader, found = Reader(script), []
    try:
        while reader.rest:
            size = reader.number(1)
            if size not in range(2, 0x4C):
                raise Unproven(Why.SIGNATURE_FORM)
            found.append(reader.take(size))
    except Unreadable:
        raise Unproven(Why.SIGNATURE_FORM) from None
    return tuple(found)
