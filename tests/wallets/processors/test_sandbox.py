"""The sandbox: what it tells after a while, and who may play."""

from datetime import timedelta

import pytest
from django.urls import reverse

from echt.wallets.access import Absent
from echt.wallets.actions.sandbox import charge_back_now, play
from echt.wallets.models import Callback
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.processors.sandbox import OUTCOMES, Outcome
from echt.wallets.refusals import NotOffered
from echt.work.worker import run_until_idle
from tests.holds import worlds
from tests.wallets.exchanging import begin, state, text_of

ENDS = {
    Outcome.PAID: PurchaseState.COMPLETED,
    Outcome.PAID_TWICE_TOLD: PurchaseState.COMPLETED,
    Outcome.DECLINED: PurchaseState.FAILED,
    Outcome.INSUFFICIENT: PurchaseState.FAILED,
    Outcome.TOO_LITTLE: PurchaseState.FAILED,
    Outcome.LATE: PurchaseState.EXPIRED,
    Outcome.NOT_RELEASED: PurchaseState.FAILED,
    Outcome.NEVER: PurchaseState.PENDING,
    Outcome.CHARGED_BACK_LATER: PurchaseState.COMPLETED,
    Outcome.CHARGED_BACK_FIRST: PurchaseState.FAILED,
}


def at(purchase):
    return reverse("wallets:sandbox", kwargs={"purchase": purchase.pk})


def wait(travel, **time):
    travel.shift(timedelta(**time))
    run_until_idle()


def first_channel(outcome):
    return next(channel for channel, outcomes in OUTCOMES.items() if outcome in outcomes)


@pytest.mark.parametrize("outcome", Outcome)
def test_what_each_outcome_comes_to(lena, world, account, travel, outcome):
    channel = first_channel(outcome)
    purchase = begin(lena, world["BTC"], channel=channel)
    play(actor=lena, purchase_id=purchase.pk, outcome=outcome)
    run_until_idle()
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.PENDING, "it takes its time"
    wait(travel, seconds=6)
    purchase.refresh_from_db()
    assert purchase.state == ENDS[outcome]
    has = 1_000_000 if ENDS[outcome] is PurchaseState.COMPLETED else 0
    assert worlds.posted(account, world["BTC"]) == has


def test_nobody_pays_and_the_purchase_ends_by_itself(lena, world, travel):
    purchase = begin(lena, world["BTC"])
    play(actor=lena, purchase_id=purchase.pk, outcome=Outcome.NEVER)
    wait(travel, minutes=33)
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.EXPIRED


def test_a_chargeback_days_later(lena, world, travel):
    purchase = begin(lena, world["BTC"])
    play(actor=lena, purchase_id=purchase.pk, outcome=Outcome.CHARGED_BACK_LATER)
    wait(travel, seconds=6)
    wait(travel, hours=47)
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.COMPLETED
    wait(travel, hours=2)
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.CHARGED_BACK


def test_told_twice_it_counts_once(lena, world, travel):
    purchase = begin(lena, world["BTC"])
    play(actor=lena, purchase_id=purchase.pk, outcome=Outcome.PAID_TWICE_TOLD)
    play(actor=lena, purchase_id=purchase.pk, outcome=Outcome.PAID)
    wait(travel, seconds=6)
    assert [row.result for row in Callback.objects.all()] == ["completed"]


def test_rule_1_only_the_purchases_own_customer_plays(lena, stranger, world, client_of):
    purchase = begin(lena, world["BTC"])
    before = state()
    with pytest.raises(Absent):
        play(actor=stranger, purchase_id=purchase.pk, outcome=Outcome.PAID)
    assert client_of(stranger).get(at(purchase)).status_code == 404
    assert client_of(stranger).post(at(purchase), {"outcome": "paid"}).status_code == 404
    assert state() == before


def test_rule_1_closed_there_is_no_page(lena, world, browser, set_wallets):
    purchase = begin(lena, world["BTC"])
    set_wallets(sandbox=False)
    before = state()
    assert browser.get(at(purchase)).status_code == 404
    assert browser.post(at(purchase), {"outcome": "paid"}).status_code == 404
    assert state() == before


def test_what_cannot_happen_is_refused(lena, world, travel):
    card, bank = begin(lena, world["BTC"]), begin(lena, world["BTC"], channel=Channel.BANK)
    for purchase, outcome in ((card, Outcome.LATE), (bank, Outcome.DECLINED), (card, "boredom"), (card, "")):
        with pytest.raises(NotOffered):
            play(actor=lena, purchase_id=purchase.pk, outcome=outcome)
    with pytest.raises(NotOffered):
        charge_back_now(actor=lena, purchase_id=card.pk)


def test_the_page(lena, world, browser, travel):
    purchase = begin(lena, world["BTC"])
    assert "no real money" in text_of(browser.get(at(purchase)))
    assert browser.post(at(purchase), {"outcome": "boredom"}).status_code == 422
    answer = browser.post(at(purchase), {"outcome": "paid"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wallets:purchase", kwargs={"purchase": purchase.pk})
    wait(travel, seconds=6)
    assert "Take the payment back" in text_of(browser.get(at(purchase)))
    browser.post(at(purchase), {"outcome": "charge_back_now"})
    wait(travel, seconds=6)
    assert "Nothing can happen" in text_of(browser.get(at(purchase)))
