"""The pass over the bytes of CSV: where each field begins and ends, compiled.

The grammar is RFC 4180, strictly: fields are separated by commas, lines end with LF or CR LF, a field in quotation
marks may hold commas and doubled quotation marks. A line break inside quotation marks is refused: the file can only be
cut into portions, and its lines be counted, where every line is a row.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from echt.proofs.input.batch import Bytes, Ends
from echt.proofs.input.kernels import compiled

Places = NDArray[np.int64]


class Fault(IntEnum):
    """What is wrong with a line."""

    NONE = 0
    FEW = 1
    MANY = 2
    QUOTE = 3
    OPEN = 4
    BLANK = 5


COMMA, QUOTE, LF, CR = 44, 34, 10, 13
_SPECIAL = np.zeros(256, dtype=np.bool_)
_SPECIAL[[COMMA, QUOTE, LF]] = True


@compiled
def _quoted(data: Bytes, at: int) -> tuple[int, int, bool]:
    """The field after a quotation mark: where its text ends, where reading goes on, and whether it was closed.

    Doubled quotation marks are made single in place.
    """
    while at < len(data) and data[at] != LF and data[at] != QUOTE:
        at += 1
    end = at
    while at < len(data) and data[at] != LF:
        if data[at] == QUOTE:
            if at + 1 >= len(data) or data[at + 1] != QUOTE:
                return end, at + 1, True
            at += 1
        data[end] = data[at]
        end += 1
        at += 1
    return end, at, False


@compiled
def _field(data: Bytes, at: int) -> tuple[int, int, int, int]:
    """One field: where its text begins and ends, where its separator is, and what is wrong."""
    if at < len(data) and data[at] == QUOTE:
        end, after, closed = _quoted(data, at + 1)
        if not closed:
            return at, end, after, Fault.OPEN
        stop = after
        if stop < len(data) and data[stop] == CR:
            stop += 1
        if stop < len(data) and data[stop] != LF and (data[after] != COMMA):
            return at, end, stop, Fault.QUOTE
        return at + 1, end, (after if after < len(data) and data[after] == COMMA else stop), Fault.NONE
    begin = at
    while at < len(data) and not _SPECIAL[data[at]]:
        at += 1
    if at < len(data) and data[at] == QUOTE:
        return begin, at, at, Fault.QUOTE
    end = at
    if end > begin and data[end - 1] == CR and (at == len(data) or data[at] == LF):
        end -= 1
    return begin, end, at, Fault.NONE


@compiled
def tokenise(data: Bytes, at: int, begins: Places, ends: Places) -> tuple[int, int, int]:
    """Split lines into fields, from `at` on, as many as fit: shape (fields, rows).

    Returns how many rows were read, where reading goes on, and the fault of the row after them.
    """
    fields, most = begins.shape
    row = 0
    while row < most and at < len(data):
        if data[at] == LF or (data[at] == CR and (at + 1 == len(data) or data[at + 1] == LF)):
            return row, at, Fault.BLANK
        for field in range(fields):
            begin, end, stop, fault = _field(data, at)
            if fault != Fault.NONE:
                return row, at, fault
            begins[field, row], ends[field, row] = begin, end
            more = stop < len(data) and data[stop] == COMMA
            if more != (field + 1 < fields):
                return row, at, (Fault.MANY if more else Fault.FEW)
            at = stop + 1
        row += 1
    return row, min(at, len(data)), Fault.NONE


@compiled
def gather(data: Bytes, begins: Places, ends: Places, text: Bytes, text_ends: Ends) -> None:
    """Put fields one after the other; `text_ends` holds where each ends."""
    at = 0
    text_ends[0] = 0
    for i in range(len(begins)):
        for k in range(begins[i], ends[i]):
            text[at] = data[k]
            at += 1
        text_ends[i + 1] = at


@compiled
def shares(data: Bytes, ends: Ends, count: int, found: NDArray[np.uint16]) -> None:
    """Which of `count` shares each account belongs to, by FNV-1a of its bytes."""
    for i in range(len(ends) - 1):
        digest = np.uint64(0xCBF29CE484222325)
        for k in range(ends[i], ends[i + 1]):
            digest = (digest ^ np.uint64(data[k])) * np.uint64(0x100000001B3)
        digest ^= digest >> np.uint64(29)
        found[i] = np.uint16(digest % np.uint64(count))
