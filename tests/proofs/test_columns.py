import pytest

from echt.proofs.columns import MOST_COLUMNS, Column, Side, checked
from echt.proofs.refusals import Refused


def test_a_column_is_named_for_people():
    assert Column("BTC").name == "BTC"
    assert Column("BTC", 8, Side.DEBT).name == "BTC (debt)"
    assert Column("BTC", 8, Side.DEBT).as_json() == {"asset": "BTC", "decimals": 8, "side": "debt"}


@pytest.mark.parametrize(
    ("decimals", "amount", "shown"),
    [
        (0, 150000000, "150000000"),
        (8, 150000000, "1.50000000"),
        (8, 0, "0.00000000"),
        (8, 1, "0.00000001"),
        (36, 2**127 - 1, "170.141183460469231731687303715884105727"),
        (2, -5, "-0.05"),
    ],
)
def test_an_amount_is_shown_exactly(decimals, amount, shown):
    assert Column("A", decimals).shown(amount) == shown


@pytest.mark.parametrize("asset", ["", "A" * 33, "A B", "ü", "A/B", "BTC\n"])
def test_an_asset_with_an_odd_name_is_refused(asset):
    with pytest.raises(Refused, match="1 to 32 of the characters"):
        Column(asset)


@pytest.mark.parametrize("decimals", [-1, 37])
def test_odd_decimals_are_refused(decimals):
    with pytest.raises(Refused, match="0 to 36"):
        Column("BTC", decimals)


def test_an_asset_stands_once_on_each_side():
    both = (Column("BTC"), Column("BTC", 0, Side.DEBT))
    assert checked(both) == both
    with pytest.raises(Refused, match="BTC is there twice"):
        checked([Column("BTC"), Column("BTC", 8)])


def test_a_statement_has_1_to_1000_columns():
    with pytest.raises(Refused, match="0 columns"):
        checked([])
    many = [Column(f"A{number}") for number in range(MOST_COLUMNS + 1)]
    assert len(checked(many[:-1])) == MOST_COLUMNS
    with pytest.raises(Refused, match="1001 columns"):
        checked(many)
