"""What stands above the buckets: their roots, every node over them, and the root of the whole.

`nodes` holds the nodes as in a heap: node 1 is the top, those below node i are 2 i and 2 i + 1, bucket j is node
2^p + j. Each has 32 bytes of hash and 16 for each sum, big-endian; in place of node 0 there is nothing but zeros.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from echt.proofs.engine.spill import Records
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.kernel.compress import LANES
from echt.proofs.kernel.nodes import hash_level, node_message, tiles_for, words_of
from echt.proofs.refusals import Refused

Node = tuple[bytes, list[int]]
"""A hash and the sums."""


@dataclass(frozen=True)
class Top:
    """All nodes above the buckets, by level: `levels[0]` the buckets' roots, `levels[-1]` the top alone."""

    levels: Sequence[Records]

    @property
    def sums(self) -> list[int]:
        return as_node(self.levels[-1][0])[1]

    def root(self, config_hash: bytes) -> bytes:
        """`H("root" || config || top.hash || top.sums)`."""
        return hashlib.sha256(b"root" + config_hash + _bytes(self.levels[-1])).digest()

    def content(self) -> bytes:
        """What is kept of it in a file."""
        return bytes(self.levels[0].shape[1] * 4) + b"".join(_bytes(level) for level in reversed(self.levels))


def top_of(roots: Records, sizes: Sizes) -> Top:
    """Hash the buckets' roots up to the top.

    Raises:
        Refused: a sum reaches 2^127.
    """
    tiles = tiles_for(len(roots), sizes.columns)
    lay(roots, tiles)
    message, state = node_message(sizes.columns), np.zeros((8, LANES), np.uint32)
    levels = [roots]
    for level in range(1, sizes.prefix_bits + 1):
        parents = len(roots) >> level
        if not hash_level(tiles, parents, np.uint32(sizes.bucket_bits + level), message, state):
            raise Refused("A total reaches 2^127 smallest units. Check the amounts and the decimals of the columns.")
        levels.append(lift(tiles, parents))
    return Top(levels)


def lay(nodes: Records, tiles: Records) -> None:
    """Nodes, a row each, into tiles."""
    padded = np.zeros((len(tiles) * LANES, nodes.shape[1]), np.uint32)
    padded[: len(nodes)] = nodes
    tiles[:] = padded.reshape(len(tiles), LANES, -1).transpose(0, 2, 1)


def lift(tiles: Records, count: int) -> Records:
    """The first nodes of the tiles, a row each."""
    used = tiles[: -(-count // LANES)]
    return np.ascontiguousarray(used.transpose(0, 2, 1).reshape(-1, tiles.shape[1])[:count])


def as_node(words: Records) -> Node:
    """The hash and the sums in the words of a node."""
    content = words.astype(">u4").tobytes()
    return content[:32], [int.from_bytes(content[at : at + 16], "big") for at in range(32, len(content), 16)]


def siblings_in(path: Path, sizes: Sizes, bucket: int) -> list[Node]:
    """The nodes beside the way from a bucket's root to the top, lowest first."""
    size = 4 * words_of(sizes.columns)
    with path.open("rb", buffering=0) as file:
        node = (1 << sizes.prefix_bits) + bucket
        found = []
        while node > 1:
            found.append(_node_at(file.fileno(), node ^ 1, size))
            node >>= 1
    return found


def node_in(path: Path, sizes: Sizes, number: int) -> Node:
    """One node of the file."""
    with path.open("rb", buffering=0) as file:
        return _node_at(file.fileno(), number, 4 * words_of(sizes.columns))


def _node_at(descriptor: int, number: int, size: int) -> Node:
    content = os.pread(descriptor, size, number * size)
    if len(content) != size:
        raise ValueError("the file of the top ends too early")
    return as_node(np.frombuffer(content, ">u4"))


def _bytes(level: Records) -> bytes:
    return level.astype(">u4").tobytes()
