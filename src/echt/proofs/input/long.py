"""Balances from long CSV: `account`, `asset`, `amount`, one line for each account and asset, in any order.

1. The lines of one account are brought together on disk (`spill`); memory is bounded by a share, not by the file.
2. The columns are all assets that occur, in alphabetical order; an asset that an account has no line for is zero.
3. An account with two lines for one asset is refused: they may be one amount twice or two amounts.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from echt.proofs.columns import MOST_COLUMNS, Column
from echt.proofs.input import accounts, kernels
from echt.proofs.input.batch import Batch, Words
from echt.proofs.input.faults import Place, fault_of_amount
from echt.proofs.input.files import fingerprint
from echt.proofs.input.forms import Form, Forms
from echt.proofs.input.grouped import Order, Share
from echt.proofs.input.header import ACCOUNT, asset_of, column_of, columns_of
from echt.proofs.input.lines import Fields, Head, fields_of_all
from echt.proofs.input.source import Source
from echt.proofs.input.spill import SCHEMA, Spill
from echt.proofs.input.wide import accounts_of

ASSET, AMOUNT = "asset", "amount"
NAMES = frozenset({ACCOUNT, ASSET, AMOUNT})
SHARE = 2**26
"""About so many bytes of text come into one share."""
MOST_SHARES = 512
UNPACKED = 10
"""How much larger a packed file becomes, roughly."""


@dataclass(frozen=True)
class Assets:
    """The assets that occurred so far, by the code that the spilled rows have."""

    decimals: Mapping[str, int]
    debt: Collection[str]
    codes: dict[str, int] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)

    def code(self, name: str, place: Place) -> int:
        """The asset's code, new or known."""
        if name not in self.codes:
            asset_of(name, place)
            if len(self.codes) == MOST_COLUMNS:
                raise place.refuse(f"This is asset {MOST_COLUMNS + 1}; a statement has at most {MOST_COLUMNS}.")
            self.codes[name] = len(self.codes)
            self.columns.append(column_of(name, self.decimals, self.debt))
        return self.codes[name]


@dataclass(frozen=True)
class Original:
    """The rows of a file as they stand there, without amounts: to find an account again."""

    name: str
    head: Head

    @property
    def file(self) -> str:
        return str(self.head.file.path)

    def batches(self) -> Iterator[Batch]:
        for fields in fields_of_all(self.head):
            data, ends = accounts_of(fields, self.head)
            yield Batch(fields.first_row, data, ends, np.empty((0, len(fields)), dtype=np.uint64), None)


def is_long(head: Head) -> bool:
    """Whether a file is of this form: exactly its three names."""
    return len(head.names) == len(NAMES) and set(head.names) == NAMES


def open_long(
    heads: Sequence[Head], *, decimals: Mapping[str, int], debt: Collection[str], scratch: Path | None
) -> Source:
    """The long CSV files as one input, read and sorted once.

    Raises:
        Refused: a file or a value cannot be used.
    """
    for head in heads:
        if not is_long(head):
            raise head.file.place.refuse(
                f"{heads[0].file.path} is in the long form and this file is not. Give one form."
            )
    marks = fingerprint([head.file for head in heads])
    assets, forms, order = Assets(decimals, debt), Forms(), Order(heads)
    spill = _spilled(order, assets, forms, scratch)
    names = sorted(assets.codes)
    columns = columns_of(names, heads[0].file.place, decimals=decimals, debt=debt)
    of_codes = np.array([names.index(name) for name in assets.codes], dtype=np.int64)
    width = max(4, len(str(spill.count)))
    portions = [Share(f"{number:0{width}}", number, spill, order, columns, of_codes) for number in range(spill.count)]
    originals = [Original(f"{number:0{width}}", head) for number, head in enumerate(heads)]
    return Source(columns, portions, None, marks, forms, originals)


def _spilled(order: Order, assets: Assets, forms: Forms, scratch: Path | None) -> Spill:
    spill = Spill(_shares([head.file.size * (UNPACKED if head.file.packed else 1) for head in order.heads]), scratch)
    number = 0
    for head in order.heads:
        order.firsts.append(number)
        for fields in fields_of_all(head):
            _add(spill, fields, head, number, assets, forms)
            number += len(fields)
    if not number:
        raise order.heads[0].file.place.refuse("There are no rows. A statement needs at least one account.")
    return spill.finished()


def _shares(sizes: Sequence[int]) -> int:
    return max(1, min(MOST_SHARES, sum(sizes) // SHARE))


def _add(spill: Spill, fields: Fields, head: Head, number: int, assets: Assets, forms: Forms) -> None:
    data, ends = accounts_of(fields, head)
    codes = _codes(fields, head, assets)
    low, high = _amounts(fields, head, codes, assets, forms)
    rows = np.arange(number, number + len(fields))
    arrays = [accounts.as_arrow(data, ends), *(pa.array(values) for values in (codes, low, high, rows))]
    spill.add(pa.RecordBatch.from_arrays(arrays, schema=SCHEMA))


def _codes(fields: Fields, head: Head, assets: Assets) -> NDArray[np.uint16]:
    """The code of each row's asset; only the names that occur are looked at, each once."""
    encoded = accounts.as_arrow(*fields.texts(head.names.index(ASSET))).dictionary_encode()
    indices = encoded.indices.to_numpy()
    _, firsts = np.unique(indices, return_index=True)
    of_indices = np.empty(len(encoded.dictionary), dtype=np.uint16)
    for index, (name, first) in enumerate(zip(encoded.dictionary.to_pylist(), firsts, strict=True)):
        place = head.place(fields.first_row + int(first), ASSET)
        of_indices[index] = assets.code(name.decode("utf-8", "backslashreplace"), place)
    codes: NDArray[np.uint16] = of_indices[indices]
    return codes


def _amounts(fields: Fields, head: Head, codes: NDArray[np.uint16], assets: Assets, forms: Forms) -> Words:
    at = head.names.index(AMOUNT)
    begins, ends = fields.begins[at], fields.ends[at]
    words = np.empty((2, len(fields)), dtype=np.uint64)
    decimals = np.array([column.decimals for column in assets.columns], dtype=np.int64)
    seen = np.full((2, len(decimals)), kernels.NONE, dtype=np.int64)
    bad = kernels.read_mixed_amounts(fields.data, begins, ends, codes, decimals, words, seen)

    def text(row: int) -> str:
        return fields.data[begins[row] : ends[row]].tobytes().decode("utf-8", "backslashreplace")

    for form, of_form in ((Form.WHOLE, seen[kernels.WHOLE]), (Form.POINT, seen[kernels.POINT])):
        for code in np.flatnonzero(of_form != kernels.NONE):
            row = int(of_form[code])
            column = assets.columns[code]
            forms.note(column, form, head.place(fields.first_row + row, column.name), text(row))
    if bad != kernels.NONE:
        column = assets.columns[codes[bad]]
        raise head.place(fields.first_row + bad, AMOUNT).refuse(fault_of_amount(text(bad), column))
    return words
