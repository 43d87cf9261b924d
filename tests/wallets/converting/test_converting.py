"""Converting: what is told is what happens, once; the hold goes along."""

from datetime import timedelta

import pytest
from django.urls import reverse

from echt import clock
from echt.wallets.actions.converting import convert, offer_conversion
from echt.wallets.answers import Code
from echt.wallets.gate import Refused
from echt.wallets.house import House
from echt.wallets.models import Posting, Rate
from echt.wallets.quotes import fee_on
from echt.wallets.refusals import NoPrice, NotOffered, QuoteOver, QuoteWrong, TooLittle, TooMuch
from tests.holds import worlds
from tests.wallets.exchanging import HOUR, quote_in, state, text_of

FORM, CONFIRM = "/wallets/convert/", "/wallets/convert/confirm/"


@pytest.fixture
def rich(account, world):
    """0.01 free Bitcoin, and 0.03 that are held for 72 hours."""
    worlds.deposit(account, world["BTC"], 1_000_000)
    worlds.bought(account, world["BTC"], 3_000_000, hours=72)
    return account


def offered(person, world, units=1_000_000, source="BTC", target="ETH"):
    return offer_conversion(actor=person, source=world[source], target=world[target], units=units)


def test_rule_1_what_was_told_is_what_happens(lena, rich, world):
    quote = offered(lena, world).quote
    assert (quote.paid, quote.got, quote.fee) == (1_000_000, 19_900_000, 100_000)
    worlds.rate(world["ETH"], 1_000)
    convert(actor=lena, signed=quote.signed())
    assert worlds.posted(rich, world["ETH"]) == 19_900_000
    assert worlds.posted(rich, world["BTC"]) == 3_000_000
    house = Posting.objects.filter(account=House.FEES.pk, asset=world["ETH"])
    assert [posting.amount for posting in house] == [100_000]


