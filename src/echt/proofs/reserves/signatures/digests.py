"""The hash functions of the chains, under the names that their documents use."""

from hashlib import sha256

from Crypto.Hash import RIPEMD160


def double_sha256(content: bytes) -> bytes:
    return sha256(sha256(content).digest()).digest()


def hash160(content: bytes) -> bytes:
    return RIPEMD160.new(sha256(content).digest()).digest()


def tagged_sha256(tag: str, content: bytes) -> bytes:
    """BIP-340's hash for one purpose."""
    prefix = sha256(tag.encode()).digest()
    return sha256(prefix + prefix + content).digest()


def keccak256(content: bytes) -> bytes:
    from Crypto.Hash import keccak  # takes a tenth of a second to import, and Bitcoin needs none

    return keccak.new(digest_bits=256, data=content).digest()


def compact_size(number: int) -> bytes:
    """Bitcoin's whole number of variable length."""
    for limit, prefix, size in ((0xFD, b"", 1), (1 << 16, b"\xfd", 2), (1 << 32, b"\xfe", 4), (1 << 64, b"\xff", 8)):
        if number < limit:
            return prefix + number.to_bytes(size, "little")
    raise OverflowError(number)


def sized(content: bytes) -> bytes:
    """The content with its length before it, as Bitcoin writes it."""
    return compact_size(len(content)) + content
