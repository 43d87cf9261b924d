"""HMAC-SHA-256 (RFC 2104) of 16 lanes, each with its own key: the account keys and what follows from them.

A key's two blocks are compressed once into a pair of states, `inner` and `outer`; each HMAC then continues from there.
An account id has 1 to 64 bytes. Lanes whose message ends after one block keep that state while others take a second.
"""

import numpy as np
from numba import types

from echt.proofs.kernel.compiled import compiled, reading
from echt.proofs.kernel.compress import LANES, compress
from echt.proofs.kernel.message import BLOCK, END_MARK, begin, copy_rows
from echt.proofs.kernel.vectors import copy_row, fill_row, xor_row

INNER, OUTER = np.uint32(0x36363636), np.uint32(0x5C5C5C5C)
KEY_BLOCK = 64
"""Bytes that came before a message: the key's block."""
LONGEST = 64
"""Bytes of an account id."""
ID_ROWS = LONGEST // 4 + 1
"""Rows of an account id with its end mark."""
AFTER_DIGEST = np.uint32((KEY_BLOCK + 32) * 8)
"""Bits of the outer message: the key's block and the inner digest."""
NOTHING = np.uint32(0)
EIGHT, SIXTEEN, TWENTY_FOUR = np.uint32(8), np.uint32(16), np.uint32(24)


@compiled(types.void(reading(types.uint8), reading(types.int64), types.int64, types.int64, types.uint32[:, ::1]))
def place_ids(accounts: np.ndarray, ends: np.ndarray, first: int, lanes: int, rows: np.ndarray) -> None:
    """Account ids `first` to `first + lanes - 1` into `rows`: big-endian words, then the end mark, then zeros."""
    for word in range(ID_ROWS):
        fill_row(rows, word, NOTHING)
    for lane in range(lanes):
        start = ends[first + lane]
        size = ends[first + lane + 1] - start
        whole = size >> 2
        for word in range(whole):
            at = start + 4 * word
            rows[word, lane] = (
                np.uint32(accounts[at]) << TWENTY_FOUR
                | np.uint32(accounts[at + 1]) << SIXTEEN
                | np.uint32(accounts[at + 2]) << EIGHT
                | np.uint32(accounts[at + 3])
            )
        last = END_MARK
        for byte in range(size & 3):
            part = np.uint32(accounts[start + 4 * whole + (size & 3) - 1 - byte])
            last = part << TWENTY_FOUR | last >> EIGHT
        rows[whole, lane] = last


@compiled("void(uint32[:, ::1], uint32[:, ::1], uint32[:, ::1], uint32[:, ::1])")
def prepare_keys(keys: np.ndarray, inner: np.ndarray, outer: np.ndarray, rows: np.ndarray) -> None:
    """The pair of states for 16 keys of 32 bytes; `rows`: scratch of one block."""
    for state, pad in ((inner, INNER), (outer, OUTER)):
        for word in range(8):
            xor_row(keys, word, pad, rows, word)
            fill_row(rows, 8 + word, pad)
        begin(state)
        compress(state, rows, 0)


@compiled("void(uint32[:, ::1], uint32[:, ::1], uint32[:, ::1])")
def finish(state: np.ndarray, outer: np.ndarray, rows: np.ndarray) -> None:
    """From the inner digest in `state` to the HMAC in `state`; `rows`: scratch of one block."""
    copy_rows(state, rows, 8)
    fill_row(rows, 8, END_MARK)
    for word in range(9, 15):
        fill_row(rows, word, NOTHING)
    fill_row(rows, 15, AFTER_DIGEST)
    copy_rows(outer, state, 8)
    compress(state, rows, 0)


@compiled("void(uint32[:, ::1], uint32[:, ::1], int64, uint32[:, ::1], int64[::1], uint32[:, ::1])")
def continue_with_ids(
    state: np.ndarray, rows: np.ndarray, before: int, ids: np.ndarray, sizes: np.ndarray, kept: np.ndarray
) -> None:
    """Compress a message of `before` words that stand in `rows` (of two blocks) and an account id of `sizes` bytes."""
    longest, shortest = 0, LONGEST
    for lane in range(LANES):
        longest, shortest = max(longest, sizes[lane]), min(shortest, sizes[lane])
    one_block = BLOCK * 4 - 9 - before * 4
    for word in range(ID_ROWS):
        copy_row(ids, word, rows, before + word)
    for word in range(before + ID_ROWS, 2 * BLOCK):
        fill_row(rows, word, NOTHING)
    for lane in range(LANES):
        last = BLOCK - 1 if sizes[lane] <= one_block else 2 * BLOCK - 1
        rows[last, lane] = (KEY_BLOCK + before * 4 + sizes[lane]) * 8
    compress(state, rows, 0)
    if longest <= one_block:
        return
    copy_rows(state, kept, 8)
    compress(state, rows, BLOCK)
    if shortest <= one_block:
        for lane in range(LANES):
            if sizes[lane] <= one_block:
                for word in range(8):
                    state[word, lane] = kept[word, lane]


def key_states(key: bytes) -> np.ndarray:
    """The pair of states of one key of 32 bytes for all lanes: uint32[2, 8, LANES]."""
    states = np.zeros((2, 8, LANES), np.uint32)
    lanes = np.repeat(np.frombuffer(key, ">u4").astype(np.uint32)[:, None], LANES, axis=1)
    prepare_keys(lanes, states[0], states[1], np.zeros((BLOCK, LANES), np.uint32))
    return states
