"""The kernel against hashlib, and against the plain functions of `engine.derive`."""

import hashlib
import hmac

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echt.proofs.engine import derive
from echt.proofs.kernel import buckets
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.kernel.compress import INITIAL_STATE, LANES, ROUND_CONSTANTS, compress
from echt.proofs.kernel.keyed import key_states
from echt.proofs.kernel.leaves import make_records, sort_into_parts
from echt.proofs.kernel.nodes import hash_level, node_message, tiles_for, words_of

KEY, CONFIG = bytes(range(32)), hashlib.sha256(b"config").digest()


def words(content: bytes) -> np.ndarray:
    return np.frombuffer(content, ">u4").astype(np.uint32)


def content(row: np.ndarray) -> bytes:
    return row.astype(">u4").tobytes()


def amounts_in(row: np.ndarray, width: int) -> list[int]:
    return [int.from_bytes(content(row[at : at + width]), "big") for at in range(8, len(row), width)]


def test_the_constants_are_those_of_the_standard():
    assert f"{INITIAL_STATE[0]:08x} {INITIAL_STATE[7]:08x}" == "6a09e667 5be0cd19"
    assert f"{ROUND_CONSTANTS[0]:08x} {ROUND_CONSTANTS[63]:08x}" == "428a2f98 c67178f2"


def test_sixteen_messages_at_once_have_the_digests_of_hashlib():
    random = np.random.default_rng(1)
    rows = random.integers(0, 2**32, (16, LANES), dtype=np.uint32)
    rows[14:] = [[0x80000000] * LANES, [0] * LANES]
    last = np.zeros((16, LANES), np.uint32)
    last[15] = 14 * 32
    state = np.repeat(INITIAL_STATE[:, None], LANES, axis=1).copy()

    compress(state, np.ascontiguousarray(np.concatenate([rows, last])), 0)
    compress(state, np.ascontiguousarray(np.concatenate([rows, last])), 16)

    for lane in range(LANES):
        assert content(state[:, lane]) == hashlib.sha256(content(rows[:14, lane])).digest()


@pytest.mark.parametrize("columns", [1, 4, 7])
def test_parents_commit_to_both_childrens_sums(columns):
    random = np.random.default_rng(2)
    tiles = tiles_for(64, columns)
    tiles[:] = random.integers(0, 2**30, tiles.shape, dtype=np.uint32)
    children = tiles.transpose(0, 2, 1).reshape(-1, words_of(columns)).copy()
    state = np.zeros((8, LANES), np.uint32)

    assert hash_level(tiles, 32, np.uint32(5), node_message(columns), state)

    parents = tiles.transpose(0, 2, 1).reshape(-1, words_of(columns))
    for i in range(32):
        left, right = children[2 * i], children[2 * i + 1]
        message = b"node" + (5).to_bytes(4, "big") + content(left) + content(right)
        assert content(parents[i, :8]) == hashlib.sha256(message).digest()
        sums = [a + b for a, b in zip(amounts_in(left, 4), amounts_in(right, 4), strict=True)]
        assert amounts_in(parents[i], 4) == sums


