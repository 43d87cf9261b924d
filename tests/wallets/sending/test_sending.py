"""Sending to another customer."""

import pytest

from echt.accounts.step_up import StepUpRequired
from echt.audit.models import Head
from echt.ui.rate_limits import TooMany
from echt.wallets.access import account_of
from echt.wallets.actions import sending
from echt.wallets.gate import Refused
from echt.wallets.models import Account
from echt.wallets.refusals import FormReused, NoSuchRecipient, NotOffered, ToYourself
from tests.accounts.steps import HERE, Fresh, asks_for_proof
from tests.holds import worlds
from tests.wallets.exchanging import text_of
from tests.wallets.leaving import COIN, TOKEN, hidden, post, sent, state

FORM, CONFIRM = "/wallets/send/", "/wallets/send/confirm/"
TO = "stranger@example.org"
NOBODY = "sandra@example.org"
pytestmark = pytest.mark.usefixtures("rich", "stranger")


def send(person, asset, units=COIN, *, to=TO, token=TOKEN, step_up=None):
    sending.send_money(
        actor=person, asset=asset, units=units, recipient=to, token=token, step_up=step_up or Fresh(), where=HERE
    )


def typed(**changed):
    return {"recipient": TO, "asset": "BTC", "amount": "0.5"} | changed


# rule 1 -------------------------------------------------------------------------------------------------------


def test_rule_1_before_the_confirmation_everybody_looks_the_same(browser):
    pages = [text_of(browser.post(FORM, typed(recipient=to))) for to in (TO, NOBODY)]

    assert "s•••••@example.org" in pages[0]
    assert pages[0] == pages[1]


def test_rule_1_nobody_is_refused_after_the_proof(browser):
    fields = hidden(browser.post(FORM, typed(recipient=NOBODY)))
    assert asks_for_proof(browser.post(CONFIRM, fields))
    before = state()

    answer = post(browser, CONFIRM, **fields)

    assert answer.status_code == 422
    assert "This cannot be sent. Please ask the recipient" in text_of(answer)
    assert NOBODY in answer.content.decode()
    assert 'value="0.5"' in answer.content.decode()
    assert state() == before


def test_rule_1_who_is_closed_is_nobody(lena, btc, stranger):
    stranger.is_active = False
    stranger.save()
    before = state()
    with pytest.raises(NoSuchRecipient):
        send(lena, btc)
    assert state() == before


def test_rule_1_trying_is_limited(lena, btc):
    for number in range(10):
        with pytest.raises(NoSuchRecipient):
            send(lena, btc, to=f"{number}@example.org", token=f"{number}" * 43)
    with pytest.raises(TooMany):
        send(lena, btc)


@pytest.mark.parametrize("which", ["number", "reference", "address"])
def test_a_recipient_has_a_number_a_reference_and_an_address(lena, btc, stranger, which):
    theirs = account_of(stranger)
    Account.objects.filter(pk=theirs.pk).update(reference="engine-7")
    to = {"number": str(theirs.pk), "reference": "engine-7", "address": " Stranger@Example.org "}[which]

    send(lena, btc, to=to.strip())

    assert worlds.posted(theirs, btc) == COIN


def test_nobody_sends_to_themselves(lena, btc, rich):
    Account.objects.filter(pk=rich.pk).update(reference="engine-1")
    before = state()
    for number, to in enumerate([lena.address, lena.address.upper(), str(rich.pk), "engine-1", f"{{{rich.pk}}}"]):
        with pytest.raises(ToYourself):
            send(lena, btc, to=to, token=f"{number}" * 43)
    assert state() == before


# rule 2 -------------------------------------------------------------------------------------------------------


def test_rule_2_the_proof_is_bound_to_amount_and_recipient(lena, btc):
    class Asking:
        def require(self, sensitive, **params):
            raise StepUpRequired(sensitive, params)

    before = state()
    with pytest.raises(StepUpRequired) as asked:
        send(lena, btc, step_up=Asking())

    assert asked.value.params["exactly"] == TO
    assert asked.value.params["to"] == "s•••••@example.org"
    assert asked.value.params["amount"].startswith("1.00000000")
    assert state() == before


