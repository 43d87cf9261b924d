"""What the engine takes in: balances in batches of arrays, cut into portions that can be read side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Ends: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]

FEWEST_ROWS, MOST_ROWS, PORTIONS = 2**16, 2**20, 16
"""Of a portion, and how many portions an input has at least, where these allow it."""
ROWS = 2**18
"""At most so many rows in one batch,"""
CELLS = 2**21
"""and at most so many amounts, so that many columns need no more memory than few."""


@dataclass(frozen=True)
class Batch:
    """Some rows in the order of their file. No account has a Python object of its own."""

    first_row: int
    """The number of the batch's first row of data in its file, from 1; 0 where rows were put together (long CSV)."""
    accounts: Bytes
    """All account ids one after the other, UTF-8."""
    ends: Ends
    """Account i is `accounts[ends[i]:ends[i + 1]]`; `ends[0]` may be above 0."""
    low: Words
    """The amounts modulo 2**64, of shape (columns, rows), C-contiguous."""
    high: Words | None
    """The amounts shifted right by 64, or None where all are zero."""

    def __len__(self) -> int:
        return len(self.ends) - 1


class Portion(Protocol):
    """A part of the input that can be read independently of the others, at the same time, and again."""

    @property
    def name(self) -> str:
        """Stable for the same input, like `0007`."""

    @property
    def file(self) -> str:
        """The file that it is a part of, as people know it."""

    def batches(self) -> Iterator[Batch]:
        """The rows, cut the same way every time.

        Raises:
            Refused: a value cannot be used.
        """


def rows_at_once(columns: int) -> int:
    """How many rows a batch of so many columns has at most."""
    return max(1, min(ROWS, CELLS // max(1, columns)))


def rows_in_a_portion(rows: int) -> int:
    """How many rows are read by one thread at a time: many, but so that small inputs too have work for several."""
    return max(FEWEST_ROWS, min(MOST_ROWS, rows // PORTIONS))
