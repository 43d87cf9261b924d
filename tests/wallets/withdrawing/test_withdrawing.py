"""Withdrawing, up to the point where custody has it."""

from datetime import timedelta

import pytest

from echt import clock
from echt.accounts.models import FreezeReason
from echt.accounts.step_up import StepUpRequired
from echt.wallets.access import Absent
from echt.wallets.actions import addresses, withdrawing
from echt.wallets.gate import Refused
from echt.wallets.house import House
from echt.wallets.models import Address, Posting, Transfer, Withdrawal
from echt.wallets.models.withdrawals import WithdrawalState
from echt.wallets.refusals import AddressTooNew, FormReused, LessThanLeast, NotNow, NotOffered, TooLateToCancel
from tests.accounts.steps import HERE, asks_for_proof
from tests.holds import worlds
from tests.wallets.exchanging import text_of
from tests.wallets.leaving import COIN, FEE, SEGWIT, add, hidden, limit, post, request, sent, state, used

FORM, CONFIRM = "/wallets/withdraw/", "/wallets/withdraw/confirm/"
pytestmark = pytest.mark.usefixtures("rich", "folder")


def typed(to, **changed):
    return {"address": str(to.pk), "amount": "0.5"} | changed


def house(which):
    return sum(posting.amount for posting in Posting.objects.filter(account=which.pk))


# rule 1 -------------------------------------------------------------------------------------------------------


def test_rule_1_a_new_address_waits_to_the_instant(lena, bitcoin, travel):
    address = add(lena, bitcoin)
    travel.shift(timedelta(hours=24, microseconds=-1))
    before = state()
    with pytest.raises(AddressTooNew) as refused:
        request(lena, address)
    assert "23 Nov 2026" in refused.value.sentence
    assert state() == before

    travel.shift(timedelta(microseconds=1))

    assert request(lena, address).state == WithdrawalState.REQUESTED


def test_rule_1_somebody_elses_or_a_removed_address_is_not_there(lena, stranger, address):
    with pytest.raises(Absent):
        request(stranger, address)
    addresses.remove_address(actor=lena, address_id=address.pk, where=HERE)
    with pytest.raises(Absent):
        request(lena, address)
    assert not Withdrawal.objects.exists()


def test_less_than_the_network_carries_is_refused(lena, address):
    before = state()
    with pytest.raises(LessThanLeast) as refused:
        request(lena, address, 9_999)
    assert "0.00010000" in refused.value.sentence
    assert state() == before


def test_a_closed_network_or_no_custody_is_refused(lena, address, bitcoin, set_wallets):
    bitcoin.is_active = False
    bitcoin.save()
    with pytest.raises(NotOffered):
        request(lena, address)
    set_wallets(sandbox=False)
    with pytest.raises(NotNow):
        request(lena, address)


# rule 2 -------------------------------------------------------------------------------------------------------


def test_rule_2_the_proof_is_bound_to_amount_fee_and_address(lena, address):
    class Asking:
        def require(self, sensitive, **params):
            raise StepUpRequired(sensitive, params)

    before = state()
    with pytest.raises(StepUpRequired) as asked:
        request(lena, address, step_up=Asking())

    assert asked.value.params["address"] == SEGWIT
    assert asked.value.params["amount"].startswith("1.00000000")
    assert asked.value.params["fee"].startswith("0.00002000")
    assert state() == before


def test_rule_2_the_pages_lead_through_confirmation_and_proof(lena, address, browser):
    told = browser.post(FORM, typed(address))
    assert "0.50002000" in text_of(told)
    assert SEGWIT in text_of(told)
    assert not Withdrawal.objects.exists()

    asked = browser.post(CONFIRM, hidden(told))
    assert asks_for_proof(asked)
    assert SEGWIT in text_of(asked)
    assert not Withdrawal.objects.exists()

    done = post(browser, CONFIRM, **hidden(told))
    made = Withdrawal.objects.get()
    assert done["Location"] == f"{FORM}{made.pk}/"
    assert "Cancel the withdrawal" in text_of(browser.get(done["Location"]))
    assert "0.50000000" in text_of(browser.get(FORM))


def test_everything_that_may_move_is_what_is_left_after_the_fee(lena, address, browser, btc, rich):
    limit(None)
    told = browser.post(FORM, typed(address, amount="", all="on"))

    post(browser, CONFIRM, **hidden(told))

    assert Withdrawal.objects.get().amount == 2 * COIN - FEE
    assert worlds.posted(rich, btc) == 0


# rule 3 -------------------------------------------------------------------------------------------------------


def test_rule_3_money_leaves_and_the_withdrawal_is_there(lena, address, rich, btc):
    made = request(lena, address)

    assert worlds.posted(rich, btc) == COIN - FEE
    assert house(House.IN_TRANSIT) == COIN
    assert house(House.FEES) == FEE
    assert Transfer.objects.get(pk=made.transfer_id).reference == made.pk
    assert "/lock/" in sent("withdrawal_requested").get().text


