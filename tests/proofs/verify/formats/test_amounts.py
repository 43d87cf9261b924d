"""Exact amounts; what Java prints for each was printed by Java itself."""

from decimal import Decimal

import pytest

from echt.proofs.verify.content import Content
from echt.proofs.verify.formats.amounts import (
    NotAnAmount,
    amount_of,
    amounts_of,
    cut,
    fixed,
    java_text,
    plain,
    same_amounts,
    sums_of,
)

WRITTEN_TO_STRING_PLAIN_FIXED = [
    ("0.00000067", "6.7E-7", "0.00000067", "0.00000067"),
    ("1.50", "1.50", "1.5", "1.50000000"),
    ("0.000001", "0.000001", "0.000001", "0.00000100"),
    ("0E-8", "0E-8", "0", "0.00000000"),
    ("1E+3", "1E+3", "1000", "1000.00000000"),
    ("0.00000000", "0E-8", "0", "0.00000000"),
    ("-0.0", "0.0", "0", "0.00000000"),
    ("0.0000010", "0.0000010", "0.000001", "0.00000100"),
    ("1E-7", "1E-7", "0.0000001", "0.00000010"),
    ("-0.000000019", "-1.9E-8", "-0.000000019", "-0.00000001"),
    (
        "123456789012345678901234567890.10",
        "123456789012345678901234567890.10",
        "123456789012345678901234567890.1",
        "123456789012345678901234567890.10000000",
    ),
]


@pytest.mark.parametrize(("written", "to_string", "without_zeros", "eight"), WRITTEN_TO_STRING_PLAIN_FIXED)
def test_amounts_are_written_as_java_writes_them(written, to_string, without_zeros, eight):
    amount = amount_of(written)

    assert (java_text(amount), plain(amount), fixed(amount, 8)) == (to_string, without_zeros, eight)


def test_a_number_of_a_file_keeps_its_digits():
    number = Content(b'{"amount": 1.500}').members["amount"]

    assert java_text(amount_of(number)) == "1.500"


def test_sums_keep_the_longer_scale_and_never_round():
    small, large = Decimal("1E-60"), Decimal("9" * 60)

    assert java_text(sums_of([{"BTC": Decimal("1.50")}, {"BTC": Decimal("0.5")}])["BTC"]) == "2.00"
    assert plain(sums_of([{"BTC": small}, {"BTC": large}])["BTC"]) == "9" * 60 + "." + "0" * 59 + "1"


def test_what_is_cut_off_goes_towards_zero_and_leaves_no_sign():
    assert [str(cut(Decimal(text), 2)) for text in ("1.999", "-1.999", "-0.001")] == ["1.99", "-1.99", "0.00"]


def test_an_asset_that_is_not_named_is_nothing():
    assert same_amounts({"BTC": Decimal("0.00")}, {})
    assert not same_amounts({"BTC": Decimal(1)}, {"ETH": Decimal(1)})


@pytest.mark.parametrize(
    "value",
    [
        *("", " 1", "1 ", "+1", ".5", "1.", "1,5", "0x1", "١", "1_0", "-", "--1"),
        *("NaN", "Infinity", "1e999", "1E+999999999", "1" * 61, "0." + "1" * 61),
        *(10**60, -(10**60), 10**5000, True, None, [], {}, 1.5, b"1", Decimal("NaN")),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) else "number",
)
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(NotAnAmount):
        amount_of(value)


@pytest.mark.parametrize("value", [None, [], "1", {"BTC": None}, {str(number): 1 for number in range(1001)}])
def test_what_are_no_amounts_of_a_node_are_refused(value):
    with pytest.raises(NotAnAmount):
        amounts_of(value)
