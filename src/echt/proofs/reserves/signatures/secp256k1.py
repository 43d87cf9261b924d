"""Signatures on the curve secp256k1, by libsecp256k1. Lengths are checked here: the library trusts them."""

from coincurve import PublicKey, PublicKeyXOnly
from coincurve.ecdsa import cdata_to_der, der_to_cdata

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
RECOVERY_IDS = range(4)


def recover(signature: bytes, recovery_id: int, digest: bytes) -> PublicKey | None:
    """The key under which these 64 bytes (r and s) sign the digest, if there is one."""
    if len(signature) != 64 or recovery_id not in RECOVERY_IDS or len(digest) != 32:  # noqa: PLR2004
        return None
    try:
        return PublicKey.from_signature_and_message(signature + bytes([recovery_id]), digest, hasher=None)
    except Exception:  # noqa: BLE001 - the library raises a bare Exception for what it cannot recover
        return None


def has_high_s(signature: bytes) -> bool:
    """Whether s is the higher of the two values that would do."""
    return int.from_bytes(signature[32:64]) > ORDER // 2


def verifies(key: bytes, der: bytes, digest: bytes) -> bool:
    """Whether it is strict DER with a low s, and signs the digest under the key."""
    try:
        if cdata_to_der(der_to_cdata(der)) != der:
            return False
        return PublicKey(key).verify(der, digest, hasher=None)
    except ValueError:
        return False


def verifies_schnorr(key: bytes, signature: bytes, digest: bytes) -> bool:
    """BIP-340, for a key of 32 bytes."""
    if len(key) != 32 or len(signature) != 64:  # noqa: PLR2004
        return False
    try:
        return PublicKeyXOnly(key).verify(signature, digest)
    except ValueError:
        return False


def same_key(one: bytes, other: PublicKey) -> bool:
    """Whether the bytes, in the short or the long form, are that key."""
    return one in (other.format(compressed=True), other.format(compressed=False))
