"""Many paths from leaf to root at once, with the engine's kernel: the arithmetic of the engine's own verifier.

It shares none of `verify`'s: hashes come from the kernel, sums are added in numpy, in words of 32 bits with carry. All
paths of a call have the same height and the same columns, so that a level of 16 of them is one run of the kernel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from echt.proofs.kernel.compress import LANES
from echt.proofs.kernel.message import blank, blocks, digest

Words = npt.NDArray[np.uint32]
"""Big-endian words of 32 bits: the last axis is a hash (8), or a number (4)."""

HASH, NUMBER, WORD = 8, 4, np.uint64(32)
LIMIT = np.uint32(1 << 31)
LEAF, NODE, ROOT = (np.frombuffer(word, ">u4").astype(np.uint32) for word in (b"leaf", b"node", b"root"))
FINE = 0
"""No level: no sum reached 2^127."""


@dataclass(frozen=True)
class Path:
    """A leaf with what leads from it to the root."""

    identity: bytes
    amounts: Sequence[int]
    index: int
    hashes: Sequence[bytes]
    sums: Sequence[Sequence[int]]
    config: bytes


@dataclass(frozen=True)
class Arrival:
    """Where a path leads. `level` is where first a sum reaches 2^127, else `FINE`; the rest then means nothing."""

    level: int
    totals: tuple[int, ...]
    root: bytes


def climb(paths: Sequence[Path]) -> list[Arrival]:
    """Where each path leads; all have the same height and columns."""
    count, columns, height = len(paths), len(paths[0].amounts), len(paths[0].hashes)
    sums = _numbers([path.amounts for path in paths]).reshape(count, columns, NUMBER)
    hashes = _digests(_joined(LEAF, _hashes(path.identity for path in paths), sums))
    sibling_hashes = _hashes(one for path in paths for one in path.hashes).reshape(count, height, HASH)
    sibling_sums = _numbers([one for path in paths for one in path.sums]).reshape(count, height, columns, NUMBER)
    places = np.array([path.index for path in paths], np.uint64)
    too_large = np.full(count, FINE)
    for level in range(1, height + 1):
        is_right = (places >> np.uint64(level - 1) & np.uint64(1)).astype(bool)[:, None]
        ours, theirs = _flat(hashes, sums), _flat(sibling_hashes[:, level - 1], sibling_sums[:, level - 1])
        left, right = np.where(is_right, theirs, ours), np.where(is_right, ours, theirs)
        hashes = _digests(_joined(NODE, np.full((count, 1), level, np.uint32), left, right))
        sums = _added(sums, sibling_sums[:, level - 1])
        reached = (sums[:, :, 0] >= LIMIT).any(axis=1)
        too_large[reached & (too_large == FINE)] = level
    roots = _digests(_joined(ROOT, _hashes(path.config for path in paths), hashes, sums))
    return [Arrival(int(too_large[n]), _totals(sums[n]), roots[n].astype(">u4").tobytes()) for n in range(count)]


def _hashes(hashes: Iterable[bytes]) -> Words:
    return np.frombuffer(b"".join(hashes), ">u4").astype(np.uint32).reshape(-1, HASH)


def _numbers(rows: Iterable[Sequence[int]]) -> Words:
    content = b"".join(number.to_bytes(4 * NUMBER, "big") for row in rows for number in row)
    return np.frombuffer(content, ">u4").astype(np.uint32)


def _totals(sums: Words) -> tuple[int, ...]:
    return tuple(int.from_bytes(number.astype(">u4").tobytes(), "big") for number in sums)


def _flat(hashes: Words, sums: Words) -> Words:
    return np.concatenate([hashes, sums.reshape(len(sums), -1)], axis=1)


def _joined(prefix: Words, *parts: Words) -> Words:
    """A message a row: the prefix, then the rows of the parts, one behind the other."""
    count = len(parts[0])
    rows = [np.broadcast_to(prefix, (count, len(prefix))), *(part.reshape(count, -1) for part in parts)]
    return np.concatenate(rows, axis=1)


def _added(left: Words, right: Words) -> Words:
    """Sums of numbers below 2^127, so that nothing is carried out at the top."""
    result, carry = np.empty_like(left), np.zeros(left.shape[:-1], np.uint64)
    for word in reversed(range(NUMBER)):
        carry = left[..., word].astype(np.uint64) + right[..., word] + carry
        result[..., word] = carry.astype(np.uint32)
        carry >>= WORD
    return result


def _digests(messages: Words) -> Words:
    """SHA-256 of each row, by the kernel, 16 rows at a time."""
    count, words = messages.shape
    lanes, state = blank(words), np.empty((HASH, LANES), np.uint32)
    result = np.empty((count, HASH), np.uint32)
    for first in range(0, count, LANES):
        some = messages[first : first + LANES]
        lanes[:words, : len(some)] = some.T
        digest(state, lanes, blocks(words))
        result[first : first + len(some)] = state.T[: len(some)]
    return result