@given(
    accounts=st.lists(st.binary(min_size=1, max_size=64), min_size=1, max_size=40),
    pieces=st.integers(1, 5),
    top=st.sampled_from([0, 1, 2**63 - 1, 2**64 - 1, 2**64, 2**127 - 1]),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_records_are_those_of_the_plain_derivation(accounts, pieces, top, data):
    amounts = [[data.draw(st.integers(0, top)) for _ in range(2)] for _ in accounts]
    wide = top >= 2**63
    low = np.array([[row[c] % 2**64 for row in amounts] for c in range(2)], np.uint64)
    high = np.array([[row[c] >> 64 for row in amounts] for c in range(2)], np.uint64)
    ends = np.cumsum([0, *map(len, accounts)]).astype(np.int64)
    records = np.empty((len(accounts) * pieces, 8 + (8 if wide else 4)), np.uint32)

    make_records(
        np.frombuffer(b"".join(accounts), np.uint8),
        ends,
        key_states(KEY),
        words(CONFIG),
        pieces,
        low,
        high if wide else np.zeros((0, 0), np.uint64),
        records,
    )

    for i, account in enumerate(accounts):
        key = derive.account_key(KEY, account)
        shares = derive.shares(key, CONFIG, amounts[i], pieces)
        assert [sum(column) for column in zip(*shares, strict=True)] == amounts[i]
        for piece in range(pieces):
            record = records[i * pieces + piece]
            assert content(record[:8]) == derive.leaf_id(key, CONFIG, piece, account)
            assert amounts_in(record, 4 if wide else 2) == shares[piece]


def test_the_account_key_is_the_norms():
    assert derive.account_key(KEY, b"anna") == hmac.digest(KEY, b"anna", "sha256")


@pytest.mark.parametrize("bits", [0, 1, 5])
def test_records_are_put_into_the_part_of_their_first_bits(bits):
    records = np.random.default_rng(3).integers(0, 2**32, (500, 12), dtype=np.uint32)
    ordered, starts = np.empty_like(records), np.empty((1 << bits) + 1, np.int64)

    sort_into_parts(records, bits, starts, ordered)

    for part in range(1 << bits):
        own = ordered[starts[part] : starts[part + 1]]
        assert ((own[:, 0].astype(np.uint64) >> np.uint64(32 - bits)) == part).all()
    assert sorted(map(bytes, ordered)) == sorted(map(bytes, records))


def hashed(sizes: Sizes, records: np.ndarray, first: int = 0, count: int | None = None):
    wide = records.shape[1] == buckets.record_words(sizes.columns, wide=True)
    ordered, starts = np.empty_like(records), np.empty((count or 1 << sizes.prefix_bits) + 1, np.int64)
    roots = np.empty((len(starts) - 1, words_of(sizes.columns)), np.uint32)
    ids = np.zeros((len(records), 8), np.uint32)
    amounts = np.zeros((sizes.columns, len(records), 4 if wide else 2), np.uint32)
    buckets.gather(records, sizes, first, ordered, starts)
    scratch = buckets.scratch(sizes, KEY, wide=wide)
    result = buckets.hash_buckets(scratch, sizes, first, ordered, starts, roots, ids, amounts)
    return result, roots, as_records(ids, amounts, wide), starts


def as_records(ids: np.ndarray, amounts: np.ndarray, wide: bool) -> np.ndarray:
    """What was written for the file, as records again."""
    columns = amounts.byteswap() if wide else amounts[:, :, ::-1]
    return np.concatenate([ids.byteswap(), columns.transpose(1, 0, 2).reshape(len(ids), -1)], axis=1)


def plain_root(sizes: Sizes, bucket: int, records: np.ndarray, width: int) -> bytes:
    """A bucket's root by the norm, with hashlib."""
    leaves = [(content(row[:8]), amounts_in(row, width)) for row in records]
    free = (1 << sizes.bucket_bits) - len(leaves)
    leaves += [(derive.padding_id(KEY, sizes.prefix_bits, bucket, i), [0] * sizes.columns) for i in range(free)]

    def packed(node):
        return node[0] + b"".join(amount.to_bytes(16, "big") for amount in node[1])

    level = [(hashlib.sha256(b"leaf" + packed(leaf)).digest(), leaf[1]) for leaf in sorted(leaves)]
    for number in range(1, sizes.bucket_bits + 1):
        level = [
            (
                hashlib.sha256(b"node" + number.to_bytes(4, "big") + packed(left) + packed(right)).digest(),
                [a + b for a, b in zip(left[1], right[1], strict=True)],
            )
            for left, right in zip(level[::2], level[1::2], strict=True)
        ]
    return packed(level[0])


@given(
    columns=st.integers(1, 5),
    prefix_bits=st.integers(0, 4),
    bucket_bits=st.integers(0, 6),
    wide=st.booleans(),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=80, deadline=None)
def test_buckets_have_the_roots_of_the_norm(columns, prefix_bits, bucket_bits, wide, seed):
    sizes, random = Sizes(columns, prefix_bits, bucket_bits), np.random.default_rng(seed)
    most = max(1, (1 << (prefix_bits + bucket_bits)) // 3)
    records = random.integers(
        0, 2**26, (random.integers(1, most + 1), buckets.record_words(columns, wide=wide)), np.uint32
    )
    records[:, 0] = random.integers(0, 2**32, len(records))

    (result, _), roots, ordered, starts = hashed(sizes, records)

    fullest = int(np.diff(starts).max())
    assert result == (buckets.CROWDED if fullest > 1 << bucket_bits else buckets.FINE)
    if result == buckets.FINE:
        for bucket in range(1 << prefix_bits):
            own = ordered[starts[bucket] : starts[bucket + 1]]
            assert [content(row[:8]) for row in own] == sorted(content(row[:8]) for row in own)
            assert content(roots[bucket]) == plain_root(sizes, bucket, own, 4 if wide else 2)


def test_an_id_that_is_there_twice_is_found():
    records = np.random.default_rng(4).integers(0, 2**26, (9, 12), np.uint32)
    records[7] = records[2]

    assert hashed(Sizes(2, 0, 5), records)[0] == (buckets.TWICE, 0)


def test_ids_that_differ_late_stand_in_order():
    records = np.full((30, 10), 77, np.uint32)
    records[:, 7] = np.arange(30)[::-1]

    (result, _), _, ordered, _ = hashed(Sizes(1, 0, 6), records)

    assert result == buckets.FINE
    assert ordered[:, 7].tolist() == list(range(30))


def test_a_sum_that_reaches_2_to_the_127_is_told():
    records = np.random.default_rng(5).integers(0, 2**26, (2, 12), np.uint32)
    records[:, 8] = 0x40000000

    assert hashed(Sizes(1, 0, 3), records)[0] == (buckets.OVERFLOW, 0)


def test_long_prefixes():
    sizes = Sizes(1, 40, 3)
    records = np.random.default_rng(6).integers(0, 2**26, (5, 10), np.uint32)
    records[:, 0], records[:, 1] = 0xFFEEDDCC, 0xAB000000 | (records[:, 1] & 0xFFFFFF)
    bucket = 0xFFEEDDCCAB

    (result, _), roots, ordered, _ = hashed(sizes, records, first=bucket, count=1)

    assert result == buckets.FINE
    assert content(roots[0]) == plain_root(sizes, bucket, ordered, 2)