# rules 3 and 4 ------------------------------------------------------------------------------------------------


def test_rule_3_both_read_it_in_their_history_and_get_a_mail(browser, stranger, client_of, rich, btc):
    done = post(browser, CONFIRM, **hidden(browser.post(FORM, typed())))

    assert "0.50000000 BTC were sent to s•••••@example.org" in text_of(browser.get(done["Location"]))
    assert worlds.posted(rich, btc) == COIN * 3 // 2
    assert worlds.posted(account_of(stranger), btc) == COIN // 2
    assert "Transfer to a customer" in text_of(browser.get("/wallets/history/"))
    theirs = text_of(client_of(stranger).get("/wallets/history/"))
    assert "Received from a customer" in theirs
    assert "l•••••@example.org" in theirs
    assert "/lock/" in sent("money_sent").get().text
    assert "lena" not in sent("money_received").get().text


def test_rule_4_sent_twice_with_one_token_it_moves_once(lena, btc, rich):
    send(lena, btc)
    heads = list(Head.objects.values_list("seq"))
    send(lena, btc)

    assert worlds.posted(rich, btc) == COIN
    assert sent("money_sent").count() == sent("money_received").count() == 1
    assert list(Head.objects.values_list("seq")) == heads


def test_a_refused_token_cannot_carry_something_else(lena, btc, rich):
    worlds.bought(rich, btc, COIN)
    with pytest.raises(Refused):
        send(lena, btc, 3 * COIN)
    before = state()
    # The gate's advice comes first and keeps nothing, so the token is still free.
    send(lena, btc, COIN)
    with pytest.raises(FormReused):
        sending.commit(_other(rich, btc))
    assert state() != before


def _other(rich, btc):
    from echt.wallets.house import House
    from echt.wallets.moving import Coins, Movement
    from echt.wallets.operations import Operation
    from echt.wallets.outgoing import key_of

    coins = Coins(asset=btc.pk, units=7)
    return Movement(
        account=rich.pk, operation=Operation.SEND, pays=coins, other=House.IN_TRANSIT.pk, key=key_of("send", TOKEN)
    )


def test_what_is_held_is_not_sent(browser, rich, btc):
    worlds.bought(rich, btc, COIN)
    before = state()

    answer = browser.post(FORM, typed(amount="2.5"))

    assert answer.status_code == 422
    assert "2.00000000 BTC may be sent now" in text_of(answer)
    assert 'value="2.5"' in answer.content.decode()
    assert state() == before


def test_all_that_may_move_goes(browser, rich, btc):
    worlds.bought(rich, btc, COIN)

    post(browser, CONFIRM, **hidden(browser.post(FORM, typed(amount="", all="on"))))

    assert worlds.parts(rich, btc) == (COIN, COIN, 0)


def test_a_closed_asset_is_not_sent(lena, btc):
    btc.is_active = False
    with pytest.raises(NotOffered):
        send(lena, btc)


NONSENSE = [
    {"recipient": ""},
    {"recipient": "@"},
    {"recipient": "a@b"},
    {"recipient": "x" * 300},
    {"recipient": "a\u202eb@example.org"},
    {"recipient": "\0"},
    {"asset": "DOGE"},
    {"asset": ""},
    {"amount": ""},
    {"amount": "0"},
    {"amount": "-1"},
    {"amount": "abc"},
    {"amount": "0.000000001"},
    {"amount": "1" * 100},
]


def test_nonsense_is_answered_in_a_sentence(browser):
    before = state()
    for changed in NONSENSE:
        assert browser.post(FORM, typed(**changed)).status_code == 422, changed
    for changed in ({"units": "0"}, {"units": "x"}, {"token": "short"}, {"asset": "DOGE"}, {"recipient": "\u202e"}):
        fields = {"units": "1", "token": TOKEN, "asset": "BTC", "recipient": TO} | changed
        assert post(browser, CONFIRM, **fields).status_code == 302, changed
    assert state() == before
