"""How fast balances are read, beside what pyarrow needs for the same columns: `python benchmarks/read_balances.py`.

Both run in turns in the same process, on one thread and on all cores; the best of some rounds counts. Ours checks every
account and amount and lays the amounts out for the engine; pyarrow alone decodes.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from echt.proofs.input import ROWS, Portion, open_source

ASSETS = ("BTC", "ETH", "USDT", "XRP")
ROUNDS = 3
LINES = 5
"""The CSV file has a fifth of the rows."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    with TemporaryDirectory() as folder:
        parquet, lines = Path(folder, "balances.parquet"), Path(folder, "balances.csv")
        write(parquet, lines, rows)
        for threads in (1, os.cpu_count() or 1):
            compare(
                f"Parquet, threads: {threads}",
                rows,
                lambda n=threads: ours(parquet, n),
                lambda n=threads: plain(parquet, n),
            )
        compare("CSV, threads: 1", rows // LINES, lambda: ours(lines, 1), lambda: plain_lines(lines))


def write(parquet: Path, lines: Path, rows: int) -> None:
    chance = np.random.default_rng(1)
    writer = None
    for first in range(0, rows, ROWS):
        count = min(ROWS, rows - first)
        accounts = pc.cast(pa.array(np.arange(first, first + count) + 10**9), pa.string())
        amounts = {asset: chance.integers(0, 10**12, count) for asset in ASSETS}
        table = pa.table({"account": accounts, **amounts})
        writer = writer or pq.ParquetWriter(parquet, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
    pa.csv.write_csv(pq.read_table(parquet).slice(0, rows // LINES), lines)


def compare(what: str, rows: int, ours_: Callable[[], int], theirs: Callable[[], int]) -> None:
    best = [best_of(run, rows) for run in (theirs, ours_)]
    for name, (seconds, core_seconds) in zip(("pyarrow", "echt"), best, strict=True):
        rate = f"{rows / seconds / 1e6:6.1f} million rows/s"
        print(f"{what:20}  {name:8} {rate}   {core_seconds / rows * 1e8:6.1f} core-seconds for 100 million")


def best_of(run: Callable[[], int], rows: int) -> tuple[float, float]:
    times = []
    for _ in range(ROUNDS):
        begin, begin_cores = time.perf_counter(), time.process_time()
        if run() != rows:
            raise SystemExit("Rows are missing.")
        times.append((time.perf_counter() - begin, time.process_time() - begin_cores))
    return min(times)


def ours(path: Path, threads: int) -> int:
    source = open_source(path, decimals={"BTC": 8})
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(count, source.portions))


def count(portion: Portion) -> int:
    return sum(len(batch) for batch in portion.batches())


def plain(path: Path, threads: int) -> int:
    groups = pq.ParquetFile(path).num_row_groups

    def read(group: int) -> int:
        file = pq.ParquetFile(path, pre_buffer=False)
        return sum(batch.num_rows for batch in file.iter_batches(ROWS, row_groups=[group], use_threads=False))

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(read, range(groups)))


def plain_lines(path: Path) -> int:
    text = {name: pa.string() if name == "account" else pa.int64() for name in ("account", *ASSETS)}
    options = pa.csv.ConvertOptions(column_types=text)
    table = pa.csv.read_csv(path, pa.csv.ReadOptions(use_threads=False), convert_options=options)
    return int(table.num_rows)


if __name__ == "__main__":
    main()