@pytest.mark.parametrize("sent_to", ["form", "confirm"])
def test_rule_3_what_is_held_stays_and_the_page_says_what_may_go(lena, address, rich, btc, browser, sent_to):
    told = browser.post(FORM, typed(address, amount="2.5"))
    assert told.status_code == 422
    worlds.bought(rich, btc, COIN)
    fields = hidden(browser.post(FORM, typed(address, amount="1.9")))
    fields["units"] = str(25 * COIN // 10)
    before = state()

    is_form = sent_to == "form"
    answer = browser.post(FORM, typed(address, amount="2.5")) if is_form else post(browser, CONFIRM, **fields)

    said = text_of(answer)
    assert answer.status_code == 422
    assert "1.00000000 BTC are held until 23 Nov 2026" in said
    assert "because they were bought with a card" in said
    assert "2.00000000 BTC may leave now" in said
    assert 'value="2.5"' in answer.content.decode()
    assert state() == before
    assert not Withdrawal.objects.exists()


def test_rule_3_frozen_money_stays(lena, address):
    lena.freezes.create(
        reason=FreezeReason.PASSWORD_RESET, begins_at=clock.now(), ends_at=clock.now() + timedelta(hours=24)
    )
    before = state()
    with pytest.raises(Refused):
        request(lena, address)
    assert state() == before


def test_rule_3_a_limit_says_when_there_is_room(lena, address, browser, travel):
    limit(COIN)
    request(lena, address, COIN * 6 // 10)
    travel.shift(timedelta(hours=1))

    said = text_of(browser.post(FORM, typed(address)))

    assert "0.40000000 BTC of 1 BTC are left of your limit for 24 hours" in said
    assert "room for this comes back on 23 Nov 2026, 13:00" in said
    assert "0.40000000 BTC may leave now" in said


def test_sent_twice_with_one_token_it_moves_once(lena, address, rich, btc):
    made = request(lena, address)
    assert request(lena, address) == made
    assert Withdrawal.objects.count() == 1
    assert worlds.posted(rich, btc) == COIN - FEE
    assert sent("withdrawal_requested").count() == 1


def test_a_refused_token_cannot_carry_something_else(lena, address, rich, btc):
    with pytest.raises(Refused):
        request(lena, address, 5 * COIN)
    before = state()
    with pytest.raises(FormReused):
        request(lena, address, COIN)
    assert state() == before


# rule 4 -------------------------------------------------------------------------------------------------------


def test_rule_4_cancelled_in_time_everything_is_as_before(lena, address, rich, btc, travel, browser):
    made = request(lena, address)
    assert used() == COIN
    travel.shift(timedelta(seconds=59))

    assert browser.post(f"{FORM}{made.pk}/cancel/").status_code == 302
    withdrawing.cancel_withdrawal(actor=lena, withdrawal_id=made.pk)

    made.refresh_from_db()
    assert made.state == WithdrawalState.CANCELLED
    assert worlds.parts(rich, btc) == (2 * COIN, 0, 2 * COIN)
    assert house(House.IN_TRANSIT) == house(House.FEES) == 0
    assert used() == 0


def test_rule_4_an_instant_too_late_it_stays(lena, address, travel, browser):
    made = request(lena, address)
    travel.shift(timedelta(seconds=60))
    before = state()

    answer = browser.post(f"{FORM}{made.pk}/cancel/")

    assert answer.status_code == 422
    assert "no longer be cancelled" in text_of(answer)
    with pytest.raises(TooLateToCancel):
        withdrawing.cancel_withdrawal(actor=lena, withdrawal_id=made.pk)
    assert state() == before


def test_somebody_elses_is_not_there(lena, address, stranger, client_of):
    made = request(lena, address)
    other = client_of(stranger)

    assert other.get(f"{FORM}{made.pk}/").status_code == 404
    assert other.post(f"{FORM}{made.pk}/cancel/").status_code == 404


NONSENSE = [
    {"address": ""},
    {"address": "nonsense"},
    {"address": "0" * 32},
    {"amount": ""},
    {"amount": "-1"},
    {"amount": "1e5"},
    {"amount": "0"},
    {"amount": "0.000000001"},
    {"amount": "9" * 300},
    {"amount": "NaN"},
    {"amount": "\0"},
]


def test_nonsense_is_answered_in_a_sentence(lena, address, browser):
    for changed in NONSENSE:
        before = state()
        assert browser.post(FORM, typed(address, **changed)).status_code == 422
        assert state() == before


UNTOLD = [
    {"units": "0"},
    {"units": "-5"},
    {"units": "1.5"},
    {"units": "9" * 79},
    {"token": ""},
    {"address": "x"},
    {},
]


def test_a_confirmation_that_nobody_told_does_nothing(lena, address, browser):
    for changed in UNTOLD:
        fields = {"units": str(COIN), "token": "t" * 43, "address": str(address.pk)} | changed
        Address.objects.update(removed_at=clock.now())
        before = state()
        assert post(browser, CONFIRM, **fields).status_code == 302
        assert state() == before
