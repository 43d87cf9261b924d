"""Nodes of the sum tree, 16 parents at once.

A level lies in *tiles*: `tiles[group, row, lane]` are 16 neighbours, each a column of 8 words of hash and 4 words for
each sum, most significant first. Two tiles of children give one tile of parents, so a level is hashed in place.
"""

import numpy as np

from echt.proofs.kernel.compiled import compiled
from echt.proofs.kernel.compress import LANES
from echt.proofs.kernel.message import blank, copy_rows, digest
from echt.proofs.kernel.vectors import SUM, add_sum, unzip

HASH = 8
"""Words of a hash."""
TOP_BIT = np.uint32(0x80000000)
MARK = int.from_bytes(b"node")


def words_of(columns: int) -> int:
    """Words of a leaf or node: its hash and its sums."""
    return HASH + SUM * columns


def tiles_for(places: int, columns: int) -> np.ndarray:
    """Empty tiles; at least two, since parents are made from pairs of tiles."""
    return np.zeros((max(2, -(-places // LANES)), words_of(columns), LANES), np.uint32)


def node_message(columns: int) -> np.ndarray:
    """Rows for `"node" || u32(level) || L.hash || L.sums || R.hash || R.sums`; level and rest are filled later."""
    rows = blank(2 + 2 * words_of(columns))
    rows[0] = MARK
    return rows


@compiled("boolean(uint32[:, :, ::1], int64, uint32, uint32[:, ::1], uint32[:, ::1])")
def hash_level(tiles: np.ndarray, parents: int, level: int, message: np.ndarray, state: np.ndarray) -> bool:
    """Replace the children in the tiles by their parents; whether every sum stayed below 2^127."""
    words, blocks = tiles.shape[1], message.shape[0] // 16
    for lane in range(LANES):
        message[1, lane] = level
    top = np.uint32(0)
    for group in range((parents + LANES - 1) // LANES):
        first = 2 * group * words
        for word in range(words):
            unzip(tiles, first + word, first + words + word, message, 2 + word, 2 + words + word)
        digest(state, message, blocks)
        copy_rows(state, tiles[group], HASH)
        for word in range(HASH, words, SUM):
            add_sum(message, 2 + word, 2 + words + word, tiles, group * words + word)
            for lane in range(min(LANES, parents - group * LANES)):
                top |= tiles[group, word, lane]
    return (top & TOP_BIT) == 0
