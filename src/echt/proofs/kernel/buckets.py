"""Buckets: leaves in the order of their ids, free places padded, hashed up to the bucket's root.

Padding: `SHA-256(padding_key || u64(bucket) || u32(number))` with the bucket's number put over its first bits. Nobody
without the key can tell such an id from a real one.
"""

from typing import NamedTuple

import numpy as np

from echt.proofs.kernel.compiled import compiled
from echt.proofs.kernel.compress import LANES
from echt.proofs.kernel.message import blank, blocks, digest
from echt.proofs.kernel.nodes import HASH, hash_level, node_message, tiles_for, words_of
from echt.proofs.kernel.vectors import SUM, copy_row

LEAF = int.from_bytes(b"leaf")
PADDING_WORDS = HASH + 3
KEY_BITS = np.uint64(64)
WORD, ONE = np.uint64(32), np.uint64(1)
FINE, CROWDED, TWICE, OVERFLOW = 0, 1, 2, 3
"""What came of a bucket: hashed; more leaves than places; two leaves with one id; a sum that reaches 2^127."""


class Sizes(NamedTuple):
    """The shape of a tree: `2^prefix_bits` buckets of `2^bucket_bits` places."""

    columns: int
    prefix_bits: int
    bucket_bits: int


class Scratch(NamedTuple):
    """Memory to hash one bucket in; used again for the next."""

    rows: np.ndarray
    keys: np.ndarray
    order: np.ndarray
    sorted_keys: np.ndarray
    bins: np.ndarray
    padding_message: np.ndarray
    leaf_message: np.ndarray
    node_message: np.ndarray
    tiles: np.ndarray
    state: np.ndarray


def scratch(sizes: Sizes, padding_key: bytes, *, wide: bool) -> Scratch:
    """Memory for buckets of these sizes and records of this width, and the messages with all that stays the same."""
    count = 1 << sizes.bucket_bits
    padding = blank(PADDING_WORDS)
    padding[:HASH] = np.frombuffer(padding_key, ">u4")[:, None]
    leaf = blank(1 + HASH + SUM * sizes.columns)
    leaf[0] = LEAF
    return Scratch(
        rows=np.zeros((count + LANES, record_words(sizes.columns, wide=wide)), np.uint32),
        keys=np.zeros(count, np.uint64),
        order=np.zeros(count + LANES, np.int64),
        sorted_keys=np.zeros(count, np.uint64),
        bins=np.zeros(count + 1, np.int64),
        padding_message=padding,
        leaf_message=leaf,
        node_message=node_message(sizes.columns),
        tiles=tiles_for(count, sizes.columns),
        state=np.zeros((HASH, LANES), np.uint32),
    )


