"""Keys that sign as wallets do, so that every scheme has good signatures to spoil."""

from base64 import b64encode
from hashlib import sha3_256, sha256

from base58_bech32.base58 import b58encode, b58encode_check
from base58_bech32.bech32 import bech32_encode, convertbits
from coincurve import PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from echt.proofs.reserves.signatures import Claim, evm, tron
from echt.proofs.reserves.signatures.bitcoin.coins import COINS
from echt.proofs.reserves.signatures.bitcoin.signmessage import digest_of
from echt.proofs.reserves.signatures.digests import hash160, keccak256
from echt.proofs.reserves.signatures.secp256k1 import ORDER

MESSAGE = "Example Exchange controls this address. Snapshot por-1, taken at 2026-09-30T00:00:00Z."


def key(number: int) -> PrivateKey:
    return PrivateKey(sha256(f"test key {number}".encode()).digest())


def ed_key(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(f"test key {number}".encode()).digest())


def short(signer: PrivateKey) -> bytes:
    return signer.public_key.format(compressed=True)


def high_s(signature: bytes) -> bytes:
    """The other signature: s negated, and the other of the two keys."""
    s = ORDER - int.from_bytes(signature[32:64])
    return signature[:32] + s.to_bytes(32) + bytes([signature[64] ^ 1])


# Bitcoin


def p2pkh(public: bytes) -> str:
    return b58encode_check(b"\x00" + hash160(public)).decode()


def p2sh(script: bytes) -> str:
    return b58encode_check(b"\x05" + hash160(script)).decode()


def segwit(program: bytes, version: int = 0) -> str:
    return bech32_encode("bc", [version, *convertbits(program, 8, 5)]).decode()


def p2wpkh(public: bytes) -> str:
    return segwit(hash160(public))


def nested(public: bytes) -> str:
    return p2sh(b"\x00\x14" + hash160(public))


def multisig(required: int, publics: list[bytes]) -> bytes:
    pushes = b"".join(bytes([len(public)]) + public for public in publics)
    return bytes([0x50 + required]) + pushes + bytes([0x50 + len(publics), 0xAE])


def signmessage(signer: PrivateKey, message: str = MESSAGE, head: int = 31, *, high: bool = False) -> str:
    signature = signer.sign_recoverable(digest_of(message.encode(), COINS["bitcoin"]), hasher=None)
    if high:
        signature = high_s(signature)
    return b64encode(bytes([head + signature[64]]) + signature[:64]).decode()


def bitcoin(address: str, *signatures: str, message: str = MESSAGE, script: bytes | None = None) -> Claim:
    text = None if script is None else script.hex()
    return Claim(network="bitcoin", address=address, message=message, signatures=signatures, script=text)


# Ethereum and Tron


def evm_address(signer: PrivateKey) -> str:
    return "0x" + keccak256(signer.public_key.format(compressed=False)[1:])[12:].hex()


def evm_signature(signer: PrivateKey, message: str = MESSAGE, scheme: str = "EIP-191") -> bytes:
    return signer.sign_recoverable(evm.digests(message.encode())[scheme], hasher=None)


def ethereum(address: str, *signatures: str, message: str = MESSAGE, owners: tuple[str, ...] = ()) -> Claim:
    return Claim(network="ethereum", address=address, message=message, signatures=signatures, owners=owners)


def tron_address(signer: PrivateKey) -> str:
    return b58encode_check(b"\x41" + bytes.fromhex(evm_address(signer)[2:])).decode()


def tron_signature(signer: PrivateKey, scheme: str, message: str = MESSAGE) -> str:
    return signer.sign_recoverable(tron.digests(message.encode())[scheme], hasher=None).hex()


# Ed25519


def ed_public(signer: Ed25519PrivateKey) -> bytes:
    return signer.public_key().public_bytes_raw()


def solana_address(public: bytes) -> str:
    return b58encode(public).decode()


def aptos_address(public: bytes) -> str:
    return "0x" + sha3_256(public + b"\x00").hexdigest()
