"""Made-up balances for measuring: as many as one likes, written in bounded memory."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

GROUP = 1 << 17
"""Accounts in a row group."""
FIRST = 1_000_000_000
ACCOUNT_BYTES = 10
EMPTY = 0.3
"""The share of balances that are zero."""
LARGEST = 10**12


def write(path: Path, accounts: int, columns: int) -> None:
    """A Parquet file: accounts of ten digits, and log-uniform balances."""
    random = np.random.default_rng(1)
    names = ["account", *(f"A{i:03}" for i in range(columns))]
    schema = pa.schema([pa.field(name, pa.int64() if name != "account" else pa.string()) for name in names])
    with pq.ParquetWriter(path, schema, compression="snappy", use_dictionary=False) as file:
        for first in range(0, accounts, GROUP):
            count = min(GROUP, accounts - first)
            texts = pa.array(np.arange(FIRST + first, FIRST + first + count)).cast(pa.string())
            amounts = [pa.array(_amounts(random, count)) for _ in range(columns)]
            file.write_table(pa.Table.from_arrays([texts, *amounts], schema=schema), row_group_size=GROUP)


def _amounts(random: np.random.Generator, count: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    amounts = np.exp(random.uniform(0, np.log(LARGEST), count)).astype(np.int64)
    amounts[random.random(count) < EMPTY] = 0
    return amounts
