"""From what sources say to the rates that count."""

from datetime import timedelta

import pytest

from echt import clock
from echt.wallets.actions.assets import ensure_basics
from echt.wallets.models import Price, Rate
from echt.wallets.prices.refreshing import FOREVER, refresh
from echt.wallets.rating import PriceMissing, PriceStale, rate_of, value
from tests.holds.worlds import asset
from tests.wallets.prices.worlds import FAILED, ONE, Says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def btc():
    return asset("BTC", 8)


def test_the_median_of_two_sources_counts(btc):
    refresh([Says("one", BTC=80_000 * ONE), Says("two", ago=7, BTC=80_001 * ONE)])

    rate = rate_of(btc)
    assert (rate.value, rate.sources) == (80_000 * ONE + ONE // 2, 2)
    assert rate.observed_at == clock.now() - timedelta(seconds=7)
    assert rate.good_until == rate.observed_at + timedelta(seconds=60)


def test_rule_1_a_source_that_fails_is_skipped_and_the_others_count(btc):
    answers = refresh(
        [Says("one", BTC=ONE), Says("bad", fails=FAILED), Says("broken", fails=KeyError("x")), Says("two", BTC=ONE)]
    )

    assert rate_of(btc).value == ONE
    assert answers["bad"] is FAILED
    assert sorted(Price.objects.values_list("source", flat=True)) == ["one", "two"]


def test_a_price_of_the_future_is_not_kept(btc):
    refresh([Says("one", ago=-1, BTC=ONE), Says("two", BTC=ONE)])

    assert [*Price.objects.values_list("source", flat=True)] == ["two"]
    with pytest.raises(PriceMissing):
        rate_of(btc)


def test_rule_3_the_rate_before_counts_until_its_own_end(btc, travel):
    refresh([Says("one", BTC=ONE), Says("two", BTC=ONE)])
    travel.shift(timedelta(seconds=59))
    refresh([Says("one", fails=FAILED), Says("two", BTC=ONE)])
    assert rate_of(btc).good_until == clock.now() + timedelta(seconds=1)

    travel.shift(timedelta(seconds=1))
    with pytest.raises(PriceStale) as caught:
        rate_of(btc)
    assert "BTC" in caught.value.sentence


def test_an_older_price_never_replaces_a_newer_one(btc):
    refresh([Says("one", BTC=2 * ONE), Says("two", BTC=2 * ONE)])
    refresh([Says("one", ago=30, BTC=ONE), Says("two", ago=30, BTC=ONE)])

    assert rate_of(btc).value == 2 * ONE
    assert Price.objects.count() == 2


def test_a_source_that_the_settings_no_longer_name_does_not_count(btc, travel):
    refresh([Says("one", BTC=ONE), Says("gone", BTC=ONE)])
    travel.shift(timedelta(seconds=30))
    refresh([Says("one", BTC=ONE)])

    assert rate_of(btc).observed_at == clock.now() - timedelta(seconds=30)


def test_assets_that_we_do_not_have_are_left_out(btc):
    refresh([Says("one", BTC=ONE, DOGE=ONE), Says("two", BTC=ONE, DOGE=ONE)])

    assert {*Rate.objects.values_list("asset__code", flat=True)} == {"BTC"}


def test_rule_4_the_reference_currency_is_worth_one_and_no_stablecoin_is():
    ensure_basics()
    euro, tether = asset("EUR"), asset("USDT")
    refresh([Says("one", EUR=5 * ONE), Says("two", EUR=5 * ONE)])

    assert (rate_of(euro).value, rate_of(euro).good_until) == (ONE, FOREVER)
    with pytest.raises(PriceMissing) as caught:
        rate_of(tether)
    assert "USDT" in caught.value.sentence


def test_rule_4_another_reference_currency_ends_the_one_before(set_wallets):
    ensure_basics()
    set_wallets(reference="USD")
    ensure_basics()
    refresh([])

    assert rate_of(asset("USD")).value == ONE
    with pytest.raises(PriceMissing):
        rate_of(asset("EUR"))


def test_value_is_exact_and_rounds_as_the_caller_says(btc):
    near = asset("NEAR", 24)
    Rate.objects.create(asset=btc, value=80_000 * ONE, observed_at=clock.now(), good_until=FOREVER, sources=2)
    Rate.objects.create(asset=near, value=2 * ONE + 1, observed_at=clock.now(), good_until=FOREVER, sources=2)

    worth = 3 * 10**24 * (2 * ONE + 1) * 10**8, 10**24 * 80_000 * ONE
    assert value(3 * 10**24, near, btc) == worth[0] // worth[1] == 7500
    assert value(3 * 10**24, near, btc, up=True) == 7501
    assert value(1, near, btc) == 0
    assert value(1, near, btc, up=True) == 1
    assert value(10**30 + 1, btc, btc) == 10**30 + 1
