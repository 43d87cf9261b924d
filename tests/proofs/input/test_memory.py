"""Memory is bounded whatever the input holds."""

import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pytest

from echt.proofs.input import lines as csv_lines
from echt.proofs.input import open_source
from echt.proofs.input.batch import CELLS, FEWEST_ROWS, MOST_ROWS, ROWS, rows_at_once, rows_in_a_portion
from tests.proofs.input.balances import lines, parquet, refusal

GIB = 2**30


@pytest.mark.parametrize("head", ["account,BTC\na,1\n", "account,asset,amount\na,BTC,1\n"])
def test_rule_2_ten_gigabytes_of_one_line(tmp_path, monkeypatch, head):
    monkeypatch.setattr(csv_lines, "BLOCK", 2**22)
    file = tmp_path / "a.csv"
    file.write_bytes(head.encode() + b"b,1")
    os.truncate(file, 10 * GIB)
    tracemalloc.start()
    said = refusal(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said.startswith(f"{file}, row ")
    assert "The line is longer than" in said
    assert peak < 8 * 2**22


def test_rule_2_ten_gigabytes_of_one_first_line(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_lines, "BLOCK", 2**20)
    file = tmp_path / "a.csv"
    file.write_bytes(b"a" * 2**21)
    os.truncate(file, 10 * GIB)
    assert "The line is longer than" in refusal(file)


def test_batches_of_many_columns_have_fewer_rows():
    assert rows_at_once(1) == rows_at_once(8) == ROWS
    assert rows_at_once(1000) * 1000 <= CELLS


def test_a_row_group_of_any_size_is_read_in_batches(tmp_path):
    rows = ROWS + 5
    columns = {"account": np.arange(rows), "BTC": np.arange(rows)}
    file = parquet(tmp_path / "a.parquet", columns, row_group_size=2 * ROWS)
    source = open_source(file)
    batches = [batch for portion in source.portions for batch in portion.batches()]
    assert [(batch.first_row, len(batch)) for batch in batches] == [(1, ROWS), (ROWS + 1, 5)]
    assert batches[1].low.tolist() == [list(range(ROWS, rows))]
    assert batches[1].accounts[batches[1].ends[0] : batches[1].ends[1]].tobytes() == str(ROWS).encode()


def test_large_inputs_have_large_portions_and_small_ones_still_several():
    assert rows_in_a_portion(100_000_000) == MOST_ROWS
    assert rows_in_a_portion(16 * FEWEST_ROWS) == FEWEST_ROWS
    assert rows_in_a_portion(3) == FEWEST_ROWS


def test_small_row_groups_are_put_together(tmp_path):
    rows = 3 * 2**19
    columns = {"account": np.arange(rows), "BTC": pa.array(np.zeros(rows, np.int8))}
    file = parquet(tmp_path / "a.parquet", columns, row_group_size=2**14)
    source = open_source(file)
    found = [sum(len(batch) for batch in portion.batches()) for portion in source.portions]
    assert found == [rows // 16] * 16
    assert source.locate([str(ROWS).encode()]) == [(str(ROWS), ROWS + 1, str(file))]


def test_short_lines_are_cut_into_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("echt.proofs.input.lines.rows_at_once", lambda _columns: 7)
    file = lines(tmp_path / "a.csv", "account,A", *(f"{n},1" for n in range(20)))
    source = open_source(file)
    assert [(b.first_row, len(b)) for p in source.portions for b in p.batches()] == [(1, 7), (8, 7), (15, 6)]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_portions_are_read_by_two_threads_as_by_one(tmp_path, monkeypatch, ending):
    monkeypatch.setattr(csv_lines, "BLOCK", 2**12)
    file = tmp_path / f"a.{ending}"
    rows = 2000
    if ending == "csv":
        lines(file, "account,A", *(f"{n},{n}" for n in range(rows)))
    else:
        monkeypatch.setattr("echt.proofs.input.batch.FEWEST_ROWS", 100)
        parquet(file, {"account": np.arange(rows), "A": np.arange(rows)}, row_group_size=100)
    source = open_source(file)
    assert len(source.portions) > 4
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda portion: [batch.low.tolist() for batch in portion.batches()], source.portions))
    assert [amount for portion in found for batch in portion for amount in batch[0]] == list(range(rows))
