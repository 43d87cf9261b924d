"""Rows sorted into shares by account, on disk: so that the lines of one account come together in bounded memory.

One file without a name holds everything; it is gone when nobody has it open any more, also after `kill -9`. Each block
of rows is written share by share, and where each share begins is kept in memory (eight bytes a share and block).
"""

import os
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from weakref import finalize

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from echt.proofs.input.accounts import texts_of
from echt.proofs.input.tokens import shares
from echt.proofs.refusals import Refused

SCHEMA = pa.schema(
    {"account": pa.large_binary(), "asset": pa.uint16(), "low": pa.uint64(), "high": pa.uint64(), "row": pa.int64()}
)


class Spill:
    """Rows by share: first `add` all, then `share` any of them, from any thread."""

    def __init__(self, count: int, scratch: Path | None) -> None:
        self.count = count
        self._folder = scratch or Path(gettempdir())
        try:
            self._file = TemporaryFile(dir=scratch, prefix="echt-")  # noqa: SIM115 - open as long as we need the rows
        except OSError as error:
            raise self._no_room(error) from None
        finalize(self, self._file.close)
        self._end = 0
        self._begins: list[NDArray[np.int64]] = []

    def add(self, rows: pa.RecordBatch) -> None:
        """Write rows to their shares."""
        accounts = rows.column("account")
        of = np.empty(len(accounts), dtype=np.uint16)
        shares(*texts_of(accounts), self.count, of)
        order = np.argsort(of, kind="stable")
        sorted_rows = rows.take(pa.array(order))
        ends = np.cumsum(np.bincount(of, minlength=self.count))
        begins = np.empty(self.count + 1, dtype=np.int64)
        for share in range(self.count):
            begins[share] = self._end
            first = int(ends[share - 1]) if share else 0
            if ends[share] > first:
                self._end += self._write(sorted_rows.slice(first, int(ends[share]) - first).serialize())
        begins[self.count] = self._end
        self._begins.append(begins)

    def finished(self) -> "Spill":
        """All rows are there."""
        self._write(b"")
        return self

    def share(self, number: int) -> pa.Table:
        """The rows of a share, in the order in which they were added."""
        chunks = [
            pa.ipc.read_record_batch(self._read(int(begins[number]), int(begins[number + 1])), SCHEMA)
            for begins in self._begins
            if begins[number + 1] > begins[number]
        ]
        return pa.Table.from_batches(chunks, SCHEMA)

    def _write(self, chunk: pa.Buffer | bytes) -> int:
        try:
            written = self._file.write(chunk)
            self._file.flush()
        except OSError as error:
            raise self._no_room(error) from None
        return written

    def _no_room(self, error: OSError) -> Refused:
        return Refused(
            f"{self._folder}: Long CSV is sorted here, and writing failed: {error.strerror}. It needs about as much"
            " room as the file has bytes; TMPDIR names another folder."
        )

    def _read(self, begin: int, end: int) -> pa.Buffer:
        return pa.py_buffer(os.pread(self._file.fileno(), end - begin, begin))
