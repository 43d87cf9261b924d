"""Selling: free units alone, told before, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from echt import clock
from echt.audit.models import AuditEvent
from echt.holds.models import Usage
from echt.wallets.actions.selling import offer_sale, sell
from echt.wallets.answers import Code
from echt.wallets.events import Event
from echt.wallets.gate import Refused
from echt.wallets.operations import Operation
from echt.wallets.refusals import NotOffered, QuoteOver, QuoteWrong
from tests.holds import worlds
from tests.wallets.exchanging import HOUR, quote_in, state, text_of

FORM, CONFIRM = "/wallets/sell/", "/wallets/sell/confirm/"
BOTH = pytest.mark.parametrize("operation", [Operation.SELL, Operation.SELL_P2P])


@pytest.fixture
def rich(account, world):
    """0.01 free Bitcoin, and 0.03 that are held for 72 hours."""
    worlds.deposit(account, world["BTC"], 1_000_000)
    worlds.bought(account, world["BTC"], 3_000_000, hours=72)
    return account


def offered(person, world, units=1_000_000, operation=Operation.SELL):
    return offer_sale(actor=person, asset=world["BTC"], operation=operation, units=units)


@BOTH
def test_rule_2_what_was_told_is_what_happens(lena, rich, world, operation):
    quote = offered(lena, world, operation=operation).quote
    assert (quote.paid, quote.got, quote.fee) == (1_000_000, 49_750, 250)
    worlds.rate(world["BTC"], 1_000)
    sell(actor=lena, signed=quote.signed())
    assert worlds.parts(rich, world["BTC"]) == (3_000_000, 3_000_000, 0)
    assert worlds.parts(rich, world["EUR"]) == (49_750, 0, 49_750)
    assert AuditEvent.objects.filter(event=Event.MONEY_SOLD.value).count() == 1


@BOTH
def test_rule_1_held_units_are_not_sold(lena, rich, world, operation):
    before = state()
    with pytest.raises(Refused) as refused:
        offered(lena, world, 1_000_001, operation)
    answer = refused.value.answer
    assert answer.reason(Code.HELD)
    assert (answer.movable, answer.next_release_at) == (1_000_000, clock.now() + timedelta(hours=72))
    assert state() == before


@BOTH
def test_rule_1_the_gate_decides_at_the_commit(lena, rich, world, operation):
    signed = offered(lena, world, operation=operation).quote.signed()
    worlds.withdraw(rich, world["BTC"], 1)
    with pytest.raises(Refused):
        sell(actor=lena, signed=signed)
    assert worlds.parts(rich, world["BTC"]) == (3_999_999, 3_000_000, 999_999)
    assert worlds.posted(rich, world["EUR"]) == 0
    assert not AuditEvent.objects.filter(event=Event.MONEY_SOLD.value).exists()


def test_rule_1_they_are_sold_at_the_instant_of_their_release(lena, rich, world, travel):
    end = clock.now() + timedelta(hours=72)
    travel.move_to(end - timedelta(microseconds=1))
    with pytest.raises(Refused):
        offered(lena, world, 4_000_000)
    travel.move_to(end)
    sell(actor=lena, signed=offered(lena, world, 4_000_000).quote.signed())
    assert worlds.posted(rich, world["BTC"]) == 0


def test_rule_2_a_quote_moves_money_once(lena, rich, world, travel):
    signed = offered(lena, world).quote.signed()
    sell(actor=lena, signed=signed)
    before = state()
    sell(actor=lena, signed=signed)
    travel.shift(HOUR)
    sell(actor=lena, signed=signed)
    assert state() == before


def test_rule_2_over_and_altered_quotes_move_nothing(lena, stranger, rich, world, travel):
    signed = offered(lena, world).quote.signed()
    before = state()
    for wrong in ("", signed[:-2], f"{signed}="):
        with pytest.raises(QuoteWrong):
            sell(actor=lena, signed=wrong)
    with pytest.raises(QuoteWrong):
        sell(actor=stranger, signed=signed)
    travel.shift(timedelta(seconds=30))
    with pytest.raises(QuoteOver):
        sell(actor=lena, signed=signed)
    assert state() == before


def test_rule_3_both_kinds_count_together_against_the_limit(lena, rich, world):
    for operation in (Operation.SELL, Operation.SELL_P2P):
        sell(actor=lena, signed=offered(lena, world, 1_000, operation).quote.signed())
    assert sorted(Usage.objects.filter(account=rich).values_list("counts", flat=True)) == ["fiat", "fiat"]


def test_who_is_not_advanced_sells_nothing(lena, rich, world):
    lena.level_grants.update(revoked_at=clock.now())
    before = state()
    with pytest.raises(Refused):
        offered(lena, world)
    assert state() == before


def test_without_the_sandbox_no_other_person_buys(lena, rich, world, set_wallets):
    signed = offered(lena, world, operation=Operation.SELL_P2P).quote.signed()
    set_wallets(sandbox=False)
    before = state()
    with pytest.raises(NotOffered):
        offered(lena, world, operation=Operation.SELL_P2P)
    with pytest.raises(NotOffered):
        sell(actor=lena, signed=signed)
    with pytest.raises(NotOffered):
        offered(lena, world, operation=Operation.SEND)
    assert state() == before


# Pages --------------------------------------------------------------------------------------------------------


def test_the_way_through_the_pages(browser, rich, world):
    answer = browser.post(FORM, {"asset": "BTC", "amount": "0.01", "operation": "sell"})
    told = text_of(answer)
    assert "€497.50" in told
    assert "€2.50" in told
    done = browser.post(CONFIRM, {"quote": quote_in(answer)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("wallets:overview")
    assert "Sold: 0.01000000 BTC for €497.50." in text_of(done)


def test_refused_the_page_says_what_may_be_sold_now_and_when_the_rest(browser, rich, world):
    answer = browser.post(FORM, {"asset": "BTC", "amount": "0.02", "operation": "sell"})
    told = text_of(answer)
    assert answer.status_code == 422
    assert "0.01000000 BTC may be sold now." in told
    assert "25 Nov 2026, 13:00 CET" in told
    assert 'value="0.01"' in answer.content.decode()
    again = browser.post(FORM, {"asset": "BTC", "amount": "0.01", "operation": "sell"})
    assert browser.post(CONFIRM, {"quote": quote_in(again)}).status_code == 302


def test_refused_at_the_commit_the_page_says_so_too(browser, rich, world):
    signed = quote_in(browser.post(FORM, {"asset": "BTC", "amount": "0.01", "operation": "sell_p2p"}))
    worlds.withdraw(rich, world["BTC"], 500_000)
    answer = browser.post(CONFIRM, {"quote": signed})
    assert answer.status_code == 422
    assert 'value="0.005"' in answer.content.decode()


def test_a_price_that_is_over_is_refused_with_a_new_one(browser, rich, world, travel):
    signed = quote_in(browser.post(FORM, {"asset": "BTC", "amount": "0.01", "operation": "sell"}))
    travel.shift(timedelta(minutes=1))
    before = state()
    answer = browser.post(CONFIRM, {"quote": signed})
    assert answer.status_code == 422
    assert "no longer valid" in text_of(answer)
    assert quote_in(answer) != signed
    assert state() == before


def test_nonsense_is_answered_in_words(browser, rich):
    for wrong in [
        {"asset": "EUR"},
        {"asset": ""},
        {"amount": "lots"},
        {"amount": "-0.01"},
        {"amount": ""},
        {"operation": "gift"},
        {"operation": ""},
        {"operation": "\x00"},
    ]:
        before = state()
        assert browser.post(FORM, {"asset": "BTC", "amount": "0.01", "operation": "sell"} | wrong).status_code == 422
        assert state() == before
