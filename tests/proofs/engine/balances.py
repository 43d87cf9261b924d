"""Balances to build from."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from echt.proofs.engine import sizes
from echt.proofs.engine.build import Built, Engine, Order, build
from echt.proofs.input import open_source

KEY = bytes(range(32))
ORDER = Order(snapshot="2026-11", taken_at="2026-11-22T00:00:00Z", operator="Example Exchange")


def parquet(path: Path, accounts: int, columns: int = 3, group: int = 1 << 20, seed: int = 7) -> Path:
    """A file with so many accounts, from `1000000` on, and log-uniform amounts."""
    random = np.random.default_rng(seed)
    table = {"account": pa.array([str(1_000_000 + i) for i in range(accounts)])}
    for i in range(columns):
        table[f"A{i:02}"] = pa.array(np.exp(random.uniform(0, 30, accounts)).astype(np.int64))
    pq.write_table(pa.table(table), path, row_group_size=group)
    return path


def built(balances: Path, out: Path, engine: Engine | None = None, order: Order = ORDER) -> Built:
    return build(open_source(balances), out, order, given_key=KEY, engine=engine)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def csv(path: Path, rows: Mapping[str, Sequence[int]], columns: Sequence[str]) -> Path:
    """A file with these accounts and amounts, of any size."""
    lines = [",".join([account, *map(str, amounts)]) for account, amounts in rows.items()]
    path.write_text("\n".join([",".join(["account", *columns]), *lines]) + "\n", encoding="utf-8")
    return path


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """What is in a folder, to see whether it changed."""
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")}


@contextmanager
def small_buckets(bits: int = 5, part_bytes: int = 1 << 13) -> Iterator[None]:
    """Trees of many buckets in several parts, for few accounts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sizes, "SMALLEST", bits)
        patch.setattr(sizes, "LARGEST", bits)
        patch.setattr(sizes, "SMALL_PART", part_bytes)
        yield
