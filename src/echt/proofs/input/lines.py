"""A CSV file as blocks of whole lines, each known by the number of its first row.

1. Row n is line n + 1: every line after the head is a row, and only at the very end may lines be empty.
2. A block is read whole and holds at most `BLOCK` bytes, so memory is bounded whatever the file holds.
3. The file is UTF-8, with or without its mark at the beginning.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from echt.proofs.input.batch import Bytes, Ends, rows_at_once
from echt.proofs.input.faults import Place, shown
from echt.proofs.input.files import File
from echt.proofs.input.tokens import Fault, Places, gather, tokenise
from echt.proofs.refusals import Refused

BLOCK = 2**25
TOO_LONG = f"The line is longer than {BLOCK} bytes. This is no CSV file, or the ends of its lines are missing."
MARK = b"\xef\xbb\xbf"
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
FAULTS = {
    Fault.FEW: "The line has fewer fields than the first line of the file.",
    Fault.MANY: "The line has more fields than the first line of the file."
    " If an amount has a comma in it, write a point or nothing instead.",
    Fault.QUOTE: "A quotation mark stands inside a field. Put the whole field in quotation marks and double it there.",
    Fault.OPEN: "A quotation mark is not closed on its line. A field may not go on in the next line.",
    Fault.BLANK: "The line is empty. Remove it, and whatever made it; lines may be missing here.",
}


@dataclass(frozen=True)
class Cut:
    """A block's place in its file."""

    at: int
    size: int
    first_row: int


@dataclass(frozen=True)
class Head:
    """A CSV file's first line."""

    file: File
    names: tuple[str, ...]
    size: int
    """How many bytes come before the first row."""

    def place(self, row: int, column: str | None = None) -> Place:
        """A place in the file."""
        return Place(str(self.file.path), row, column, lines=True)


@dataclass(frozen=True)
class Fields:
    """Some rows of a block: where each of their fields begins and ends in its bytes."""

    data: Bytes
    begins: Places
    ends: Places
    first_row: int

    def __len__(self) -> int:
        return int(self.begins.shape[1])

    def texts(self, field: int) -> tuple[Bytes, Ends]:
        """One field of all rows, one after the other."""
        begins, ends = self.begins[field], self.ends[field]
        text = np.empty(int((ends - begins).sum()), dtype=np.uint8)
        text_ends = np.empty(len(self) + 1, dtype=np.int64)
        gather(self.data, begins, ends, text, text_ends)
        return text, text_ends


def head_of(file: File) -> Head:
    """The names in the first line.

    Raises:
        Refused: there is none that can be read.
    """
    with _opened(file) as content:
        begin = _read(content, BLOCK, file)
    line, _, _ = begin.partition(b"\n")
    if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in line[:1024]:
        raise file.place.refuse("The file is UTF-16, or no text at all. Save it as CSV in UTF-8.")
    if len(line) == BLOCK:
        raise file.place.refuse(TOO_LONG)
    try:
        text = line.removeprefix(MARK).decode("utf-8").removesuffix("\r")
    except UnicodeDecodeError:
        raise file.place.refuse(f"The first line is not UTF-8: {shown(line)}. Save the file as UTF-8.") from None
    return Head(file, _names(text, file), min(len(line) + 1, len(begin)))


def cuts_of(head: Head) -> tuple[list[Cut], int]:
    """Where the blocks of a file that is not packed begin and end, and how many rows there are.

    Reads all of it once, counting lines and no more.
    """
    cuts: list[Cut] = []
    at, row = head.size, 1
    with head.file.path.open("rb") as content:
        while True:
            content.seek(at)
            read = content.read(BLOCK)
            size = _whole_lines(read, head, row, last=len(read) < BLOCK)
            if not size:
                return cuts, row - 1
            cuts.append(Cut(at, size, row))
            at += size
            row += read.count(b"\n", 0, size) + (read[size - 1 : size] != b"\n")


def fields_of_cut(head: Head, cut: Cut) -> Iterator[Fields]:
    """The rows of one block."""
    head.file.check_unchanged()
    data = np.fromfile(head.file.path, dtype=np.uint8, count=cut.size, offset=cut.at)
    head.file.check_unchanged()
    return _fields(head, data, cut.first_row)


def fields_of_all(head: Head) -> Iterator[Fields]:
    """All rows of a file, packed or not, from its beginning to its end."""
    row, rest = 1, b""
    head.file.check_unchanged()
    with _opened(head.file) as content:
        _read(content, head.size, head.file)
        while True:
            read = _read(content, BLOCK - len(rest), head.file)
            whole = rest + read
            size = _whole_lines(whole, head, row, last=not read)
            if not size and not read:
                break
            for fields in _fields(head, np.frombuffer(whole[:size], dtype=np.uint8).copy(), row):
                yield fields
                row += len(fields)
            rest = whole[size:]
    head.file.check_unchanged()


def _fields(head: Head, data: Bytes, row: int) -> Iterator[Fields]:
    at, most = 0, rows_at_once(len(head.names) - 1)
    while at < len(data):
        rows = min(most, (len(data) - at) // len(head.names) + 1)
        begins = np.empty((len(head.names), rows), dtype=np.int64)
        ends = np.empty_like(begins)
        count, at, fault = tokenise(data, at, begins, ends)
        if fault:
            raise head.place(row + count).refuse(FAULTS[Fault(fault)])
        yield Fields(data, begins[:, :count], ends[:, :count], row)
        row += count


def _whole_lines(read: bytes, head: Head, row: int, *, last: bool) -> int:
    """How many of the bytes are whole lines, without empty lines at their end; the last line needs no end."""
    end = end_of_lines = len(read) if last else read.rfind(b"\n") + 1
    while end and read[end - 1] in b"\r\n":
        end -= 1
    if end:
        return read.find(b"\n", end, end_of_lines) + 1 or end_of_lines
    if len(read) >= BLOCK:
        raise head.place(row).refuse(FAULTS[Fault.BLANK] if end_of_lines else TOO_LONG)
    return 0


def _names(text: str, file: File) -> tuple[str, ...]:
    if "\r" in text:
        raise file.place.refuse("The lines end with CR alone. Save the file with LF or CR LF at the end of lines.")
    for separator, words in SEPARATORS.items():
        if separator in text and "," not in text:
            raise file.place.refuse(f"The columns are separated by {words}. Save the file with commas.")
    try:
        return tuple(next(csv.reader([text], strict=True), ()))
    except csv.Error:
        raise file.place.refuse("A quotation mark in the first line is not closed. Correct the names.") from None


@contextmanager
def _opened(file: File) -> Iterator[pa.NativeFile]:
    with _understood(file):
        plain = pa.OSFile(str(file.path))
        content = pa.CompressedInputStream(plain, file.packed) if file.packed else plain
    with content:
        yield content


def _read(content: pa.NativeFile, size: int, file: File) -> bytes:
    with _understood(file):
        read: bytes = content.read(size)
        return read


@contextmanager
def _understood(file: File) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, EOFError) as error:
        raise Refused(f"{file.path}: The file is damaged. Copy or export it again. (Arrow says: {error})") from None
