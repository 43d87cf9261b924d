"""Messages of 16 lanes, padded as SHA-256 wants it (FIPS 180-4, section 5.1.1), and their digests."""

import numpy as np

from echt.proofs.kernel.compiled import compiled
from echt.proofs.kernel.compress import INITIAL_STATE, LANES, compress
from echt.proofs.kernel.vectors import copy_row, fill_row

BLOCK = 16
"""Words in a block."""
START = INITIAL_STATE
END_MARK = np.uint32(0x80000000)


def blocks(words: int) -> int:
    """Blocks that a message of so many words takes, with its mark and its length."""
    return (words + 3 + BLOCK - 1) // BLOCK


def blank(words: int, *, before: int = 0) -> np.ndarray:
    """Rows for a message of whole words: mark and length stand, the words are yours; `before` bytes came earlier."""
    rows = np.zeros((blocks(words) * BLOCK, LANES), np.uint32)
    rows[words] = END_MARK
    rows[-1] = words * 32 + before * 8
    return rows


@compiled("void(uint32[:, ::1])")
def begin(state: np.ndarray) -> None:
    for word in range(8):
        fill_row(state, word, START[word])


@compiled("void(uint32[:, ::1], uint32[:, ::1], int64)")
def digest(state: np.ndarray, rows: np.ndarray, count: int) -> None:
    """SHA-256 of `count` blocks of rows into `state`."""
    begin(state)
    for block in range(count):
        compress(state, rows, block * BLOCK)


@compiled("void(uint32[:, ::1], uint32[:, ::1], int64)")
def copy_rows(source: np.ndarray, target: np.ndarray, count: int) -> None:
    """The first rows of one into the other."""
    for row in range(count):
        copy_row(source, row, target, row)
