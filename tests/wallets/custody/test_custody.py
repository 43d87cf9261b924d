"""Handing over to custody, and what it tells."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from echt.wallets.actions import custody as actions
from echt.wallets.actions import withdrawing
from echt.wallets.custody.contract import Away, Happened, Order, Told
from echt.wallets.custody.register import custody
from echt.wallets.custody.sandbox import FileCustody, orders
from echt.wallets.models import Callback, Withdrawal
from echt.wallets.models.withdrawals import WithdrawalState
from echt.wallets.refusals import TooLateToCancel
from echt.work.worker import run_until_idle
from tests.holds import worlds
from tests.wallets.exchanging import text_of
from tests.wallets.leaving import COIN, FEE, SEGWIT, request, sent, state, used

pytestmark = pytest.mark.usefixtures("rich", "folder")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def handed_over(lena, address, travel):
    """A withdrawal that custody has: `handed_over(13)` is of one coin and 13 units, which fails."""

    def make(rest=0):
        made = request(lena, address, COIN + rest)
        travel.shift(MINUTE)
        run_until_idle()
        made.refresh_from_db()
        return made

    return make


def tell(withdrawal, happened, event=None):
    told = Told(event=event or uuid4().hex, withdrawal=str(withdrawal), happened=happened, chain_reference="ab" * 32)
    return actions.receive(keeper=custody(), told=told)


def listen(travel, made, times=1):
    for _ in range(times):
        travel.shift(timedelta(seconds=4))
        actions.listen()
    made.refresh_from_db()
    return made.state


# rules 1 and 2 ------------------------------------------------------------------------------------------------


def test_rule_1_it_is_handed_over_when_it_can_no_longer_be_cancelled(lena, address, travel):
    made = request(lena, address)
    travel.shift(timedelta(seconds=59))
    run_until_idle()
    assert not [*orders()]

    travel.shift(timedelta(seconds=1))
    run_until_idle()

    made.refresh_from_db()
    order = json.loads(next(orders()).read_text())["order"]
    assert made.state == WithdrawalState.HANDED_OVER
    assert made.custody_reference == f"sandbox-{made.pk}"
    assert order == {
        "withdrawal": str(made.pk),
        "asset": "BTC",
        "network": "bitcoin",
        "address": SEGWIT,
        "units": COIN,
        "decimals": 8,
    }
    with pytest.raises(TooLateToCancel):
        withdrawing.cancel_withdrawal(actor=lena, withdrawal_id=made.pk)


def test_rule_1_what_was_cancelled_is_never_handed_over(lena, address, travel):
    made = request(lena, address)
    withdrawing.cancel_withdrawal(actor=lena, withdrawal_id=made.pk)
    travel.shift(MINUTE)
    run_until_idle()

    assert not [*orders()]


@pytest.mark.parametrize("reached", [False, True])
def test_rule_2_after_a_crash_it_is_handed_over_again_and_sent_once(lena, address, travel, monkeypatch, reached):
    made = request(lena, address)
    hand_over = FileCustody.hand_over

    def dies(self, order):
        if reached:
            hand_over(self, order)
        raise Away

    with monkeypatch.context() as patch:
        patch.setattr(FileCustody, "hand_over", dies)
        travel.shift(MINUTE)
        run_until_idle()
    made.refresh_from_db()
    assert (made.state, made.custody_reference) == (WithdrawalState.HANDED_OVER, "")

    travel.shift(MINUTE)
    actions.hand_over_left()
    run_until_idle()

    made.refresh_from_db()
    assert made.custody_reference
    assert len([*orders()]) == 1


def test_rule_2_the_sandbox_keeps_the_first_order(folder, lena, address, travel):
    order = Order(withdrawal=uuid4(), asset="BTC", network="bitcoin", address=SEGWIT, units=COIN, decimals=8)
    first = FileCustody().hand_over(order)
    before = next(orders()).read_text()
    travel.shift(MINUTE)

    assert FileCustody().hand_over(order) == first
    assert next(orders()).read_text() == before


# rule 3 -------------------------------------------------------------------------------------------------------


def test_rule_3_sent_and_then_done(handed_over, travel, browser, rich, btc):
    made = handed_over()
    assert listen(travel, made) == WithdrawalState.SENT
    assert len(made.chain_reference) == 64
    assert listen(travel, made, 3) == WithdrawalState.DONE

    assert sent("withdrawal_sent").count() == 1
    assert worlds.posted(rich, btc) == COIN - FEE
    page = text_of(browser.get(f"/wallets/withdraw/{made.pk}/"))
    assert "Arrived" in page
    assert made.chain_reference[:4] in page


def test_rule_3_told_twice_it_counts_once(handed_over, travel):
    made = handed_over(22)
    assert listen(travel, made, 5) == WithdrawalState.DONE
    assert sent("withdrawal_sent").count() == 1
    assert Callback.objects.count() == 2


def test_rule_3_an_answer_for_an_unknown_order_moves_nothing(handed_over, travel):
    made = handed_over(31)
    assert listen(travel, made) == WithdrawalState.SENT
    assert Callback.objects.filter(result="unknown").count() == 1


@pytest.mark.parametrize("about", ["nonsense", "", "1b8de662-ec6e-44dc-b36b-0faa1146da37"])
def test_rule_3_nonsense_moves_nothing(handed_over, about):
    handed_over()
    before = state()
    assert tell(about, Happened.FAILED) == "unknown"
    assert state() == before


def test_rule_3_what_was_not_handed_over_takes_no_answer(lena, address):
    made = request(lena, address)
    before = state()
    assert tell(made.pk, Happened.FAILED) == "unknown"
    assert state() == before


def test_rule_3_done_told_first_is_done_and_stays(handed_over):
    made = handed_over()
    assert tell(made.pk, Happened.DONE) == "taken"
    assert tell(made.pk, Happened.SENT) == "ignored"
    made.refresh_from_db()
    assert made.state == WithdrawalState.DONE
    assert sent("withdrawal_sent").count() == 1


def test_it_may_be_stuck(handed_over, travel):
    assert listen(travel, handed_over(14), 3) == WithdrawalState.HANDED_OVER


def test_it_may_be_stuck_later(handed_over, travel):
    assert listen(travel, handed_over(15), 5) == WithdrawalState.SENT


def test_an_unreadable_answer_stops_no_other(handed_over, travel, folder):
    made = handed_over()
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    for name, content in {
        "0-a": "{",
        "0-b": "[]",
        "0-c": '{"happened": "exploded"}',
        "0-d": '{"happened":"sent"}',
    }.items():
        (folder / "answers" / f"{name}.json").write_text(content)

    assert listen(travel, made) == WithdrawalState.SENT
    assert not [*(folder / "answers").glob("0-*")]


# rule 4 -------------------------------------------------------------------------------------------------------


def test_rule_4_what_failed_comes_back_with_fee_and_room(handed_over, travel, rich, btc, browser):
    made = handed_over(13)
    assert used() == COIN + 13

    assert listen(travel, made, 2) == WithdrawalState.FAILED

    assert worlds.parts(rich, btc) == (2 * COIN, 0, 2 * COIN)
    assert used() == 0
    assert sent("withdrawal_failed").count() == 1
    assert "The money is back in your wallet" in text_of(browser.get(f"/wallets/withdraw/{made.pk}/"))


def test_rule_4_a_failure_of_what_was_sent_gives_nothing_back(handed_over):
    made = handed_over()
    tell(made.pk, Happened.SENT)
    before = state()
    assert tell(made.pk, Happened.FAILED) == "failed_after_sent"
    assert state() == before


def test_the_same_failure_told_twice_gives_back_once(handed_over, rich, btc):
    made = handed_over()
    assert tell(made.pk, Happened.FAILED, "one") == tell(made.pk, Happened.FAILED, "one") == "taken"
    assert tell(made.pk, Happened.FAILED, "another") == "ignored"
    assert worlds.posted(rich, btc) == 2 * COIN
    assert Withdrawal.objects.get().returned_by is not None


def test_without_custody_it_waits(lena, address, travel, set_wallets):
    made = request(lena, address)
    set_wallets(sandbox=False)
    travel.shift(MINUTE)
    run_until_idle()
    made.refresh_from_db()
    assert made.state == WithdrawalState.REQUESTED

    set_wallets(sandbox=True)
    travel.shift(MINUTE)
    run_until_idle()
    made.refresh_from_db()
    assert made.state == WithdrawalState.HANDED_OVER
