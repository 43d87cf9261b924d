"""From accounts and balances to the records of leaves: identity and pieces, 16 accounts at once.

A record is a row of 32-bit words: 8 of the leaf's id, then each amount, most significant word first, in 2 words where
every amount of the batch is below 2^64 (*narrow*), else in 4.
"""

import numpy as np
from numba import types

from echt.proofs.kernel.compiled import compiled, reading
from echt.proofs.kernel.compress import LANES, compress
from echt.proofs.kernel.keyed import (
    ID_ROWS,
    KEY_BLOCK,
    NOTHING,
    continue_with_ids,
    finish,
    place_ids,
    prepare_keys,
)
from echt.proofs.kernel.message import BLOCK, END_MARK, copy_rows
from echt.proofs.kernel.shares import cut_point, to_shares
from echt.proofs.kernel.vectors import fill_row

HASH = 8
SPLIT = np.frombuffer(b"echt/1 split", ">u4").astype(np.uint32)
"""What the randomness of the pieces is derived for."""
WORD = np.uint64(32)
MOST_PIECES = 16
AMOUNTS = reading(types.uint64, 2)
CUTS = types.uint64[:, ::1]


@compiled("void(uint32[:, ::1], uint32[:, ::1], uint32[::1], int64, uint64[:, :, ::1], uint32[:, ::1], uint32[:, ::1])")
def _randomness(
    inner: np.ndarray,
    outer: np.ndarray,
    config: np.ndarray,
    values: int,
    random: np.ndarray,
    rows: np.ndarray,
    state: np.ndarray,
) -> None:
    """`values` random numbers of 128 bits a lane: halves of `HMAC(account_key, "echt/1 split" || config || u32(i))`."""
    for i in range((values + 1) // 2):
        for word in range(BLOCK):
            fill_row(rows, word, NOTHING)
        for word in range(3):
            rows[word] = SPLIT[word]
        for word in range(HASH):
            rows[3 + word] = config[word]
        rows[11] = i
        rows[12] = END_MARK
        rows[15] = (KEY_BLOCK + 48) * 8
        copy_rows(inner, state, HASH)
        compress(state, rows, 0)
        finish(state, outer, rows)
        for half in range(min(2, values - 2 * i)):
            for limb in range(2):
                word = 4 * half + 2 * limb
                for lane in range(LANES):
                    random[2 * i + half, limb, lane] = np.uint64(state[word, lane]) << WORD | np.uint64(
                        state[word + 1, lane]
                    )


@compiled("void(uint64, uint64, uint32[:, ::1], int64, int64, boolean)")
def _write_amount(high: int, low: int, records: np.ndarray, row: int, column: int, wide: bool) -> None:
    if wide:
        at = HASH + 4 * column
        records[row, at] = np.uint32(high >> WORD)
        records[row, at + 1] = np.uint32(high)
        at += 2
    else:
        at = HASH + 2 * column
    records[row, at] = np.uint32(low >> WORD)
    records[row, at + 1] = np.uint32(low)


@compiled("void(uint32[:, ::1], uint32[:, ::1], int64, int64, int64)")
def _write_ids(state: np.ndarray, records: np.ndarray, first: int, lanes: int, step: int) -> None:
    for lane in range(lanes):
        for word in range(HASH):
            records[first + lane * step, word] = state[word, lane]


@compiled(types.void(AMOUNTS, AMOUNTS, types.int64, types.int64, types.uint32[:, ::1]))
def _write_whole(low: np.ndarray, high: np.ndarray, first: int, lanes: int, records: np.ndarray) -> None:
    """One piece: the amounts as they are."""
    wide = high.shape[0] > 0
    for column in range(low.shape[0]):
        for account in range(first, first + lanes):
            above = high[column, account] if wide else np.uint64(0)
            _write_amount(above, low[column, account], records, account, column, wide)


@compiled(
    types.void(
        AMOUNTS, AMOUNTS, types.int64, types.int64, types.int64, types.uint64[:, :, ::1], CUTS, types.uint32[:, ::1]
    )
)
def _write_shares(
    low: np.ndarray,
    high: np.ndarray,
    first: int,
    lanes: int,
    pieces: int,
    random: np.ndarray,
    cuts: np.ndarray,
    records: np.ndarray,
) -> None:
    """Several pieces; `random[piece * columns + column]` gives the cut points of the lanes."""
    columns, wide = low.shape[0], high.shape[0] > 0
    for lane in range(lanes):
        account = first + lane
        for column in range(columns):
            above = high[column, account] if wide else np.uint64(0)
            for piece in range(pieces - 1):
                value = random[piece * columns + column]
                cuts[piece] = cut_point(value[0, lane], value[1, lane], above, low[column, account])
            cuts[pieces - 1, 0], cuts[pieces - 1, 1] = above, low[column, account]
            to_shares(cuts, pieces)
            for piece in range(pieces):
                _write_amount(cuts[piece, 0], cuts[piece, 1], records, account * pieces + piece, column, wide)


@compiled(
    types.void(
        reading(types.uint8),
        reading(types.int64),
        types.uint32[:, :, ::1],
        types.uint32[::1],
        types.int64,
        AMOUNTS,
        AMOUNTS,
        types.uint32[:, ::1],
    )
)
def make_records(
    accounts: np.ndarray,
    ends: np.ndarray,
    master: np.ndarray,
    config: np.ndarray,
    pieces: int,
    low: np.ndarray,
    high: np.ndarray,
    records: np.ndarray,
) -> None:
    """Fill `records[account * pieces + piece]`.

    `master`: the pair of states of the master key, uint32[2, 8, LANES]. `high` is empty where all amounts are narrow.
    """
    columns, count = low.shape
    values = (pieces - 1) * columns
    ids, rows = np.zeros((ID_ROWS, LANES), np.uint32), np.zeros((2 * BLOCK, LANES), np.uint32)
    state, kept = np.zeros((8, LANES), np.uint32), np.zeros((8, LANES), np.uint32)
    inner, outer = np.zeros((8, LANES), np.uint32), np.zeros((8, LANES), np.uint32)
    sizes = np.zeros(LANES, np.int64)
    random = np.zeros((max(values, 1), 2, LANES), np.uint64)
    cuts = np.zeros((MOST_PIECES, 2), np.uint64)
    for first in range(0, count, LANES):
        lanes = min(LANES, count - first)
        place_ids(accounts, ends, first, lanes, ids)
        for lane in range(LANES):
            sizes[lane] = ends[first + lane + 1] - ends[first + lane] if lane < lanes else sizes[0]
        copy_rows(master[0], state, HASH)
        continue_with_ids(state, rows, 0, ids, sizes, kept)
        finish(state, master[1], rows)
        prepare_keys(state, inner, outer, rows)
        if values:
            _randomness(inner, outer, config, values, random, rows, state)
        for piece in range(pieces):
            for word in range(HASH):
                fill_row(rows, word, config[word])
            fill_row(rows, HASH, np.uint32(piece))
            copy_rows(inner, state, HASH)
            continue_with_ids(state, rows, HASH + 1, ids, sizes, kept)
            finish(state, outer, rows)
            _write_ids(state, records, first * pieces + piece, lanes, pieces)
        if pieces == 1:
            _write_whole(low, high, first, lanes, records)
        else:
            _write_shares(low, high, first, lanes, pieces, random, cuts, records)


@compiled("void(uint32[:, ::1], int64, int64[::1], uint32[:, ::1])")
def sort_into_parts(records: np.ndarray, bits: int, starts: np.ndarray, ordered: np.ndarray) -> None:
    """Order the records by the first `bits` bits of their ids; `starts`, int64[2^bits + 1]: where each begins."""
    shift = np.uint32(32 - bits)
    count, words = records.shape
    starts[:] = 0
    for row in range(count):
        starts[(np.uint64(records[row, 0]) >> shift) + 1] += 1
    for part in range(len(starts) - 1):
        starts[part + 1] += starts[part]
    places = starts.copy()
    for row in range(count):
        part = np.uint64(records[row, 0]) >> shift
        place = np.uint64(places[part])
        for word in range(words):
            ordered[place, word] = records[row, word]
        places[part] += 1
