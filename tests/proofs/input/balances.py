"""Files with balances, and what comes out when they are read."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from echt.proofs.input import ROWS, Batch, Source, open_source
from echt.proofs.refusals import Refused


def parquet(path: Path, columns: Mapping[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(dict(columns)), path, **options)
    return path


def lines(path: Path, *rows: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    path.write_bytes("".join(row + end for row in rows).encode(encoding))
    return path


def rows_of(batch: Batch) -> Iterable[tuple[str, tuple[int, ...]]]:
    assert len(batch) <= ROWS
    assert batch.low.flags.c_contiguous
    assert batch.low.dtype == np.uint64
    assert batch.low.shape[1] == len(batch)
    assert batch.high is None or (batch.high.any() and batch.high.flags.c_contiguous)
    high = np.zeros_like(batch.low) if batch.high is None else batch.high
    for row in range(len(batch)):
        account = batch.accounts[batch.ends[row] : batch.ends[row + 1]].tobytes().decode()
        amounts = zip(batch.low[:, row].tolist(), high[:, row].tolist(), strict=True)
        yield account, tuple((upper << 64) + lower for lower, upper in amounts)


def everything(source: Source) -> list[tuple[str, tuple[int, ...]]]:
    return [row for portion in source.portions for batch in portion.batches() for row in rows_of(batch)]


def read(paths: Sequence[Path] | Path, **options: Any) -> list[tuple[str, tuple[int, ...]]]:
    return everything(open_source(paths, **options))


def refusal(paths: Sequence[Path] | Path, **options: Any) -> str:
    """The sentence with which the input is refused; nothing changed beside it."""
    folder = (paths if isinstance(paths, Path) else paths[0]).parent
    before = _state(folder)
    with pytest.raises(Refused) as refused:
        read(paths, **options)
    assert _state(folder) == before
    return str(refused.value)


def _state(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}
