"""Reserves over liabilities."""

from fractions import Fraction

import pytest

from echt.proofs.columns import Column, Side
from echt.proofs.reserves.ratio import Cover, covers, percent

COLUMNS = (Column("BTC", 8), Column("USDT", 6), Column("USDT", 6, Side.DEBT), Column("DOGE", 8))


@pytest.mark.parametrize(
    ("reserves", "liabilities", "decimals", "text"),
    [
        (99999, 100000, 2, "99.99"),
        (99999, 100000, 0, "99"),
        (100000, 100000, 2, "100.00"),
        (101279, 100000, 1, "101.2"),
        (10**40 - 1, 10**40, 12, "99.999999999999"),
        (0, 7, 2, "0.00"),
        (1, 3, 6, "33.333333"),
        (5, 10**9, 2, "0.00"),
    ],
)
def test_rule_1_percentages_are_rounded_down(reserves, liabilities, decimals, text):
    assert percent(Fraction(reserves, liabilities), decimals) == text
    assert Cover("BTC", reserves, liabilities).percent(decimals) == text


def test_rule_2_debt_is_never_taken_off():
    usdt = covers(COLUMNS, (10, 100, 40, 0), {"BTC": 10, "USDT": 60})[1]

    assert (usdt.liabilities, usdt.debt, usdt.percent(), usdt.is_enough) == (100, 40, "60.00", False)
    assert usdt.missing == 40


def test_rule_3_where_nothing_is_owed_there_is_no_ratio():
    doge = covers(COLUMNS, (10, 100, 40, 0), {"DOGE": 5})[2]

    assert (doge.ratio, doge.percent(), doge.is_enough) == (None, None, True)


def test_rule_3_where_nothing_is_there_it_is_zero():
    btc = covers(COLUMNS, (10, 100, 40, 0), {})[0]

    assert (btc.percent(), btc.is_enough) == ("0.00", False)


def test_rule_4_what_is_not_owed_covers_nothing():
    found = covers(COLUMNS, (10, 0, 0, 0), {"XRP": 1000, "BTC": 9})

    assert [cover.asset for cover in found] == ["BTC", "USDT", "DOGE", "XRP"]
    assert not found[0].is_enough
    assert not found[3].is_counted
