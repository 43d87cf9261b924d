"""Gifts behind a link."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection

from echt.accounts.step_up import StepUpRequired
from echt.wallets.access import Absent, account_of
from echt.wallets.actions import giving
from echt.wallets.gate import Refused
from echt.wallets.house import House
from echt.wallets.models import Gift, Posting, Transfer
from echt.wallets.models.gifts import GiftState
from echt.wallets.refusals import GiftOver, OwnGift, WordsRefused
from tests.accounts.steps import HERE, Fresh, asks_for_proof
from tests.holds import worlds
from tests.wallets.exchanging import text_of
from tests.wallets.leaving import COIN, TOKEN, hidden, post, sent, state, used

FORM, CONFIRM = "/wallets/gifts/", "/wallets/gifts/confirm/"
WORDS = "Happy birthday"
WEEK = timedelta(days=7)
pytestmark = pytest.mark.usefixtures("rich", "stranger")


def give(person, asset, units=COIN, *, words=WORDS, token=TOKEN, step_up=None):
    return giving.give(
        actor=person, asset=asset, units=units, words=words, token=token, step_up=step_up or Fresh(), where=HERE
    )


def typed(**changed):
    return {"asset": "BTC", "amount": "0.5", "words": WORDS} | changed


def waiting():
    return sum(posting.amount for posting in Posting.objects.filter(account=House.GIFTS.pk))


# rule 1 -------------------------------------------------------------------------------------------------------


def test_rule_1_the_pages_lead_to_a_link_that_is_shown_once(browser, rich, btc):
    told = browser.post(FORM, typed())
    assert asks_for_proof(browser.post(CONFIRM, hidden(told)))
    assert not Gift.objects.exists()

    made = post(browser, CONFIRM, **hidden(told))

    link = re.search(r"/gift/([\w-]{43})/", made.content.decode())
    gift = Gift.objects.get()
    assert giving.behind(link[1]) == gift
    assert worlds.posted(rich, btc) == COIN * 3 // 2
    assert waiting() == COIN // 2
    for page in (FORM, f"{FORM}{gift.pk}/"):
        assert link[1] not in browser.get(page).content.decode()
    assert WORDS in text_of(browser.get(FORM))
    assert "/lock/" in sent("gift_given").get().text


def test_rule_1_neither_secret_nor_token_is_kept(lena, btc):
    made, secret = give(lena, btc)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wallets_gift")
        row = repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in cursor.fetchone()])
    assert secret not in row
    assert WORDS not in row
    assert TOKEN not in Transfer.objects.get(pk=made.transfer_id).key
    assert len(secret) == 43


def test_rule_1_sent_twice_it_is_one_gift_with_one_link(lena, btc, rich):
    assert give(lena, btc) == give(lena, btc)
    assert worlds.posted(rich, btc) == COIN
    assert Gift.objects.count() == sent("gift_given").count() == 1


def test_the_proof_is_bound_to_amount_and_words(lena, btc):
    class Asking:
        def require(self, sensitive, **params):
            raise StepUpRequired(sensitive, params)

    before = state()
    with pytest.raises(StepUpRequired) as asked:
        give(lena, btc, step_up=Asking())
    assert asked.value.params["words"] == WORDS
    assert asked.value.params["amount"].startswith("1.00000000")
    assert state() == before


# rule 2 -------------------------------------------------------------------------------------------------------


def test_rule_2_anybody_sees_what_it_is_and_not_by_whom(lena, btc, client, stranger, client_of):
    _made, secret = give(lena, btc)

    answer = client.get(f"/gift/{secret}/")
    page = text_of(answer)

    assert "1.00000000 BTC" in page
    assert WORDS in page
    assert "lena" not in page.lower().replace("language", "")
    assert f"next=/gift/{secret}/" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/gift/not-a-gift/").status_code == 404
    assert client.post(f"/gift/{secret}/claim/").status_code == 302
    assert Gift.objects.get().state == GiftState.OPEN


def test_rule_2_whoever_has_the_link_claims_it_once(lena, btc, stranger, client_of):
    _made, secret = give(lena, btc)
    theirs = client_of(stranger)

    assert theirs.post(f"/gift/{secret}/claim/").status_code == 302
    assert theirs.post(f"/gift/{secret}/claim/").status_code == 302

    gift = Gift.objects.get()
    assert (gift.state, gift.claimed_by) == (GiftState.CLAIMED, account_of(stranger))
    assert worlds.parts(account_of(stranger), btc) == (COIN, 0, COIN)
    assert waiting() == 0
    assert sent("gift_claimed").get().address == lena.address
    assert "This gift is over" in text_of(theirs.get(f"/gift/{secret}/"))


def test_rule_2_the_giver_does_not_claim_it(lena, btc, browser):
    _made, secret = give(lena, btc)
    before = state()
    with pytest.raises(OwnGift):
        giving.claim(actor=lena, secret=secret)
    assert browser.post(f"/gift/{secret}/claim/").status_code == 422
    assert state() == before


def test_rule_2_a_third_person_comes_too_late(lena, btc, stranger, staff):
    _made, secret = give(lena, btc)
    giving.claim(actor=stranger, secret=secret)
    before = state()
    with pytest.raises(GiftOver):
        giving.claim(actor=staff, secret=secret)
    assert state()[:5] == before[:5]


def test_an_unknown_link_leads_nowhere(stranger):
    with pytest.raises(Absent):
        giving.claim(actor=stranger, secret="x" * 43)


# rule 3 -------------------------------------------------------------------------------------------------------


def test_rule_3_after_its_time_nobody_claims_it_whatever_a_job_did(lena, btc, stranger, travel):
    _made, secret = give(lena, btc)
    travel.shift(WEEK)
    before = state()
    with pytest.raises(GiftOver):
        giving.claim(actor=stranger, secret=secret)
    assert state()[:5] == before[:5]


def test_rule_3_an_instant_before_it_is_claimed(lena, btc, stranger, travel):
    _made, secret = give(lena, btc)
    travel.shift(WEEK - timedelta(microseconds=1))
    assert giving.claim(actor=stranger, secret=secret).state == GiftState.CLAIMED


def test_rule_3_the_job_brings_it_back_once_with_the_room_in_the_limits(lena, btc, rich, travel):
    give(lena, btc)
    assert used() == COIN
    giving.bring_back_ended()
    assert Gift.objects.get().state == GiftState.OPEN

    travel.shift(WEEK)
    giving.bring_back_ended()
    giving.bring_back_ended()

    assert Gift.objects.get().state == GiftState.TAKEN_BACK
    assert worlds.posted(rich, btc) == 2 * COIN
    assert used() == waiting() == 0
    assert sent("gift_returned").count() == 1


def test_taken_back_by_the_giver_and_by_nobody_else(lena, btc, rich, stranger, browser, client_of):
    made, secret = give(lena, btc)
    assert client_of(stranger).post(f"{FORM}{made.pk}/take-back/").status_code == 404

    assert browser.post(f"{FORM}{made.pk}/take-back/").status_code == 302
    giving.take_back(actor=lena, gift_id=made.pk)

    assert worlds.posted(rich, btc) == 2 * COIN
    with pytest.raises(GiftOver):
        giving.claim(actor=stranger, secret=secret)


def test_what_was_claimed_is_not_taken_back(lena, btc, stranger, browser):
    made, secret = give(lena, btc)
    giving.claim(actor=stranger, secret=secret)
    before = state()
    assert browser.post(f"{FORM}{made.pk}/take-back/").status_code == 422
    assert state() == before


# rules 4 and 5, and the gate ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_rule_4_of_two_claims_at_once_one_gets_it(lena, btc, stranger, staff):
    _made, secret = give(lena, btc)
    results = []

    def claim(person):
        try:
            results.append(giving.claim(actor=person, secret=secret).state)
        except GiftOver:
            results.append("over")
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(person,)) for person in (stranger, staff)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [GiftState.CLAIMED, "over"]
    assert worlds.posted(account_of(stranger), btc) + worlds.posted(account_of(staff), btc) == COIN
    assert waiting() == 0


@pytest.mark.parametrize(
    "words", ["see https://evil.example", "www.evil.example", "mail me@evil.example", "go to evil.com", "evil.ru/x"]
)
def test_rule_5_words_that_lead_away_are_refused(words):
    assert giving.LEADS_AWAY.search(words)


def test_rule_5_and_the_page_says_so(lena, btc, browser):
    before = state()
    with pytest.raises(WordsRefused):
        give(lena, btc, words="see https://evil.example")
    answer = browser.post(FORM, typed(words="go to evil.com"))
    assert answer.status_code == 422
    assert "without links" in text_of(answer)
    assert "go to evil.com" in answer.content.decode()
    assert state() == before


def test_what_is_held_is_not_given(lena, rich, btc, browser):
    worlds.bought(rich, btc, COIN)
    before = state()
    with pytest.raises(Refused):
        give(lena, btc, 3 * COIN)
    answer = browser.post(FORM, typed(amount="2.5"))
    assert "2.00000000 BTC may be given away now" in text_of(answer)
    assert state() == before


def test_words_are_shown_as_words(lena, btc, client):
    _made, secret = give(lena, btc, words="<b>bold</b>")
    assert "<b>bold" not in client.get(f"/gift/{secret}/").content.decode()


NONSENSE = [
    {"asset": "DOGE"},
    {"amount": ""},
    {"amount": "0"},
    {"amount": "1,2,3"},
    {"amount": "9" * 300},
    {"words": "x" * 201},
    {"words": "\u202e"},
    {"words": "\0"},
]


def test_nonsense_is_answered_in_a_sentence(browser):
    before = state()
    for changed in NONSENSE:
        assert browser.post(FORM, typed(**changed)).status_code == 422, changed
    assert post(browser, CONFIRM, units="1", token="x", asset="BTC").status_code == 302
    assert state() == before