def record_words(columns: int, *, wide: bool) -> int:
    """Words of a leaf's record (see `leaves`)."""
    return HASH + columns * (SUM if wide else SUM // 2)


def compressions(sizes: Sizes) -> int:
    """Compressions for the leaves and nodes of one full bucket."""
    count = 1 << sizes.bucket_bits
    leaf, node = blocks(1 + HASH + SUM * sizes.columns), blocks(2 + 2 * words_of(sizes.columns))
    return count * leaf + (count - 1) * node


@compiled("uint64(uint32, uint32, int64)")
def bucket_of(first: int, second: int, prefix_bits: int) -> int:
    """The number that the first bits of an id make."""
    if prefix_bits == 0:
        return np.uint64(0)
    return (np.uint64(first) << WORD | np.uint64(second)) >> (KEY_BITS - np.uint64(prefix_bits))


@compiled()
def _pad(scratch: Scratch, prefix_bits: int, bucket: int, start: int, count: int) -> None:
    """`count` padding leaves of a bucket into the rows from `start`."""
    message, state, rows = scratch.padding_message, scratch.state, scratch.rows
    keep = KEY_BITS - np.uint64(prefix_bits)
    prefix = np.uint64(bucket) << keep if prefix_bits else np.uint64(0)
    mask = (ONE << keep) - ONE if prefix_bits else ~np.uint64(0)
    message[HASH] = np.uint64(bucket) >> WORD
    message[HASH + 1] = np.uint32(bucket)
    for first in range(0, count, LANES):
        for lane in range(LANES):
            message[HASH + 2, lane] = first + lane
        digest(state, message, 1)
        for lane in range(min(LANES, count - first)):
            row = start + first + lane
            head = (np.uint64(state[0, lane]) << WORD | np.uint64(state[1, lane])) & mask | prefix
            rows[row, 0] = head >> WORD
            rows[row, 1] = np.uint32(head)
            for word in range(2, HASH):
                rows[row, word] = state[word, lane]
            for word in range(HASH, rows.shape[1]):
                rows[row, word] = 0


@compiled()
def _deal(scratch: Scratch, sizes: Sizes) -> None:
    """Nearly in order: ids are as good as random, so the bits that follow the prefix say where a row belongs."""
    rows, keys, bins, order, sorted_keys = (
        scratch.rows,
        scratch.keys,
        scratch.bins,
        scratch.order,
        scratch.sorted_keys,
    )
    count = len(keys)
    shift = np.uint64(64 - max(sizes.bucket_bits, 1))
    prefix_bits = np.uint64(sizes.prefix_bits)
    bins[:] = 0
    for i in range(count):
        key = (np.uint64(rows[i, 0]) << WORD | np.uint64(rows[i, 1])) << prefix_bits
        keys[i] = key
        bins[min(np.int64(key >> shift), count - 1) + 1] += 1
    for i in range(count):
        bins[i + 1] += bins[i]
    for i in range(count):
        bin_ = min(np.int64(keys[i] >> shift), count - 1)
        place = bins[bin_]
        order[place], sorted_keys[place] = i, keys[i]
        bins[bin_] = place + 1


@compiled()
def _compare(rows: np.ndarray, one: int, other: int) -> int:
    """Below, at or above zero, as the ids of two rows stand."""
    for word in range(HASH):
        if rows[one, word] != rows[other, word]:
            return 1 if rows[one, word] > rows[other, word] else -1
    return 0


@compiled()
def _mend(scratch: Scratch) -> int:
    """Insertion sort of what is nearly in order; `TWICE` where two ids are the same."""
    rows, keys, order = scratch.rows, scratch.sorted_keys, scratch.order
    for i in range(1, len(keys)):
        key, row, j = keys[i], order[i], i
        while j > 0 and keys[j - 1] >= key:
            if keys[j - 1] == key:
                compared = _compare(rows, order[j - 1], row)
                if compared == 0:
                    return TWICE
                if compared < 0:
                    break
            keys[j], order[j] = keys[j - 1], order[j - 1]
            j -= 1
        keys[j], order[j] = key, row
    return FINE


@compiled()
def arrange(scratch: Scratch, sizes: Sizes, bucket: int, records: np.ndarray) -> int:
    """A bucket's records and padding into `scratch.rows`, and into `scratch.order` its rows in the order of the ids."""
    count = 1 << sizes.bucket_bits
    if len(records) > count:
        return CROWDED
    for row in range(len(records)):
        for word in range(records.shape[1]):
            scratch.rows[row, word] = records[row, word]
    _pad(scratch, sizes.prefix_bits, bucket, len(records), count - len(records))
    _deal(scratch, sizes)
    return _mend(scratch)


@compiled()
def hash_leaves(scratch: Scratch, sizes: Sizes) -> None:
    """The arranged leaves into the tiles: their hashes and, as sums, their amounts."""
    message, tiles, rows, state = scratch.leaf_message, scratch.tiles, scratch.rows, scratch.state
    count = 1 << sizes.bucket_bits
    stride = (rows.shape[1] - HASH) // sizes.columns
    blocks, above = message.shape[0] // 16, SUM - stride
    for group in range((count + LANES - 1) // LANES):
        for lane in range(LANES):
            row = np.uint64(scratch.order[group * LANES + lane])
            for word in range(HASH):
                message[1 + word, lane] = rows[row, word]
            for column in range(sizes.columns):
                start = 1 + HASH + SUM * column + above
                for word in range(stride):
                    message[start + word, lane] = rows[row, HASH + stride * column + word]
        digest(state, message, blocks)
        tile = tiles[group]
        for word in range(HASH):
            copy_row(state, word, tile, word)
        for word in range(SUM * sizes.columns):
            copy_row(message, 1 + HASH + word, tile, HASH + word)


@compiled()
def hash_up(scratch: Scratch, sizes: Sizes) -> int:
    """From the leaves in the tiles to the bucket's root, the first column of the first tile."""
    for level in range(1, sizes.bucket_bits + 1):
        parents = 1 << (sizes.bucket_bits - level)
        if not hash_level(scratch.tiles, parents, np.uint32(level), scratch.node_message, scratch.state):
            return OVERFLOW
    return FINE


@compiled()
def gather(records: np.ndarray, sizes: Sizes, first_bucket: int, ordered: np.ndarray, starts: np.ndarray) -> None:
    """Put records together by bucket: `ordered[starts[i] : starts[i + 1]]` belong to bucket `first_bucket + i`."""
    starts[:] = 0
    for row in range(len(records)):
        starts[bucket_of(records[row, 0], records[row, 1], sizes.prefix_bits) - first_bucket + 1] += 1
    for i in range(len(starts) - 1):
        starts[i + 1] += starts[i]
    places = starts.copy()
    for row in range(len(records)):
        bucket = bucket_of(records[row, 0], records[row, 1], sizes.prefix_bits) - first_bucket
        place = places[bucket]
        for word in range(records.shape[1]):
            ordered[place, word] = records[row, word]
        places[bucket] = place + 1


@compiled()
def hash_buckets(
    scratch: Scratch,
    sizes: Sizes,
    first_bucket: int,
    records: np.ndarray,
    starts: np.ndarray,
    roots: np.ndarray,
    ids: np.ndarray,
    amounts: np.ndarray,
) -> tuple[int, int]:
    """Hash the buckets that `gather` has put together into `roots`; their leaves in order go into `ids` and `amounts`.

    Returns what came of it, and the number of the bucket where it ended otherwise than `FINE`.
    """
    for i in range(len(starts) - 1):
        result = arrange(scratch, sizes, first_bucket + i, records[starts[i] : starts[i + 1]])
        if result == FINE:
            hash_leaves(scratch, sizes)
            result = hash_up(scratch, sizes)
        if result != FINE:
            return result, first_bucket + i
        roots[i] = scratch.tiles[0, :, 0]
        _write_columns(scratch, starts[i], starts[i + 1] - starts[i], ids, amounts)
    return FINE, 0


@compiled("uint32(uint32)")
def _swapped(word: int) -> int:
    """The bytes of a word in the other order."""
    return (
        (word & np.uint32(0xFF)) << np.uint32(24)
        | (word & np.uint32(0xFF00)) << np.uint32(8)
        | (word >> np.uint32(8)) & np.uint32(0xFF00)
        | word >> np.uint32(24)
    )


@compiled()
def _write_columns(scratch: Scratch, at: int, leaves: int, ids: np.ndarray, amounts: np.ndarray) -> None:
    """The arranged leaves without the padding, from row `at`.

    Ids are big-endian; amounts have 64 bits little-endian, where wide 128 bits big-endian.
    """
    rows, width = scratch.rows, amounts.shape[2]
    wide = width == SUM
    for place in range(len(scratch.keys)):
        if scratch.order[place] >= leaves:
            continue
        row = np.uint64(scratch.order[place])
        for word in range(HASH):
            ids[at, word] = _swapped(rows[row, word])
        for column in range(amounts.shape[0]):
            first = HASH + column * width
            for word in range(width):
                if wide:
                    amounts[column, at, word] = _swapped(rows[row, first + word])
                else:
                    amounts[column, at, word] = rows[row, first + 1 - word]
        at += 1
