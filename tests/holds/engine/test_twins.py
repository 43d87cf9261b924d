"""A key gives one answer for ever (`holds.engine`, rule 6): to twins at the same time, and to who asks again much later."""

import os
from dataclasses import replace
from signal import SIGKILL
from uuid import uuid4

import pytest
from django.db import connections, transaction

from echt.vault.ids import uuid7
from echt.wallets.answers import Answer, Code
from echt.wallets.gate import KeyReused, gate
from echt.wallets.house import House
from echt.wallets.models import Account, Transfer
from echt.wallets.moving import Coins, Movement
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.holds.engine.writers import PATIENCE, assert_whole, start, threads

pytestmark = pytest.mark.django_db
at_once = pytest.mark.django_db(transaction=True)

TWINS = 20


def a_withdrawal(units: int = 60, *, free: int = 100) -> Movement:
    worlds.no_limits()
    usdt, lena = worlds.asset(), worlds.account()
    if free:
        worlds.deposit(lena, usdt, free)
    return Movement(
        account=lena.pk,
        operation=Operation.WITHDRAW,
        key=uuid4().hex,
        other=House.IN_TRANSIT.pk,
        pays=Coins(asset=usdt.pk, units=units),
    )


def again(movement: Movement, **values) -> Movement:
    """The same request, sent anew: it would be another transfer."""
    return replace(movement, transfer=uuid7(), **values)


def without_mark(answer: Answer) -> Answer:
    return replace(answer, replayed=False)


@at_once
def test_twins_are_one_transfer_and_get_equal_answers():
    for operation in ("withdraw", "deposit", "send"):
        twins(operation)


def twins(operation: str) -> None:
    first = a_withdrawal()
    usdt = first.pays
    if operation == "deposit":
        first = replace(first, operation=Operation.DEPOSIT, other=House.CUSTODY.pk, pays=None, gets=usdt)
    if operation == "send":
        first = replace(first, operation=Operation.SEND, other=worlds.account().pk)

    answers = threads(TWINS, lambda number: gate().commit(again(first)))

    assert all(answer.allowed for answer in answers)
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * (TWINS - 1)
    assert len({repr(without_mark(answer)) for answer in answers}) == 1
    kept = Transfer.objects.get(account=first.account, key=first.key)
    assert kept.pk == answers[0].transfer
    assert_whole()


@at_once
def test_one_key_with_other_contents_is_one_transfer_and_refused_to_the_others():
    first = a_withdrawal(1)

    def ask(number: int):
        coins = replace(first.pays, units=1 + number % 2)
        try:
            return number % 2, gate().commit(again(first, pays=coins))
        except KeyReused:
            return number % 2, None

    answers = threads(8, ask)

    winners = {which for which, answer in answers if answer}
    assert len(winners) == 1
    assert [answer for which, answer in answers if which not in winners] == [None] * 4
    assert Transfer.objects.filter(key=first.key).count() == 1
    assert_whole()


@pytest.mark.parametrize("changed", ["units", "fee", "asset", "other", "operation"])
def test_another_content_under_the_same_key_is_refused_and_changes_nothing(changed):
    first = a_withdrawal()
    assert gate().commit(first).allowed
    others = {
        "units": {"pays": replace(first.pays, units=59)},
        "fee": {"pays": replace(first.pays, fee=1)},
        "asset": {"pays": replace(first.pays, asset=worlds.asset("USDC").pk)},
        "other": {"other": worlds.account().pk},
        "operation": {"operation": Operation.GIFT},
    }
    before = worlds.state()
    with pytest.raises(KeyReused):
        gate().commit(again(first, **others[changed]))
    assert worlds.state()[1:] == before[1:]
    assert {row for row in worlds.state()[0] if row[2]} == {row for row in before[0] if row[2]}


def test_in_a_batch_a_reused_key_stops_nobody_else():
    first, second = a_withdrawal(), a_withdrawal()
    assert gate().commit(first).allowed
    answers = gate().commit_all([again(first, operation=Operation.GIFT), second])
    assert isinstance(answers[0], KeyReused)
    assert (answers[1].allowed, answers[1].replayed) == (True, False)
    with pytest.raises(ValueError, match="once in a batch"):
        gate().commit_all([again(second), again(second)])


def test_the_same_key_of_another_account_is_another_request():
    first, second = a_withdrawal(), a_withdrawal()
    assert gate().commit(first).allowed
    answer = gate().commit(replace(second, key=first.key))
    assert (answer.allowed, answer.replayed) == (True, False)


def test_a_refusal_stays_a_refusal_after_money_came():
    first = a_withdrawal(free=0)
    refused = gate().commit(first)
    assert [reason.code for reason in refused.reasons] == [Code.INSUFFICIENT]
    worlds.move(Account.objects.get(pk=first.account), Operation.DEPOSIT, other=House.CUSTODY.pk, gets=first.pays)

    replayed = gate().commit(again(first))

    assert replayed.replayed
    assert without_mark(replayed) == refused
    assert gate().commit(again(first, key=uuid4().hex)).allowed, "it is the key that is refused, not the money"


@at_once
def test_twins_of_what_is_refused_get_one_refusal():
    first = a_withdrawal(free=0)
    answers = threads(8, lambda number: gate().commit(again(first)))
    assert not any(answer.allowed for answer in answers)
    assert len({answer.transfer for answer in answers}) == 1
    assert Transfer.objects.filter(key=first.key).count() == 1


@at_once
def test_who_was_killed_after_the_commit_gets_the_kept_answer():
    first = a_withdrawal()

    def commit_and_die(number: int) -> None:
        gate().commit(first)
        os.kill(os.getpid(), SIGKILL)

    connections.close_all()
    process, _ = start(commit_and_die, 0)
    process.join(PATIENCE)
    assert process.exitcode == -SIGKILL

    answer = gate().commit(again(first))
    assert (answer.allowed, answer.replayed, answer.transfer) == (True, True, first.transfer)
    assert worlds.posted(Account.objects.get(pk=first.account), worlds.asset()) == 40


@at_once
def test_who_was_killed_before_the_commit_moved_nothing():
    first = a_withdrawal()

    def write_and_die(number: int) -> None:
        with transaction.atomic():
            gate().commit(first)
            os.kill(os.getpid(), SIGKILL)

    connections.close_all()
    process, _ = start(write_and_die, 0)
    process.join(PATIENCE)
    assert not Transfer.objects.filter(key=first.key).exists()
    answer = gate().commit(again(first))
    assert (answer.allowed, answer.replayed) == (True, False)
    assert worlds.posted(Account.objects.get(pk=first.account), worlds.asset()) == 40
