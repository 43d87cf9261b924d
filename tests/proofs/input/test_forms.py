"""A column is wholly in smallest units or wholly in units of the asset, over the whole input."""

import json
from decimal import Decimal

import pyarrow as pa
import pytest

from echt.proofs.input import open_source
from echt.proofs.input.forms import Forms
from echt.proofs.refusals import Refused
from tests.proofs.input.balances import everything, lines, parquet, read, refusal

EIGHT = {"BTC": 8}


def test_both_in_one_column_are_refused_with_a_row_of_each(tmp_path):
    file = lines(tmp_path / "a.csv", "account,BTC", "a,0", "b,2", "c,1.5", "d,3")
    assert refusal(file, decimals=EIGHT) == (
        f"{file}, row 2 (line 3), column BTC: The amount “2” has no decimal point, but “1.5” in {file}, row 3 (line 4),"
        " column BTC has one. Without a point amounts are whole smallest units, with one they are units of BTC, so"
        " nobody can tell what is meant. Write the whole column in one way."
    )


def test_0_is_the_same_in_both(tmp_path):
    file = lines(tmp_path / "a.csv", "account,BTC,ETH", "a,0,0", "b,1.5,2", "c,0,00", "d,0.00,3")
    amounts = [row for _, row in read(file, decimals={"BTC": 8, "ETH": 18})]
    assert amounts == [(0, 0), (150000000, 2), (0, 0), (0, 3)]


def test_each_column_has_its_own_way(tmp_path):
    file = lines(tmp_path / "a.csv", "account,asset,amount", "a,BTC,1.5", "a,ETH,7", "b,BTC,2.5")
    assert read(file, decimals={"BTC": 8, "ETH": 18}) == [("a", (150000000, 7)), ("b", (250000000, 0))]
    mixed = lines(tmp_path / "b.csv", "account,asset,amount", "a,BTC,1.5", "a,ETH,7", "b,ETH,2.5")
    assert "“7” has no decimal point" in refusal(mixed, decimals={"BTC": 8, "ETH": 18})


def test_both_in_two_files_are_refused(tmp_path):
    one = lines(tmp_path / "1.csv", "account,BTC", "a,1.5")
    two = lines(tmp_path / "2.csv", "account,BTC", "b,2")
    said = refusal([one, two], decimals=EIGHT)
    assert said.startswith(f"{two}, row 1 (line 2), column BTC: The amount “2” has no decimal point")
    assert f"“1.5” in {one}, row 1" in said


@pytest.mark.parametrize("whole", [pa.array([0, 7]), pa.array([0, 7], pa.decimal128(38, 0)), pa.array(["0", "7"])])
@pytest.mark.parametrize("point", [pa.array([Decimal("0.5")], pa.decimal128(38, 8)), pa.array(["0.5"])])
def test_types_of_whole_numbers_are_smallest_units(tmp_path, whole, point):
    one = parquet(tmp_path / "1.parquet", {"account": ["a", "b"], "BTC": whole})
    two = parquet(tmp_path / "2.parquet", {"account": ["c"], "BTC": point})
    assert read(one, decimals=EIGHT) == [("a", (0,)), ("b", (7,))]
    assert read(two, decimals=EIGHT) == [("c", (50000000,))]
    for both in ([one, two], [two, one]):
        assert refusal(both, decimals=EIGHT).startswith(
            f"{one}, row 2, column BTC: The amount “7” has no decimal point"
        )


def test_reading_again_does_not_refuse(tmp_path):
    source = open_source(lines(tmp_path / "a.csv", "account,BTC", "a,1.5"), decimals=EIGHT)
    assert everything(source) == everything(source)


def test_a_resumed_build_knows_what_the_one_before_had_seen(tmp_path):
    files = [lines(tmp_path / "1.csv", "account,BTC", "a,1.5"), lines(tmp_path / "2.csv", "account,BTC", "b,2")]
    before = open_source(files, decimals=EIGHT)
    list(before.portions[0].batches())
    resumed = open_source(files, decimals=EIGHT)
    resumed.forms.restore(json.loads(json.dumps(before.forms.state())))
    with pytest.raises(Refused, match="has no decimal point"):
        list(resumed.portions[1].batches())


def test_people_can_be_told_how_a_column_was_read(tmp_path):
    file = lines(tmp_path / "a.csv", "account,BTC,ETH,XRP", "a,1.5,7,0")
    source = open_source(file, decimals={"BTC": 8, "ETH": 18, "XRP": 6})
    everything(source)
    assert [source.forms.form_of(column) for column in source.columns] == ["point", "whole", None]


def test_nothing_seen_is_an_empty_state():
    assert Forms().state() == {}
