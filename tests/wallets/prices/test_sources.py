"""How what a source says is read."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.wallets.prices.sources import Observation, SourceFailed, read, require_past, units_of
from tests.wallets.prices.worlds import ONE, answer

AT = datetime(2026, 11, 22, 11, 59, 55, tzinfo=UTC)


def refused(content):
    with pytest.raises(SourceFailed) as caught:
        read(content, currency="EUR")
    return str(caught.value)


def test_prices_as_text_and_as_numbers():
    content = b'{"currency": "EUR", "observed_at": "2026-11-22T12:59:55+01:00", "prices": {"BTC": "81234.5", "ETH": 2876.100000000000000001, "SHIB": 1e-5}}'

    assert read(content, currency="EUR") == [
        Observation(code="BTC", value=81234_5 * 10**17, observed_at=AT),
        Observation(code="ETH", value=2876_100000000000000001, observed_at=AT),
        Observation(code="SHIB", value=10**13, observed_at=AT),
    ]


def test_a_price_may_have_a_time_of_its_own():
    content = answer({"BTC": {"price": "5", "observed_at": "2026-11-22T11:00:00Z"}})

    assert read(content, currency="EUR")[0].observed_at == datetime(2026, 11, 22, 11, tzinfo=UTC)


@given(st.integers(1, 10**40), st.integers(0, 18))
def test_rule_2_every_digit_is_kept(number, places):
    text = f"{Decimal(number).scaleb(-places, None):f}" if number < 10**25 else str(number)
    exact = number * 10 ** (18 - places) if number < 10**25 else number * ONE

    assert units_of(text) == exact
    assert units_of(Decimal(text)) == exact


@pytest.mark.parametrize(
    "price",
    [
        "",
        "x",
        "1,5",
        "NaN",
        "Infinity",
        "-1",
        "0",
        "0.000",
        "0.0000000000000000001",
        "1e999999999",
        "1e60",
        "٣",
        None,
        True,
        [],
        "9" * 200,
    ],
)
def test_rule_1_one_bad_price_and_the_whole_answer_is_refused(price):
    refused(answer({"BTC": "81234.5", "ETH": price}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        b'{"currency": "EUR", "observed_at": "2026-11-22T11:59:55Z", "prices": {"BTC": NaN}}',
        b'{"currency": "EUR", "observed_at": "2026-11-22T11:59:55Z", "prices": {"BTC": 1, "BTC": 2}}',
        b'{"currency": "EUR", "observed_at": "2026-11-22T11:59:55Z", "prices": {"BTC": 1e99999999999999999999}}',
        b'{"currency": "EUR", "observed_at": "2026-11-22T11:59:55Z", "prices": {"BTC": ' + b"9" * 10_000 + b"}}",
        answer({}),
        answer([]),
        answer({"": "1"}),
        answer({"B" * 13: "1"}),
        answer(observed_at="2026-11-22T11:59:55"),
        answer(observed_at="yesterday"),
        answer(observed_at=7),
        answer(currency="USD"),
        b'{"currency": "EUR", "prices": {"BTC": "1"}}',
    ],
)
def test_rule_1_what_is_no_answer_is_refused(content):
    assert refused(content)


def test_rule_4_prices_in_another_currency_are_refused():
    assert "EUR" in refused(answer(currency="USD"))


def test_rule_3_a_price_of_the_future_is_refused():
    told = read(answer(), currency="EUR")

    require_past(told, AT)
    with pytest.raises(SourceFailed):
        require_past(told, AT - timedelta(microseconds=1))
