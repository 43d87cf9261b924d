"""A purchase by each channel, from what is told before it to the instant at which its coins are free. No worker runs."""

from datetime import timedelta

import pytest

from echt import clock
from echt.holds.models import HoldPosition
from echt.wallets.answers import Code
from echt.wallets.gate import gate
from echt.wallets.house import House
from echt.wallets.models import Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.moving import Coins
from echt.wallets.operations import Operation
from echt.wallets.processors.contract import Happened
from tests.holds import worlds
from tests.wallets.exchanging import account, browser, lena, quote_in, set_wallets, tell, text_of, world  # noqa: F401

HOURS = {Channel.CARD: 72, Channel.PROCESSOR: 72, Channel.BANK: 48, Channel.P2P: 24}
UNITS = 1_000_000
LEAVING = (Operation.WITHDRAW, Operation.SEND, Operation.SELL, Operation.SELL_P2P, Operation.GIFT)


@pytest.mark.parametrize("channel", HOURS)
def test_told_shown_held_traded_and_free_at_the_instant(channel, browser, world, account, travel):  # noqa: F811
    worlds.no_limits()
    bitcoin, begun = world["BTC"], clock.now()
    worlds.deposit(account, bitcoin, 300)

    typed = {"asset": "BTC", "amount": "0.01", "counted_in": "coins", "channel": channel.value}
    page = browser.post("/wallets/buy/", typed)
    assert f"Held for {HOURS[channel]} hours" in text_of(page)
    browser.post("/wallets/buy/confirm/", {"quote": quote_in(page)})
    purchase = Purchase.objects.get()
    travel.shift(timedelta(minutes=3))
    tell(purchase, Happened.COMPLETED)
    assert purchase.state == PurchaseState.COMPLETED

    end = clock.now() + timedelta(hours=HOURS[channel])
    assert end == begun + timedelta(minutes=3, hours=HOURS[channel])
    overview = text_of(browser.get("/wallets/"))
    assert "0.01000000 BTC" in overview
    assert "0.00000300" in overview
    assert "left" in overview

    travel.move_to(end - timedelta(microseconds=1))
    before = worlds.state()
    for operation in LEAVING:
        answer = attempt(account, operation, bitcoin, 301)
        assert [(reason.code, reason.until) for reason in answer.reasons] == [(Code.HELD, end)], operation
        assert (answer.movable, answer.held, answer.next_release_at) == (300, UNITS, end)
    assert worlds.state() == before
    assert worlds.convert(account, (bitcoin, UNITS), (world["USDT"], 500_000_000)).allowed
    assert worlds.parts(account, world["USDT"]) == (500_000_000, 499_850_000, 150_000)

    travel.move_to(end)
    assert HoldPosition.objects.get(balance__asset=world["USDT"]).remaining == 499_850_000
    for operation in LEAVING:
        assert attempt(account, operation, world["USDT"], 100_000_000).allowed, operation


def test_fiat_money_that_is_held_is_not_paid_out_either(account, world, travel):  # noqa: F811
    worlds.no_limits()
    held = worlds.bought(account, world["EUR"], 10_000, hours=24)

    refused = attempt(account, Operation.WITHDRAW_FIAT, world["EUR"], 1)
    assert [(reason.code, reason.until) for reason in refused.reasons] == [(Code.HELD, held.release_at)]
    travel.move_to(held.release_at)
    assert attempt(account, Operation.WITHDRAW_FIAT, world["EUR"], 10_000).allowed


def attempt(account, operation, asset, units):  # noqa: F811
    """Ask, then do it: both say the same."""
    advice = gate().ask(account=account.pk, operation=operation, asset=asset.pk, units=units)
    answer = worlds.move(account, operation, pays=Coins(asset=asset.pk, units=units), other=House.TRADING.pk)
    assert (advice.allowed, advice.reasons, advice.movable) == (answer.allowed, answer.reasons, answer.movable)
    return answer