def test_rule_1_rounded_against_the_customer_by_less_than_a_unit(lena, rich, world):
    for units in [7, 333, 1_000_003, 3_999_999]:
        quote = offered(lena, world, units).quote
        whole = units * 20
        assert quote.fee == fee_on(whole) == -(-whole * 50 // 10_000)
        assert quote.got == whole - quote.fee
        small = offered(lena, world, units, target="USDT").quote
        exact = units * 50_000 * 10**6
        assert 0 <= exact - (small.got + small.fee) * 10**8 < 10**8


def test_rule_2_free_units_go_first_and_the_hold_keeps_its_end(lena, rich, world, travel):
    end = clock.now() + timedelta(hours=72)
    assert offered(lena, world, 1_000_000).held == 0
    offer = offered(lena, world, 2_000_000)
    assert (offer.held, offer.held_until) == (1_000_000, end)
    travel.shift(timedelta(seconds=10))
    convert(actor=lena, signed=offer.quote.signed())
    whole, held, _movable = worlds.parts(rich, world["ETH"])
    assert (whole, held) == (39_800_000, 19_900_000)
    travel.move_to(end - timedelta(microseconds=1))
    assert worlds.held(rich, world["ETH"]) == 19_900_000
    travel.move_to(end)
    assert worlds.held(rich, world["ETH"]) == 0


def test_rule_3_a_quote_moves_money_once(lena, rich, world, travel):
    signed = offered(lena, world).quote.signed()
    convert(actor=lena, signed=signed)
    before = state()
    convert(actor=lena, signed=signed)
    travel.shift(HOUR)
    convert(actor=lena, signed=signed)
    assert state() == before


def test_over_altered_and_foreign_quotes_move_nothing(lena, stranger, rich, world, travel):
    signed = offered(lena, world).quote.signed()
    before = state()
    for wrong in ("", "nonsense", signed + "x", signed[3:]):
        with pytest.raises(QuoteWrong):
            convert(actor=lena, signed=wrong)
    with pytest.raises(QuoteWrong):
        convert(actor=stranger, signed=signed)
    travel.shift(timedelta(seconds=30))
    with pytest.raises(QuoteOver):
        convert(actor=lena, signed=signed)
    assert state() == before


def test_more_than_there_is_is_refused_with_what_there_is(lena, rich, world):
    before = state()
    with pytest.raises(Refused) as refused:
        offered(lena, world, 4_000_001)
    assert refused.value.answer.reason(Code.INSUFFICIENT)
    assert refused.value.answer.movable == 4_000_000
    assert state() == before


def test_what_went_away_meanwhile_is_refused_at_the_commit(lena, rich, world):
    signed = offered(lena, world, 4_000_000).quote.signed()
    worlds.withdraw(rich, world["BTC"], 1_000_000)
    with pytest.raises(Refused):
        convert(actor=lena, signed=signed)
    assert worlds.parts(rich, world["BTC"]) == (3_000_000, 3_000_000, 0)
    assert worlds.posted(rich, world["ETH"]) == 0


def test_what_cannot_be_converted(lena, rich, world):
    before = state()
    with pytest.raises(NotOffered):
        offered(lena, world, target="BTC")
    with pytest.raises(NotOffered):
        offered(lena, world, target="EUR")
    with pytest.raises(TooLittle):
        offered(lena, world, 1, source="NEAR", target="BTC")
    with pytest.raises(TooMuch):
        offered(lena, world, 10**77, target="NEAR")
    Rate.objects.filter(asset=world["ETH"]).update(good_until=clock.now())
    with pytest.raises(NoPrice):
        offered(lena, world)
    assert state() == before


def test_amounts_of_24_decimals_are_exact(lena, account, world):
    units = 10**30 + 123_456_789
    worlds.deposit(account, world["NEAR"], units)
    quote = offered(lena, world, units, source="NEAR", target="USDT").quote
    convert(actor=lena, signed=quote.signed())
    assert worlds.posted(account, world["NEAR"]) == 0
    assert quote.got + quote.fee == units * 5 * 10**6 // 10**24


# Pages --------------------------------------------------------------------------------------------------------


def test_the_way_through_the_pages(browser, rich, world):
    assert 'value="ETH" selected' in browser.get(f"{FORM}?asset=ETH").content.decode()
    answer = browser.post(FORM, {"source": "BTC", "amount": "0.02", "target": "ETH"})
    told = text_of(answer)
    assert "1 BTC = 20.00000000 ETH" in told
    assert "0.00200000 ETH" in told
    assert "0.39800000 ETH" in told
    assert "0.01000000 BTC of it is held" in told
    assert "25 Nov 2026, 13:00 CET" in told
    signed = quote_in(answer)
    done = browser.post(CONFIRM, {"quote": signed}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("wallets:overview")
    assert "Converted: 0.02000000 BTC into 0.39800000 ETH." in text_of(done)
    before = state()
    assert browser.post(CONFIRM, {"quote": signed}).status_code == 302
    assert state() == before


def test_a_price_that_is_over_is_refused_with_a_new_one(browser, rich, world, travel):
    signed = quote_in(browser.post(FORM, {"source": "BTC", "amount": "0.01", "target": "ETH"}))
    travel.shift(timedelta(minutes=1))
    before = state()
    answer = browser.post(CONFIRM, {"quote": signed})
    assert answer.status_code == 422
    assert "no longer valid" in text_of(answer)
    assert state() == before
    assert browser.post(CONFIRM, {"quote": quote_in(answer)}).status_code == 302
    assert worlds.posted(rich, world["ETH"]) == 19_900_000


def test_refused_the_form_holds_what_could_be_converted(browser, rich, world):
    answer = browser.post(FORM, {"source": "BTC", "amount": "5", "target": "ETH"})
    assert answer.status_code == 422
    assert 'value="0.04"' in answer.content.decode()


def test_nonsense_is_answered_in_words(browser, rich):
    for wrong in [
        {"source": "DOGE"},
        {"source": ""},
        {"source": "EUR"},
        {"target": "BTC"},
        {"target": "\x00"},
        {"amount": ""},
        {"amount": "much"},
        {"amount": "-1"},
        {"amount": "0"},
        {"amount": "1e5"},
        {"amount": "0.000000001"},
        {"amount": "9" * 90},
        {"amount": "9" * 5_000},
        {"amount": "\u202e1"},
    ]:
        before = state()
        answer = browser.post(FORM, {"source": "BTC", "amount": "0.01", "target": "ETH"} | wrong)
        assert answer.status_code == 422
        assert state() == before


def test_nonsense_for_a_quote_is_answered_in_words(browser, rich):
    for wrong in ["", "x", "\x00", "a:b:c", "9" * 5_000]:
        before = state()
        for page in (CONFIRM, "/wallets/sell/confirm/", "/wallets/buy/confirm/"):
            answer = browser.post(page, {"quote": wrong})
            assert answer.status_code == 422
            assert "not a price that we told you" in text_of(answer)
        assert state() == before


def test_a_quote_is_for_its_own_operation_alone(browser, rich):
    signed = quote_in(browser.post(FORM, {"source": "BTC", "amount": "0.01", "target": "ETH"}))
    before = state()
    for page in ("/wallets/sell/confirm/", "/wallets/buy/confirm/"):
        assert browser.post(page, {"quote": signed}).status_code == 422
    assert state() == before
