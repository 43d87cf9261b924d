"""Splitting a balance into pieces with exact arithmetic on 128 bits.

`k` pieces of an amount `A` are the gaps between `k - 1` cut points, each `floor(r * (A + 1) / 2^128)` for a random
`r < 2^128`, in order. So every piece has the same distribution and all of them together are the amount.
"""

import numpy as np

from echt.proofs.kernel.compiled import compiled

HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
ONE, ZERO = np.uint64(1), np.uint64(0)


@compiled("uint64(uint64, uint64)")
def high_product(a: np.uint64, b: np.uint64) -> np.uint64:
    """The upper 64 bits of a product."""
    a1, a0, b1, b0 = a >> HALF, a & LOW, b >> HALF, b & LOW
    middle = a1 * b0 + (a0 * b0 >> HALF)
    other = a0 * b1 + (middle & LOW)
    return a1 * b1 + (middle >> HALF) + (other >> HALF)


@compiled("UniTuple(uint64, 2)(uint64, uint64, uint64, uint64)")
def cut_point(random_high: np.uint64, random_low: np.uint64, high: np.uint64, low: np.uint64) -> tuple[int, int]:
    """`floor(r * (A + 1) / 2^128)` as (high, low), where A is below 2^127."""
    low = low + ONE
    high = high + (ONE if low == ZERO else ZERO)
    # r * (A + 1) in four products; `carried` gathers bits 64 to 127, of which only what overflows counts
    carried = high_product(random_low, low)
    first, second = random_low * high, random_high * low
    total = carried + first
    overflow = ONE if total < first else ZERO
    total = total + second
    overflow = overflow + (ONE if total < second else ZERO)
    result_low = random_high * high
    result_high = high_product(random_high, high)
    for part in (high_product(random_low, high), high_product(random_high, low), overflow):
        result_low = result_low + part
        result_high = result_high + (ONE if result_low < part else ZERO)
    return result_high, result_low


@compiled("void(uint64[:, ::1], int64)")
def to_shares(cuts: np.ndarray, pieces: int) -> None:
    """In place: `cuts[: pieces - 1]` cut points in any order and `cuts[pieces - 1]` the amount become the pieces."""
    for i in range(1, pieces - 1):
        j = i
        while j > 0 and (cuts[j, 0], cuts[j, 1]) < (cuts[j - 1, 0], cuts[j - 1, 1]):
            for half in range(2):
                cuts[j, half], cuts[j - 1, half] = cuts[j - 1, half], cuts[j, half]
            j -= 1
    for i in range(pieces - 1, 0, -1):
        borrow = ONE if cuts[i, 1] < cuts[i - 1, 1] else ZERO
        cuts[i, 1] = cuts[i, 1] - cuts[i - 1, 1]
        cuts[i, 0] = cuts[i, 0] - cuts[i - 1, 0] - borrow
