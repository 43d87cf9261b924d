"""How big a tree must be for so many leaves.

A leaf's bucket follows from its id, so buckets fill unevenly, as if by chance. The tree is high enough that the
fullest bucket stays below its places by eight standard deviations: less than once in 10^9 builds, one runs over.
"""

from math import isqrt

from echt.proofs.kernel.buckets import Sizes
from echt.proofs.kernel.nodes import words_of
from echt.proofs.refusals import Refused

CACHE = 3 << 18
"""Bytes of a bucket's leaves that fit beside the rest into a core's second cache."""
SMALLEST, LARGEST = 8, 12
"""Bits of a bucket,"""
STRETCH = 2
"""and so many more where that saves a level: larger buckets fill more evenly, and half of the padding is not there."""
DEVIATIONS = 8
LOWEST, HIGHEST = 10, 48
"""Of a tree; below a thousand leaves, none can tell how few they are."""
SMALL_PART, LARGE_PART, MANY_PARTS = 4 << 20, 32 << 20, 256
"""What is put aside is cut into parts of so many bytes: small ones, and where these would be many, large ones,"""
MOST_PART_BITS = 12
"""but never more than 2 to the power of this."""


def sizes_for(leaves: int, columns: int) -> Sizes:
    """The smallest tree that these leaves fit into safely.

    Raises:
        Refused: they fit into none.
    """
    usual = max(SMALLEST, min(LARGEST, (CACHE // (4 * words_of(columns))).bit_length() - 1))
    height = max(LOWEST, max(leaves - 1, 0).bit_length())
    if height <= usual:
        return Sizes(columns, 0, height)
    while height <= HIGHEST:
        for bucket_bits in range(usual, min(usual + STRETCH, height) + 1):
            if _roomy(leaves, height - bucket_bits, bucket_bits):
                return Sizes(columns, height - bucket_bits, bucket_bits)
        height += 1
    raise Refused(f"{leaves} leaves need a tree of height {height}; {HIGHEST} is the highest.")


def _roomy(leaves: int, prefix_bits: int, bucket_bits: int) -> bool:
    mean = (leaves >> prefix_bits) + 1
    return mean + DEVIATIONS * (isqrt(mean) + 1) <= 1 << bucket_bits


def part_bits(leaves: int, sizes: Sizes) -> int:
    """Bits of an id that name the part of the input that is hashed at once; never more than those of its bucket."""
    size = leaves * (32 + 8 * sizes.columns)
    wanted = max(min(size // SMALL_PART, MANY_PARTS - 1), size // LARGE_PART)
    return min(wanted.bit_length(), sizes.prefix_bits, MOST_PART_BITS)
