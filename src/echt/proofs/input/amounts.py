"""Amounts out of Arrow arrays: whole numbers of smallest units, in two words of 64 bits.

Whole numbers (integers, decimals of scale 0) are smallest units; a decimal type with a scale counts in units of the
asset; text is read as `forms` says. Floating point is refused by type: it cannot hold amounts exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from echt.proofs.columns import Column
from echt.proofs.input import kernels
from echt.proofs.input.accounts import texts_of
from echt.proofs.input.batch import Bytes, Ends, Words
from echt.proofs.input.faults import Place, fault_of_amount, negative
from echt.proofs.input.forms import Form, Forms

_SIGN = np.uint64(2**63)


class Cells:
    """A batch's amounts while they are read. The high words exist once a column asks for them."""

    def __init__(self, columns: int, rows: int) -> None:
        self.low: Words = np.empty((columns, rows), dtype=np.uint64)
        self._high: Words | None = None
        self._wide = False

    def high(self, column: int) -> Words:
        """A column's high words, zero at first."""
        if self._high is None:
            self._high = np.zeros(self.low.shape, dtype=np.uint64)
        row: Words = self._high[column]
        return row

    def text(self, column: int, row: int) -> str:
        """An amount that is already there, as text."""
        high = 0 if self._high is None else int(self._high[column, row])
        return str((high << 64) + int(self.low[column, row]))

    def needs_high(self) -> None:
        """Some amount reached 2^64."""
        self._wide = True

    def finished_high(self) -> Words | None:
        """The high words, or None where all are zero."""
        return self._high if self._wide else None


@dataclass(frozen=True)
class Target:
    """Where a column's amounts go, and what is needed to say where one came from."""

    column: Column
    cells: Cells
    index: int
    first: Place
    forms: Forms

    @property
    def low(self) -> Words:
        """The column's low words."""
        row: Words = self.cells.low[self.index]
        return row

    @property
    def high(self) -> Words:
        """The column's high words."""
        return self.cells.high(self.index)

    def place(self, i: int) -> Place:
        """Where the batch's row i stands in its file."""
        return Place(self.first.file, (self.first.row or 1) + i, self.first.column, self.first.lines)

    def note(self, form: Form, i: int, text: str) -> None:
        """The row i is written in this form."""
        if not self.forms.knows(self.column, form):
            self.forms.note(self.column, form, self.place(i), text)


def fill(array: pa.Array, target: Target) -> None:
    """Put a column's amounts in their place.

    Raises:
        Refused: an amount cannot be used.
    """
    if array.null_count:
        row = int(np.argmax(array.is_null().to_numpy(zero_copy_only=False)))
        raise target.place(row).refuse("The amount is empty (null). Write 0 where there is nothing.")
    _reader(array.type)(array, target)


def fill_from_text(data: Bytes, begins: Ends, ends: Ends, target: Target) -> None:
    """The same, from amounts that are written as text."""
    bad, whole, point, wide = kernels.read_amounts(data, begins, ends, target.column.decimals, target.low, target.high)

    def text(i: int) -> bytes:
        return data[begins[i] : ends[i]].tobytes()

    for form, i in sorted(((Form.WHOLE, whole), (Form.POINT, point)), key=lambda seen: seen[1]):
        if i != kernels.NONE:
            target.note(form, i, text(i).decode())
    if bad != kernels.NONE:
        raise target.place(bad).refuse(fault_of_amount(text(bad), target.column))
    if wide:
        target.cells.needs_high()


def _reader(kind: pa.DataType) -> Callable[[pa.Array, Target], None]:
    if pa.types.is_integer(kind):
        return _integers
    if pa.types.is_decimal(kind):
        return _decimals
    return _texts


def _integers(array: pa.Array, target: Target) -> None:
    numbers = array.to_numpy(zero_copy_only=False)
    if numbers.dtype.kind == "i" and len(numbers) and numbers.min() < 0:
        row = int(np.argmax(numbers < 0))
        raise target.place(row).refuse(negative(str(numbers[row])))
    target.low[:] = numbers
    _note_whole(target, np.not_equal(target.low, 0))


def _texts(array: pa.Array, target: Target) -> None:
    data, ends = texts_of(array)
    fill_from_text(data, ends[:-1], ends[1:], target)


def _decimals(array: pa.Array, target: Target) -> None:
    scale = array.type.scale
    if scale not in (0, target.column.decimals):
        array = _rescaled(array, target)
    elif array.type.bit_width < 128:  # noqa: PLR2004
        array = array.cast(pa.decimal128(38, scale))
    limbs = array.type.bit_width // 64
    words = np.frombuffer(array.buffers()[1], dtype=np.uint64).reshape(-1, limbs)[array.offset :][: len(array)]
    beyond = words[:, 1] >= _SIGN
    for limb in range(2, limbs):
        beyond |= words[:, limb] != 0
    if beyond.any():
        _refuse_decimal(array, int(np.argmax(beyond)), target)
    target.low[:] = words[:, 0]
    if words[:, 1].any():
        target.high[:] = words[:, 1]
        target.cells.needs_high()
    if scale == 0:
        _note_whole(target, np.logical_or(words[:, 0], words[:, 1]))
    elif len(array):
        target.note(Form.POINT, 0, _text_of(array, 0))


def _rescaled(array: pa.Array, target: Target) -> pa.Array:
    try:
        return array.cast(pa.decimal256(76, target.column.decimals))
    except pa.ArrowInvalid:
        for row in range(len(array)):
            if not _fits(array, row, target.column.decimals):
                _refuse_decimal(array, row, target)
        raise


def _fits(array: pa.Array, row: int, decimals: int) -> bool:
    try:
        array.slice(row, 1).cast(pa.decimal256(76, decimals))
    except pa.ArrowInvalid:
        return False
    return True


def _refuse_decimal(array: pa.Array, row: int, target: Target) -> None:
    raise target.place(row).refuse(fault_of_amount(_text_of(array, row), target.column))


def _text_of(array: pa.Array, row: int) -> str:
    return format(array[row].as_py(), "f")


def _note_whole(target: Target, some: NDArray[np.bool_]) -> None:
    if not target.forms.knows(target.column, Form.WHOLE) and some.any():
        row = int(np.argmax(some))
        target.note(Form.WHOLE, row, target.cells.text(target.index, row))
