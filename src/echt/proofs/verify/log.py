"""The public log of statements (RFC 6962): that a statement is in it, and that what once was in it is still there.

1. An entry and a node are hashed with different first bytes, so neither passes for the other.
2. An inclusion path has exactly the length that place and size give.
3. Consistency is shown by one path that leads to the old root and to the new one. Where its hashes come from does not
   matter: a false tile cannot make it lead to both.
4. A checkpoint has three lines: origin, size, root.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from echt.proofs.verify.ed25519 import SIGNATURE_BYTES, signature_is_valid
from echt.proofs.verify.note import BadNote, Note, Signed, VerifierKey, base64_content, read_note

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
TIME_BYTES = 8
CHECKPOINT_TEXT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,17})\n([^\n]+)\n")


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def inclusion_length(index: int, size: int) -> int:
    """How many hashes a path has from the entry at this place to the root of a log of this size."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + bin(index >> inner).count("1")


def root_of_inclusion(entry: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that the path leads to; none where it has the wrong length (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or len(path) != inclusion_length(index, size):
        return None
    here, last, found = index, size - 1, leaf_hash(entry)
    for sibling in path:
        if here & 1 or here == last:
            found = node_hash(sibling, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        here, last = here >> 1, last >> 1
    return found


def is_consistent(old: tuple[int, bytes], new: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Whether the path shows that the new log begins with the old one; both as size and root (RFC 9162, 2.1.4.2)."""
    (old_size, old_root), (new_size, new_root) = old, new
    if old_size == new_size:
        return old_root == new_root and not path
    if old_size == 0:
        return old_root == EMPTY_ROOT and not path
    hashes = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    return bool(hashes) and old_size < new_size and _leads_to_both(old_size, new_size, hashes) == (old_root, new_root)


def _leads_to_both(old_size: int, new_size: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    here, last = old_size - 1, new_size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None


@dataclass(frozen=True)
class Checkpoint:
    """What the operator says the log is: how many entries, and their root."""

    note: Note
    origin: str
    size: int
    root: bytes

    def signed_by(self, key: VerifierKey) -> Signed:
        return self.note.signed_by(key)


def read_checkpoint(content: str) -> Checkpoint:
    """The checkpoint that a note is.

    Raises:
        BadNote: it is none.
    """
    note = read_note(content)
    found = CHECKPOINT_TEXT.fullmatch(note.text)
    if found is None:
        raise BadNote
    origin, size, root = found.group(1), int(found.group(2)), base64_content(found.group(3))
    if len(root) != HASH_BYTES:
        raise BadNote
    return Checkpoint(note, origin, size, root)


def cosigned_at(checkpoint: Checkpoint, witness: VerifierKey) -> int | None:
    """When the witness saw this checkpoint, in seconds since 1970; none without its valid cosignature (v1)."""
    times = []
    for signature in checkpoint.note.signatures_of(witness):
        time = int.from_bytes(signature.content[:TIME_BYTES], "big")
        message = f"cosignature/v1\ntime {time}\n{checkpoint.note.text}".encode()
        if len(signature.content) != TIME_BYTES + SIGNATURE_BYTES:
            return None
        if not signature_is_valid(witness.public, message, signature.content[TIME_BYTES:]):
            return None
        times.append(time)
    return max(times, default=None)


class LogFolder:
    """The tiles of a log in a folder (C2SP tlog-tiles), as a log of one size needs them. They are read, not trusted.

    Raises, in every method:
        OSError: a tile is missing or cannot be read.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.size = size

    def consistency_path(self, old_size: int) -> list[bytes]:
        """The hashes that `is_consistent` wants (RFC 6962, 2.1.2)."""
        return self._subproof(old_size, 0, self.size, whole=True) if 0 < old_size < self.size else []

    def _subproof(self, old_size: int, begin: int, end: int, *, whole: bool) -> list[bytes]:
        if old_size == end - begin:
            return [] if whole else [self._root(begin, end)]
        middle = begin + _left_part(end - begin)
        if old_size <= middle - begin:
            return [*self._subproof(old_size, begin, middle, whole=whole), self._root(middle, end)]
        rest = old_size - (middle - begin)
        return [*self._subproof(rest, middle, end, whole=False), self._root(begin, middle)]

    def _root(self, begin: int, end: int) -> bytes:
        """The root over the entries from `begin` to before `end`."""
        size = end - begin
        if size & (size - 1) == 0:
            return self._complete(size.bit_length() - 1, begin // size)
        middle = begin + _left_part(size)
        return node_hash(self._root(begin, middle), self._root(middle, end))

    def _complete(self, level: int, index: int) -> bytes:
        """The root over 2^level entries: a hash of a tile, or a few of them put together."""
        stored, above = divmod(level, TILE_HEIGHT)
        tile, first = divmod(index << above, TILE_WIDTH)
        hashes = self._tile(stored, tile)[first : first + (1 << above)]
        while len(hashes) > 1:
            hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2])]
        return hashes[0]

    def _tile(self, level: int, index: int) -> list[bytes]:
        width = min(TILE_WIDTH, (self.size >> TILE_HEIGHT * level) - TILE_WIDTH * index)
        content = self._content(f"tile/{level}/{_tile_number(index)}", width)
        if len(content) < width * HASH_BYTES:
            raise OSError(f"tile/{level}/{_tile_number(index)}")
        return [content[at : at + HASH_BYTES] for at in range(0, width * HASH_BYTES, HASH_BYTES)]

    def _content(self, name: str, width: int) -> bytes:
        """The tile of this width, or the full one that has come in its place."""
        part = self.folder / f"{name}.p" / str(width)
        with (part if width < TILE_WIDTH and part.exists() else self.folder / name).open("rb") as file:
            return file.read(TILE_WIDTH * HASH_BYTES)


def _left_part(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def _tile_number(index: int) -> str:
    """1234067 is `x001/x234/067`."""
    digits = str(index)
    groups = [digits.zfill(-(-len(digits) // 3) * 3)[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
