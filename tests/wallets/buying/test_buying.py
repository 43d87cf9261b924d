"""Buying: what is told before, what begins, and what is refused."""

from datetime import timedelta

import pytest

from echt import clock
from echt.holds.models import Policy
from echt.wallets.actions.buying import begin_purchase, offer_purchase
from echt.wallets.answers import Code
from echt.wallets.gate import Refused
from echt.wallets.models import Purchase, Rate
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.refusals import (
    NoPrice,
    NotForSale,
    NotOffered,
    QuoteChanged,
    QuoteOver,
    QuoteWrong,
    TooLittle,
    TooMuch,
)
from tests.wallets.exchanging import begin, state


def offered(person, asset, channel=Channel.CARD, **values):
    return offer_purchase(actor=person, asset=asset, channel=channel, **(values or {"units": 1_000_000}))


def test_rule_1_price_fee_what_one_gets_and_the_hold_are_told(lena, world):
    offer = offered(lena, world["BTC"], units=1_000_000)
    quote = offer.quote
    assert (quote.got, quote.paid, quote.fee) == (1_000_000, 50_250, 250)
    assert offer.terms.hours == quote.hours == 72
    assert offer.terms.release_at == clock.now() + timedelta(hours=72)
    assert quote.policy == offer.terms.policy


def test_rule_1_an_amount_of_money_is_what_is_paid_fee_included(lena, world):
    quote = offered(lena, world["BTC"], paid=50_250).quote
    assert (quote.got, quote.paid, quote.fee) == (1_000_000, 50_250, 250)
    odd = offered(lena, world["NEAR"], paid=10_001).quote
    assert (odd.paid, odd.fee, odd.got) == (10_001, 50, 99_51 * 10**24 // 500)


def test_quotes_rule_3_what_is_paid_is_rounded_up_by_less_than_a_unit(lena, world):
    for units in [1, 3, 999, 123_456_789]:
        quote = offered(lena, world["BTC"], units=units).quote
        bare = quote.paid - quote.fee
        assert 0 <= bare * 10**8 - units * 5_000_000 < 10**8
        assert 0 <= quote.fee * 10_000 - bare * 50 < 10_000


def test_what_was_told_is_kept_with_the_purchase(lena, world, account):
    purchase = begin(lena, world["BTC"])
    policy = Policy.objects.get(name="card", valid_until=None)
    assert (purchase.account, purchase.state) == (account, PurchaseState.PENDING)
    assert (purchase.told_hours, purchase.told_policy) == (72, policy.pk)
    assert (purchase.amount, purchase.paid, purchase.currency) == (1_000_000, 50_250, world["EUR"])
    assert purchase.expires_at == clock.now() + timedelta(minutes=30)
    assert begin(lena, world["BTC"], channel=Channel.BANK).expires_at == clock.now() + timedelta(hours=72)


def test_rule_2_who_may_not_buy_is_told_before_anything_begins(stranger, world):
    before = state()
    with pytest.raises(Refused) as refused:
        offered(stranger, world["BTC"])
    assert refused.value.answer.reason(Code.LEVEL) or refused.value.answer.reason(Code.LIMIT)
    assert state() == before


def test_rule_2_it_is_asked_again_when_it_begins(lena, world):
    signed = offered(lena, world["BTC"]).quote.signed()
    lena.level_grants.update(revoked_at=clock.now())
    before = state()
    with pytest.raises(Refused):
        begin_purchase(actor=lena, signed=signed)
    assert state() == before


def test_rule_3_what_no_policy_holds_cannot_be_bought(lena, world):
    Policy.objects.filter(channel="card").update(valid_until=clock.now())
    before = state()
    with pytest.raises(NotForSale):
        offered(lena, world["BTC"])
    assert state() == before


def test_rule_4_a_quote_begins_one_purchase(lena, world, travel):
    signed = offered(lena, world["BTC"]).quote.signed()
    first = begin_purchase(actor=lena, signed=signed)
    assert begin_purchase(actor=lena, signed=signed) == first
    travel.shift(timedelta(hours=1))
    assert begin_purchase(actor=lena, signed=signed) == first
    assert Purchase.objects.count() == 1


def test_rule_5_a_longer_hold_is_told_before_anything_begins(lena, world):
    signed = offered(lena, world["BTC"]).quote.signed()
    Policy.objects.filter(channel="card").update(hours=96)
    before = state()
    with pytest.raises(QuoteChanged):
        begin_purchase(actor=lena, signed=signed)
    assert state() == before


def test_rule_5_a_shorter_one_is_not_in_the_way(lena, world):
    signed = offered(lena, world["BTC"]).quote.signed()
    Policy.objects.filter(channel="card").update(hours=48)
    assert begin_purchase(actor=lena, signed=signed).told_hours == 72


def test_quotes_rule_4_over_altered_and_foreign_ones_are_refused(lena, stranger, world, travel):
    signed = offered(lena, world["BTC"]).quote.signed()
    before = state()
    for wrong in ("", "x", signed[:-1], "A" + signed, signed.replace(":", "::"), "é" * 50, signed * 40):
        with pytest.raises(QuoteWrong):
            begin_purchase(actor=lena, signed=wrong)
    with pytest.raises(QuoteWrong):
        begin_purchase(actor=stranger, signed=signed)
    travel.shift(timedelta(seconds=29, milliseconds=999))
    travel.shift(timedelta(milliseconds=1))
    with pytest.raises(QuoteOver):
        begin_purchase(actor=lena, signed=signed)
    assert state() == before


def test_a_quote_counts_until_its_last_instant(lena, world, travel):
    signed = offered(lena, world["BTC"]).quote.signed()
    travel.shift(timedelta(seconds=29, microseconds=999_999))
    assert begin_purchase(actor=lena, signed=signed).state == PurchaseState.PENDING


def test_a_price_that_is_missing_or_old_refuses(lena, world):
    Rate.objects.filter(asset=world["BTC"]).update(good_until=clock.now())
    for asset in (world["BTC"],):
        with pytest.raises((NoPrice, Refused)):
            offered(lena, asset)
    Rate.objects.filter(asset=world["BTC"]).delete()
    with pytest.raises((NoPrice, Refused)):
        offered(lena, world["BTC"])


def test_too_little_and_too_much(lena, world):
    before = state()
    with pytest.raises(TooLittle):
        offered(lena, world["BTC"], paid=0)
    with pytest.raises(TooMuch):
        offered(lena, world["NEAR"], paid=10**78 - 1)
    assert state() == before


def test_nobody_buys_what_is_not_active_or_where_nobody_takes_the_payment(lena, world, set_wallets):
    world["ETH"].is_active = False
    world["ETH"].save()
    with pytest.raises(NotOffered):
        offered(lena, world["ETH"])
    with pytest.raises(NotOffered):
        offered(lena, world["EUR"])
    with pytest.raises(NotOffered):
        offered(lena, world["BTC"], channel=Channel.ONCHAIN)
    set_wallets(sandbox=False)
    with pytest.raises(NotOffered):
        offered(lena, world["BTC"])


def test_amounts_of_24_decimals_go_through_the_signed_quote_whole(lena, world):
    units = 123_456_789_012_345_678_901_234_567
    purchase = begin(lena, world["NEAR"], units)
    purchase.refresh_from_db()
    assert purchase.amount == units
