"""The overview: what one has and what of it may move, with what it is worth where that is known."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from echt import clock
from echt.holds.models import FOREVER, Hold, HoldPosition, HoldState, Limit
from echt.vault.ids import uuid7
from echt.wallets.models import Account, Asset, Balance, Rate, Transfer
from echt.wallets.operations import ALL_RESTRICTED, Operation
from tests.holds import worlds
from tests.wallets.pages.reading import main_of, text_of

PAGE, HELD = "/wallets/", "/wallets/held/"


@pytest.fixture
def some(account, coins):
    """One free Bitcoin, half a held one, and coins without a price."""
    worlds.deposit(account, coins["BTC"], 10**8)
    worlds.bought(account, coins["BTC"], 5 * 10**7, hours=48)
    worlds.deposit(account, coins["NEAR"], 1_234_567890123456789012345678)
    return account


def test_the_total_is_told_with_its_parts_and_the_time_of_the_prices(browser, some):
    told = text_of(browser.get(PAGE))
    assert "€75,000.00 1.50000000 BTC, prices of 13:00:00" in told
    assert "Movable now €50,000.00" in told
    assert "Held €25,000.00" in told
    assert "Tradable €75,000.00" in told
    assert "48 h 00 min 24 Nov 2026, 13:00 CET: 0.50000000 BTC" in told


def test_rule_1_what_has_no_price_is_named_and_is_not_zero(browser, some):
    told = text_of(browser.get(PAGE))
    assert "no price at the moment Not in the totals: NEAR." in told
    assert "NEAR Protocol" not in told
    assert "1,234.567890123456789012345678" in told
    assert "no price" in told.partition("1,234.567890123456789012345678")[2]


def test_rule_2_a_price_that_is_too_old_is_none(browser, some, coins):
    Rate.objects.filter(asset=coins["BTC"]).update(good_until=clock.now())
    told = text_of(browser.get(PAGE))
    assert "Not in the totals: BTC, NEAR." in told
    assert "€75,000.00" not in told
    assert "€0.00" not in told


def test_rule_3_worth_is_rounded_down(browser, account, coins):
    worlds.deposit(account, coins["USDT"], 1_999_999)
    assert "€1.99" in text_of(browser.get(PAGE))


def test_numbers_are_the_readers(customer, client_of, coins):
    from echt.wallets.access import account_of

    worlds.deposit(account_of(customer), coins["NEAR"], 10**30)
    worlds.deposit(account_of(customer), coins["BTC"], 123_456_789)
    told = text_of(client_of(customer).get(PAGE))
    assert "1.000.000,00000000" in told
    assert "1,23456789" in told
    assert "61.728,39 €" in told


def test_somebody_without_money_is_told_what_to_do(browser, coins):
    told = text_of(browser.get(PAGE))
    assert "Nothing here yet Buy your first coins" in told
    assert "Nothing is held Everything you own may move now." in told


def test_a_hold_says_what_may_be_done_with_it_and_until_when(browser, some):
    told = text_of(browser.get(PAGE))
    assert "0.50000000 BTC by card Came in today, 13:00. Held 48 h (T+2)" in told
    assert "48 h 00 min left until Tue 24 Nov, 13:00 24 Nov 2026, 13:00 CET" in told
    assert "Not yet: withdraw, send, sell, give away Allowed: trade, convert" in told


def test_a_hold_is_gone_at_the_instant(mia, client_of, some, travel):
    travel.shift(timedelta(hours=48) - timedelta(microseconds=1))
    browser = client_of(mia)
    worlds.rate(Asset.objects.get(code="BTC"), 50_000)
    assert "Held €25,000.00" in text_of(browser.get(PAGE))
    travel.shift(timedelta(microseconds=1))
    told = text_of(browser.get(PAGE))
    assert "Movable now €75,000.00" in told
    assert "Nothing is held" in told
    assert "1 earlier hold, the last ended today, 13:00." in told


def test_a_converted_hold_says_where_it_is_now(browser, some, coins):
    worlds.convert(some, (coins["BTC"], 125_000_000), (coins["USDT"], 62_500_000_000))
    told = text_of(browser.get(PAGE))
    assert "0.25000000 BTC + 12,500.000000 USDT by card" in told
    assert "as 0.50000000 BTC." in told


def test_a_frozen_hold_has_no_date(browser, some):
    Hold.objects.update(state=HoldState.FROZEN.value, release_at=FOREVER)
    HoldPosition.objects.update(release_at=FOREVER)
    told = text_of(browser.get(PAGE))
    assert "Frozen no date: a person looks at it" in told
    assert "9999" not in told
    assert "left until" not in told


def test_limits_say_what_is_left_and_when_room_comes_back(browser, some, coins):
    worlds.withdraw(some, coins["BTC"], 10**7)
    told = text_of(browser.get(PAGE))
    assert "Withdrawals, transfers and gifts in 24 hours 10 BTC 0.10000000 BTC 9.90000000 BTC tomorrow, 13:00" in told
    assert "Buying and selling for fiat money in 24 hours not at your level 0 BTC" in told


def test_without_a_limit_nothing_may_leave_and_it_says_so(browser, some):
    Limit.objects.update(valid_until=clock.now())
    assert "Nothing may leave yet" in text_of(browser.get(PAGE))


def test_small_balances_can_be_left_out(browser, some, coins):
    worlds.deposit(some, coins["USDT"], 999_999)
    shown, hidden = (main_of(browser.get(path)) for path in (PAGE, f"{PAGE}?small=hidden"))
    assert "/wallets/USDT/" in shown
    assert "/wallets/USDT/" not in hidden
    assert "Show 1 small balance" in hidden
    assert "/wallets/NEAR/" in hidden


def test_hidden_amounts_are_not_in_the_page(browser, some):
    page = main_of(browser.get(f"{PAGE}?amounts=hidden"))
    for amount in ("75,000.00", "50,000.00", "25,000.00", "1.50000000", "0.50000000", "1,234.56"):
        assert amount not in page, amount
    assert "•••••" in page
    assert "Show amounts" in page


def test_earlier_holds_say_how_they_ended(mia, client_of, some, travel):
    assert "No earlier holds" in text_of(client_of(mia).get(f"{HELD}?show=earlier"))
    travel.shift(timedelta(hours=48))
    told = text_of(client_of(mia).get(f"{HELD}?show=earlier"))
    assert "0.50000000 BTC by card" in told
    assert "Free, the time was over 24 Nov 2026, 13:00 CET" in told


def test_an_asset_has_a_page_of_its_own(browser, some):
    told = text_of(browser.get("/wallets/BTC/"))
    assert "Total Hide amounts" not in told
    assert "1.50000000 €75,000.00" in told
    assert "Movable now 1.00000000" in told
    assert "Purchase today, 13:00 +0.50000000 BTC 1.50000000 BTC" in told
    assert browser.get("/wallets/DOGE/").status_code == 404
    assert "No EUR is held." in text_of(browser.get("/wallets/EUR/"))


def test_an_unknown_place_among_the_holds_is_not_there(browser, some):
    assert browser.get(f"{HELD}?after=nonsense").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_holds(browser, some, coins):
    few = queries(browser)
    add_holds(some, coins["BTC"], 300)
    assert queries(browser) == few
    assert "All 301 holds" in text_of(browser.get(PAGE))


def test_all_holds_come_by_the_page(browser, some, coins):
    add_holds(some, coins["BTC"], 60)
    seen, path = [], HELD
    while path:
        page = main_of(browser.get(path))
        seen += re.findall(r"/wallets/holds/([0-9a-f-]{36})", page)
        path = next(iter(re.findall(r'href="(/wallets/held/[^"]*after=[^"]*)"', page)), "").replace("&amp;", "&")
    assert sorted(seen) == sorted(str(hold.pk) for hold in Hold.objects.all())


def queries(browser):
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        browser.get(PAGE)
    return len(captured)


def add_holds(account: Account, coin: Asset, count: int) -> None:
    """Holds of a millionth each, as rows."""
    now, balance = clock.now(), Balance.objects.get(account=account, asset=coin)
    transfers = [
        Transfer(account=account, key=uuid7().hex, operation=Operation.BUY.value, outcome="done", answer={})
        for _ in range(count)
    ]
    holds = [
        Hold(
            account=account,
            transfer=transfer,
            policy=worlds.policy(),
            channel="bank",
            asset=coin,
            amount=1,
            acquired_at=now,
            hours=72,
            release_at=now + timedelta(hours=72, seconds=place),
        )
        for place, transfer in enumerate(transfers)
    ]
    positions = [
        HoldPosition(
            hold=hold,
            balance=balance,
            remaining=1,
            release_at=hold.release_at,
            acquired_at=now,
            restricts=ALL_RESTRICTED,
        )
        for hold in holds
    ]
    Transfer.objects.bulk_create(transfers)
    Hold.objects.bulk_create(holds)
    HoldPosition.objects.bulk_create(positions)
