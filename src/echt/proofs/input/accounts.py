"""Account ids out of Arrow arrays: bytes that lie one after the other, and the check of them."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from echt.proofs.input import kernels
from echt.proofs.input.batch import Batch, Bytes, Ends
from echt.proofs.input.faults import LONGEST_ACCOUNT, Place, fault_of_account

NO_BYTES = np.zeros(0, dtype=np.uint8)


def texts_of(array: pa.Array) -> tuple[Bytes, Ends]:
    """The bytes of an array of texts, and where each ends; without a copy of the bytes."""
    wide = pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type)
    _, offsets, data = array.buffers()
    if len(array) == 0 or offsets is None:
        return NO_BYTES, np.zeros(len(array) + 1, dtype=np.int64)
    ends = np.frombuffer(offsets, dtype=np.int64 if wide else np.int32)[array.offset :][: len(array) + 1]
    return (NO_BYTES if data is None else np.frombuffer(data, dtype=np.uint8)), ends.astype(np.int64)


def numbers_as_text(array: pa.Array) -> tuple[Bytes, Ends]:
    """Whole numbers as their decimal text."""
    numbers = array.to_numpy(zero_copy_only=False)
    sizes = numbers.astype(np.uint64)
    below = numbers < 0
    np.negative(sizes, out=sizes, where=below)
    ends = np.empty(len(sizes) + 1, dtype=np.int64)
    kernels.number_ends(sizes, below, ends)
    text = np.empty(int(ends[-1]), dtype=np.uint8)
    kernels.write_numbers(sizes, below, ends, text)
    return text, ends


def check(data: Bytes, ends: Ends, first: Place) -> None:
    """Let only accounts pass that a customer can type in.

    Raises:
        Refused: one cannot be used; `first` is the place of the first row.
    """
    begin, end = int(ends[0]), int(ends[-1])
    control, beyond = kernels.odd_characters(data[begin:end])
    suspicious = control or kernels.first_odd_length(data, ends, LONGEST_ACCOUNT) != kernels.NONE
    if suspicious or (beyond and not _is_plain_text(data, ends)):
        _look_closely(data, ends, first)


def as_arrow(data: Bytes, ends: Ends) -> pa.LargeBinaryArray:
    """The accounts as an Arrow array, without a copy."""
    return pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(ends) - 1, [None, pa.py_buffer(ends), pa.py_buffer(data)]
    )


def found(batch: Batch, keys: pa.Array) -> Iterator[tuple[bytes, int]]:
    """Which of the accounts `keys` (large binary) are in the batch, and in which row."""
    there = pc.is_in(as_arrow(batch.accounts, batch.ends), value_set=keys).to_numpy(zero_copy_only=False)
    for i in np.flatnonzero(there):
        yield batch.accounts[batch.ends[i] : batch.ends[i + 1]].tobytes(), batch.first_row + int(i)


def _is_plain_text(data: Bytes, ends: Ends) -> bool:
    """Whether every account is UTF-8 without blanks at its ends and control characters beyond ASCII."""
    try:
        texts = as_arrow(data, ends).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    lead = data[ends[0] : ends[-1]]
    control = (lead[:-1] == 0xC2) & (lead[1:] <= 0x9F)  # noqa: PLR2004  # U+0080 to U+009F
    return not control.any() and bool(pc.all(pc.equal(pc.utf8_trim_whitespace(texts), texts)).as_py())


def _look_closely(data: Bytes, ends: Ends, first: Place) -> None:
    for i in range(len(ends) - 1):
        fault = fault_of_account(data[ends[i] : ends[i + 1]].tobytes())
        if fault:
            raise Place(first.file, (first.row or 1) + i, "account", first.lines).refuse(fault)
