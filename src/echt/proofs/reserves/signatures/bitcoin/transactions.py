"""As much of a Bitcoin transaction as BIP-322 needs: one input, one output, and what its signature signs.

The names are Bitcoin's. Amounts are all zero here, since the output that is spent exists nowhere.
"""

from dataclasses import dataclass, replace
from hashlib import sha256

from echt.proofs.reserves.signatures.digests import compact_size, double_sha256, sized, tagged_sha256

SIGHASH_DEFAULT = 0
SIGHASH_ALL = 1
MOST_ITEMS = 1000
AMOUNT = bytes(8)


class Unreadable(Exception):
    """These bytes are not what they should be."""


@dataclass(frozen=True)
class Transaction:
    """One input, one output of nothing. Numbers as in Bitcoin: 32 bits."""

    version: int
    previous: bytes
    place: int
    script_sig: bytes
    sequence: int
    output: bytes
    lock_time: int
    witness: tuple[bytes, ...] = ()

    @property
    def outpoint(self) -> bytes:
        return self.previous + u32(self.place)

    @property
    def id(self) -> bytes:
        """Its hash, in the order of bytes in which an input names it."""
        inputs = b"\x01" + self.outpoint + sized(self.script_sig) + u32(self.sequence)
        return double_sha256(u32(self.version) + inputs + b"\x01" + self._output() + u32(self.lock_time))

    def legacy_digest(self, script: bytes) -> bytes:
        """What a signature without SegWit signs, with SIGHASH_ALL."""
        bare = replace(self, script_sig=script, witness=())
        inputs = b"\x01" + bare.outpoint + sized(script) + u32(bare.sequence)
        return double_sha256(
            u32(self.version) + inputs + b"\x01" + self._output() + u32(self.lock_time) + u32(SIGHASH_ALL)
        )

    def segwit_digest(self, script: bytes) -> bytes:
        """BIP-143, with SIGHASH_ALL."""
        return double_sha256(
            u32(self.version)
            + double_sha256(self.outpoint)
            + double_sha256(u32(self.sequence))
            + self.outpoint
            + sized(script)
            + AMOUNT
            + u32(self.sequence)
            + double_sha256(self._output())
            + u32(self.lock_time)
            + u32(SIGHASH_ALL)
        )

    def taproot_digest(self, script: bytes, flag: int) -> bytes:
        """BIP-341 for the key's path, without an annex; `script` is what locks the output that is spent."""
        return tagged_sha256(
            "TapSighash",
            bytes([0, flag])
            + u32(self.version)
            + u32(self.lock_time)
            + sha256(self.outpoint).digest()
            + sha256(AMOUNT).digest()
            + sha256(sized(script)).digest()
            + sha256(u32(self.sequence)).digest()
            + sha256(self._output()).digest()
            + b"\x00"
            + u32(0),
        )

    def _output(self) -> bytes:
        return AMOUNT + sized(self.output)


def u32(number: int) -> bytes:
    return number.to_bytes(4, "little")


class Reader:
    """Takes bytes from the front; what is not there is `Unreadable`."""

    def __init__(self, content: bytes) -> None:
        self.rest = content

    def take(self, size: int) -> bytes:
        if size > len(self.rest):
            raise Unreadable
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")

    def compact(self) -> int:
        """A number of variable length, in its shortest form only."""
        first = self.number(1)
        number = self.number(1 << (first - 0xFC)) if first > 0xFC else first  # noqa: PLR2004
        if number > len(self.rest) + MOST_ITEMS or len(compact_size(number)) != _size(first):
            raise Unreadable
        return number

    def item(self) -> bytes:
        return self.take(self.compact())

    def stack(self) -> tuple[bytes, ...]:
        many = self.compact()
        if many > MOST_ITEMS:
            raise Unreadable
        return tuple(self.item() for _ in range(many))

    def end(self) -> None:
        if self.rest:
            raise Unreadable


def _size(first: int) -> int:
    return 1 if first <= 0xFC else 1 + (1 << (first - 0xFC))  # noqa: PLR2004


def read_stack(content: bytes) -> tuple[bytes, ...]:
    reader = Reader(content)
    stack = reader.stack()
    reader.end()
    return stack


class SeveralInputs(Exception):
    """It spends more than the one output: a proof of funds. `previous` is what its first input spends."""

    def __init__(self, previous: bytes) -> None:
        super().__init__()
        self.previous = previous


def read_transaction(content: bytes) -> Transaction:
    """A transaction with one output of nothing, with or without witnesses.

    Raises:
        Unreadable: it is none.
        SeveralInputs: it is one with more inputs.
    """
    reader = Reader(content)
    version = reader.number(4)
    has_witness = reader.rest[:2] == b"\x00\x01"
    if has_witness:
        reader.take(2)
    many, previous, place = reader.compact(), reader.take(32), reader.number(4)
    if many != 1:
        raise SeveralInputs(previous)
    script_sig, sequence = reader.item(), reader.number(4)
    if reader.compact() != 1 or reader.take(8) != AMOUNT:
        raise Unreadable
    output = reader.item()
    witness = reader.stack() if has_witness else ()
    lock_time = reader.number(4)
    reader.end()
    return Transaction(version, previous, place, script_sig, sequence, output, lock_time, witness)
