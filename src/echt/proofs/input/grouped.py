"""A share of long CSV: its rows put together, one row of amounts for each account."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from echt.proofs.columns import Column
from echt.proofs.input import accounts
from echt.proofs.input.batch import Batch, Words, rows_at_once
from echt.proofs.input.faults import Place, shown
from echt.proofs.input.lines import Head
from echt.proofs.input.spill import Spill
from echt.proofs.refusals import Refused


@dataclass(frozen=True)
class Order:
    """The numbers of all rows, one file after the other."""

    heads: Sequence[Head]
    firsts: list[int] = field(default_factory=list)
    """The number of each file's first row, from 0."""

    def place(self, number: int, column: str | None = None) -> Place:
        """Where a row stands."""
        file = bisect_right(self.firsts, number) - 1
        return self.heads[file].place(number - self.firsts[file] + 1, column)


@dataclass(frozen=True)
class Amounts:
    """The amounts of a share, in the order of their cells: cell = account * columns + column."""

    cells: NDArray[np.int64]
    low: Words
    high: Words


@dataclass(frozen=True)
class Share:
    """Some accounts with all their assets."""

    name: str
    number: int
    spill: Spill
    order: Order
    columns: tuple[Column, ...]
    of_codes: NDArray[np.int64]

    @property
    def file(self) -> str:
        return str(self.order.heads[0].file.path)

    def batches(self) -> Iterator[Batch]:
        rows = self.spill.share(self.number)
        if not rows.num_rows:
            return
        encoded = rows.column("account").combine_chunks().dictionary_encode()
        amounts = self._amounts(rows, encoded)
        step = rows_at_once(len(self.columns))
        for first in range(0, len(encoded.dictionary), step):
            yield self._batch(encoded.dictionary.slice(first, step), first, amounts)

    def _amounts(self, rows: pa.Table, encoded: pa.DictionaryArray) -> Amounts:
        column = self.of_codes[rows.column("asset").to_numpy()]
        cells = encoded.indices.to_numpy().astype(np.int64) * len(self.columns) + column
        order = np.argsort(cells, kind="stable")
        cells = cells[order]
        double = np.flatnonzero(cells[1:] == cells[:-1])
        if len(double):
            numbers = rows.column("row").to_numpy()[order]
            i = double[np.argmin(numbers[double + 1])]
            account = encoded.dictionary[int(cells[i]) // len(self.columns)].as_py()
            raise self._double(account, int(cells[i]) % len(self.columns), int(numbers[i]), int(numbers[i + 1]))
        return Amounts(cells, rows.column("low").to_numpy()[order], rows.column("high").to_numpy()[order])

    def _double(self, account: bytes, column: int, first: int, second: int) -> Refused:
        return self.order.place(second).refuse(
            f"The account {shown(account)} has a second amount of {self.columns[column].name}; the first is in"
            f" {self.order.place(first)}. Remove one of them, or write their sum once."
        )

    def _batch(self, names: pa.Array, first: int, amounts: Amounts) -> Batch:
        width = len(self.columns)
        begin, end = np.searchsorted(amounts.cells, [first * width, (first + len(names)) * width])
        rows, columns = np.divmod(amounts.cells[begin:end] - first * width, width)
        data, ends = accounts.texts_of(names)
        low = np.zeros((width, len(names)), dtype=np.uint64)
        low[columns, rows] = amounts.low[begin:end]
        high = None
        if amounts.high[begin:end].any():
            high = np.zeros_like(low)
            high[columns, rows] = amounts.high[begin:end]
        return Batch(0, data, ends, low, high)
