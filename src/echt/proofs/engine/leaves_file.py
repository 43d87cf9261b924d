"""Reading leaves back from the file of their part (see `partition`)."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from echt.proofs.engine.spill import Records

ID, NARROW, WIDE = pa.binary(32), pa.int64(), pa.binary(16)
"""How ids and amounts lie in the file."""


def read(path: Path, start: int, count: int, columns: int) -> Records:
    """Rows of the file as records.

    Raises:
        ValueError: they are not there; whatever else Arrow says of a damaged file.
    """
    with pq.ParquetFile(path) as file:
        groups, first = _groups(file.metadata, start, count)
        table = file.read_row_groups(groups, use_threads=False).slice(start - first, count)
    kinds = {table.schema.field(1 + column).type for column in range(columns)}
    if table.num_rows != count or table.column(0).type != ID or kinds not in ({NARROW}, {WIDE}):
        raise ValueError(path)
    ids = _words(table.column(0), 8)
    amounts = [_amounts(table.column(1 + column)) for column in range(columns)]
    return np.ascontiguousarray(np.concatenate([ids, *amounts], axis=1))


def _groups(footer: pq.FileMetaData, start: int, count: int) -> tuple[list[int], int]:
    """The row groups with these rows, and the number of their first row."""
    wanted: list[int] = []
    first, at = start, 0
    for group in range(footer.num_row_groups):
        rows = footer.row_group(group).num_rows
        if at + rows > start and at < start + count:
            first = first if wanted else at
            wanted.append(group)
        at += rows
    return wanted, first


def _amounts(column: Any) -> Records:
    """Most significant word first, as records have them."""
    if column.type == NARROW:
        return column.to_numpy().astype(">u8").view(">u4").astype(np.uint32).reshape(-1, 2)  # type: ignore[no-any-return]
    return _words(column, 4)


def _words(column: Any, words: int) -> Records:
    array = column.combine_chunks()
    content = np.frombuffer(array.buffers()[1], ">u4", len(array) * words, array.offset * words * 4)
    return content.astype(np.uint32).reshape(-1, words)
