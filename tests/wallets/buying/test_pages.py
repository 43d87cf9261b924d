"""The pages of buying: what they say before one confirms, and what became of it."""

from datetime import timedelta

from django.urls import reverse

from echt import clock
from echt.holds.models import Policy
from echt.wallets.models import Purchase
from echt.wallets.models.purchases import PurchaseState
from echt.wallets.processors.contract import Happened
from tests.wallets.exchanging import begin, quote_in, state, tell, text_of

FORM, CONFIRM = "/wallets/buy/", "/wallets/buy/confirm/"
TYPED = {"asset": "BTC", "amount": "0.01", "counted_in": "coins", "channel": "card"}


def at(purchase):
    return reverse("wallets:purchase", kwargs={"purchase": purchase.pk})


def test_everything_is_told_before_one_confirms(browser, world):
    told = text_of(browser.post(FORM, TYPED))
    for part in (
        "0.01000000 BTC",
        "1 BTC = 50,000.00 EUR",
        "€500.00",
        "€2.50",
        "€502.50",
        "Held for 72 hours",
        "free on 25 Nov 2026, 13:00 CET",
        "The hold begins when your payment arrives",
        "Allowed at once: trade, convert.",
        "Only then: withdraw, send, sell, give away.",
    ):
        assert part in told, part


def test_the_amount_may_be_what_one_pays(browser, world):
    answer = browser.post(FORM, TYPED | {"amount": "502.50", "counted_in": "EUR"})
    assert "0.01000000 BTC" in text_of(answer)


def test_the_way_through_the_pages(browser, world, travel):
    assert 'value="ETH" selected' in browser.get(f"{FORM}?asset=ETH").content.decode()
    signed = quote_in(browser.post(FORM, TYPED))
    answer = browser.post(CONFIRM, {"quote": signed}, follow=True)
    purchase = Purchase.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("wallets:sandbox", kwargs={"purchase": purchase.pk})
    before = state()
    browser.post(CONFIRM, {"quote": signed})
    assert state() == before
    assert "Waits for payment" in text_of(browser.get(at(purchase)))
    tell(purchase, Happened.COMPLETED)
    told = text_of(browser.get(at(purchase)))
    assert "Completed" in told
    assert "72 h" in told
    assert "Its hold" in told
    assert "Completed" in text_of(browser.get(FORM))


def test_a_failed_one_says_why(browser, lena, world):
    short, declined = begin(lena, world["BTC"]), begin(lena, world["BTC"])
    tell(short, Happened.COMPLETED, paid=1, name="a")
    tell(declined, Happened.FAILED, name="b")
    assert "another amount than agreed" in text_of(browser.get(at(short)))
    assert "was declined" in text_of(browser.get(at(declined)))
    tell(declined, Happened.COMPLETED, name="c")
    assert "arrived after its time" in text_of(browser.get(at(declined)))


def test_somebody_elses_purchase_is_not_there(lena, world, stranger, client_of):
    assert client_of(stranger).get(at(begin(lena, world["BTC"]))).status_code == 404


def test_what_no_policy_holds_says_that_it_cannot_be_bought(browser, world):
    Policy.objects.filter(channel="card").update(valid_until=clock.now())
    answer = browser.post(FORM, TYPED)
    assert answer.status_code == 422
    assert "cannot be bought this way" in text_of(answer)
    assert browser.post(FORM, TYPED | {"channel": "bank"}).status_code == 200


def test_what_is_not_held_says_so(browser, world):
    Policy.objects.filter(channel="card").update(hours=0, firm_hours=0)
    assert "Not held" in text_of(browser.post(FORM, TYPED))


def test_who_may_not_buy_is_told_why(stranger, world, client_of):
    before = Purchase.objects.count()
    answer = client_of(stranger).post(FORM, TYPED)
    assert answer.status_code == 422
    assert "once you are identified" in text_of(answer)
    assert Purchase.objects.count() == before


def test_a_price_that_is_over_is_refused_with_a_new_one(browser, world, travel):
    signed = quote_in(browser.post(FORM, TYPED))
    travel.shift(timedelta(minutes=1))
    before = state()
    answer = browser.post(CONFIRM, {"quote": signed})
    assert answer.status_code == 422
    assert "no longer valid" in text_of(answer)
    assert state() == before
    assert browser.post(CONFIRM, {"quote": quote_in(answer)}).status_code == 302


def test_a_hold_that_became_longer_is_told_first(browser, world):
    signed = quote_in(browser.post(FORM, TYPED))
    Policy.objects.filter(channel="card").update(hours=96)
    before = state()
    answer = browser.post(CONFIRM, {"quote": signed})
    assert answer.status_code == 422
    assert "Held for 96 hours" in text_of(answer)
    assert state() == before


def test_without_the_currency_nothing_can_be_bought(browser, world):
    signed = quote_in(browser.post(FORM, TYPED))
    world["EUR"].is_active = False
    world["EUR"].save()
    assert "Nothing can be bought at the moment" in text_of(browser.get(FORM))
    answer = browser.post(CONFIRM, {"quote": signed})
    assert answer.status_code == 422
    assert not Purchase.objects.exists()


def test_where_nobody_takes_a_payment_the_page_says_so(browser, world, set_wallets):
    set_wallets(sandbox=False)
    assert "Nothing can be bought at the moment" in text_of(browser.get(FORM))
    assert "Nothing can be bought at the moment" in text_of(browser.post(FORM, TYPED))
    assert not Purchase.objects.exists()


def test_nonsense_is_answered_in_words(browser, world):
    for wrong in [
        {"asset": "EUR"},
        {"asset": ""},
        {"asset": "<script>"},
        {"amount": ""},
        {"amount": "0"},
        {"amount": "ten"},
        {"amount": "0.000000001"},
        {"amount": "1" * 100},
        {"counted_in": "USD"},
        {"counted_in": ""},
        {"amount": "0.001", "counted_in": "EUR"},
        {"channel": "onchain"},
        {"channel": ""},
        {"channel": "\x00"},
    ]:
        before = state()
        assert browser.post(FORM, TYPED | wrong).status_code == 422
        assert state() == before


def test_in_german(browser, lena, world):
    lena.language = "de"
    lena.save()
    told = text_of(browser.post(FORM, TYPED | {"amount": "0,01"}))
    assert "0,01000000 BTC" in told
    assert "25. Nov. 2026, 13:00 MEZ" in told


def test_every_state_has_a_word_on_the_list(browser, lena, world):
    for number, _state in enumerate(PurchaseState):
        purchase = begin(lena, world["BTC"])
        Purchase.objects.filter(pk=purchase.pk).update(state=list(PurchaseState)[number].value)
    told = text_of(browser.get(FORM))
    for word in ("Waits for payment", "Completed", "Not completed", "Not paid in time", "Charged back"):
        assert word in told
