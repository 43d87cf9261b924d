"""Long CSV: the lines of an account come together, wherever they lie."""

import random

import pytest

from echt.proofs.input import lines as csv_lines
from echt.proofs.input import long as long_form
from echt.proofs.input import open_source
from tests.proofs.input.balances import everything, lines, read, refusal

HEAD = "account,asset,amount"


@pytest.fixture
def small(monkeypatch):
    """Many shares and many blocks, of few rows."""
    monkeypatch.setattr(long_form, "SHARE", 200)
    monkeypatch.setattr(csv_lines, "BLOCK", 512)


def test_an_asset_without_a_line_is_zero_and_columns_are_in_order(tmp_path):
    file = lines(tmp_path / "a.csv", "asset,amount,account", "XRP,3,a", "BTC,1,a", "BTC,2,b")
    source = open_source(file)
    assert [column.name for column in source.columns] == ["BTC", "XRP"]
    assert everything(source) == [("a", (1, 3)), ("b", (2, 0))]
    assert source.rows is None


def test_many_rows_in_many_shares_and_files(tmp_path, small):
    chance = random.Random(7)
    table = {
        f"account {n}": {asset: chance.randrange(2**127) for asset in ("A", "B", "C") if chance.random() < 0.7}
        for n in range(300)
    }
    rows = [f"{name},{asset},{amount}" for name, amounts in table.items() for asset, amount in amounts.items()]
    chance.shuffle(rows)
    files = [lines(tmp_path / f"{n}.csv", HEAD, *rows[n::3]) for n in range(3)]
    source = open_source(files)
    assert len(source.portions) > 50
    found = everything(source)
    assert dict(found) == {n: tuple(of.get(a, 0) for a in ("A", "B", "C")) for n, of in table.items() if of}
    assert len(found) == len(dict(found))
    assert everything(source) == found
    assert everything(open_source(files)) == found


@pytest.mark.parametrize("apart", [0, 100])
def test_rule_3_an_account_with_two_amounts_of_an_asset(tmp_path, small, apart):
    others = [f"a{n},BTC,1" for n in range(apart)]
    one = lines(tmp_path / "1.csv", HEAD, "x,ETH,1", "x,BTC,1", *others)
    two = lines(tmp_path / "2.csv", HEAD, "y,BTC,1", "x,BTC,1")
    assert refusal([one, two]) == (
        f"{two}, row 2 (line 3): The account “x” has a second amount of BTC; the first is in {one}, row 2 (line 3)."
        " Remove one of them, or write their sum once."
    )


def test_accounts_are_found_in_the_files(tmp_path, small):
    one = lines(tmp_path / "1.csv", HEAD, "a,BTC,1", "b,BTC,2")
    two = lines(tmp_path / "2.csv", HEAD, "c,BTC,2", "b,ETH,2")
    assert open_source([one, two]).locate([b"b"]) == [("b", 2, str(one)), ("b", 2, str(two))]


def test_debt_and_decimals_by_asset(tmp_path):
    file = lines(tmp_path / "a.csv", HEAD, "a,BTC (debt),1.5", "a,BTC,2.5", "a,USDT,5")
    source = open_source(file, decimals={"BTC": 8}, debt=["USDT"])
    assert [(column.name, column.decimals) for column in source.columns] == [
        ("BTC", 8),
        ("BTC (debt)", 8),
        ("USDT (debt)", 0),
    ]
    assert everything(source) == [("a", (250000000, 150000000, 5))]
    assert refusal(file, decimals={"BTC": 8, "ETH": 18}).startswith(f"{file}: --decimals names “ETH”")


@pytest.mark.parametrize(
    ("asset", "said"), [("", "cannot be an asset"), ("B C", "cannot be an asset"), ("M\xfc", "cannot be an asset")]
)
def test_an_asset_with_an_odd_name(tmp_path, asset, said):
    file = lines(tmp_path / "a.csv", HEAD, "a,BTC,1", f"b,{asset},1", encoding="latin-1")
    assert refusal(file).startswith(f"{file}, row 2 (line 3), column asset: ")
    assert said in refusal(file)


def test_at_most_1000_assets(tmp_path):
    file = lines(tmp_path / "a.csv", HEAD, *(f"a,A{n},{n}" for n in range(1001)))
    assert refusal(file).startswith(f"{file}, row 1001 (line 1002), column asset: This is asset 1001")
    lines(file, HEAD, *(f"a,A{n:03},{n}" for n in range(1000)))
    assert read(file) == [("a", tuple(range(1000)))]


def test_no_room_for_sorting(tmp_path):
    file = lines(tmp_path / "a.csv", HEAD, "a,BTC,1")
    said = refusal(file, scratch=tmp_path / "nowhere")
    assert said.startswith(f"{tmp_path / 'nowhere'}: Long CSV is sorted here")
