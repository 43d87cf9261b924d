"""One row is changed, and the fault is found and named."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from echt import clock
from echt.holds.integrity import faults_of, verify
from echt.wallets.guards import name_of
from echt.wallets.models import Posting, Transfer
from tests.flush import LEDGER
from tests.holds import worlds
from tests.holds.integrity.attacks import ATTACKS, stepped_around


@pytest.fixture
def ledger(db, travel):
    """Somebody with free and held coins, of which some were converted, sent, withdrawn and refused."""
    bitcoin, tether = worlds.asset("BTC", 8), worlds.asset("USDT", 6)
    worlds.rate(bitcoin, 80_000)
    worlds.rate(tether, 1)
    worlds.no_limits()
    ann, bob = worlds.account(), worlds.account()
    worlds.deposit(ann, tether, 1_000)
    worlds.bought(ann, tether, 500)
    worlds.deposit(bob, bitcoin, 9)
    travel.shift(timedelta(hours=1))
    assert worlds.withdraw(ann, tether, 300, fee=2).allowed
    assert not worlds.withdraw(ann, tether, 900).allowed
    assert worlds.convert(ann, (tether, 800), (bitcoin, 100), fee=1).allowed
    worlds.deposit(bob, tether, 1)


def faults():
    return [*faults_of(clock.now())]


def test_a_whole_ledger_has_no_fault(ledger):
    assert faults() == []


@pytest.mark.parametrize("name", ATTACKS)
def test_each_change_is_found_and_named(ledger, name):
    attack, rule, sentence = ATTACKS[name]
    with stepped_around():
        attack()
    found = faults()
    assert [fault for fault in found if fault.rule == rule and sentence in fault.sentence], [*map(str, found)]


def test_rule_2_the_place_is_named_exactly(ledger):
    first = Posting.objects.exclude(after=None)[0]
    with stepped_around():
        Posting.objects.filter(pk=first.pk).update(after=first.after + 1)
    (fault,) = faults()
    assert fault.where == f"balance of account {first.account_id}, asset {first.asset_id}"
    assert fault.sentence == f"After posting {first.pk} it is {first.after}, and the posting says {first.after + 1}."


def test_rule_3_what_is_held_no_more_may_be_more_than_the_balance(ledger, travel):
    travel.shift(timedelta(days=9))
    account = Transfer.objects.get(operation="convert").account
    worlds.withdraw(account, worlds.asset("USDT"), worlds.posted(account, worlds.asset("USDT")))
    assert faults() == []


@pytest.mark.parametrize("table", LEDGER)
def test_rule_6_a_trigger_that_is_missing_is_found(ledger, table):
    _drop(table, "UPDATE")
    assert [str(it) for it in faults()] == [
        f"table {table}: Its trigger against UPDATE is missing or does something else."
    ]


def test_rule_6_a_trigger_that_does_nothing_is_found(ledger):
    _drop("wallets_posting", "DELETE")
    name = name_of("wallets_posting", "DELETE")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;"
                f" CREATE TRIGGER {name} BEFORE DELETE ON wallets_posting FOR EACH ROW EXECUTE FUNCTION quiet()"
            )
        else:
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON wallets_posting BEGIN SELECT 1; END")
    assert [fault.rule for fault in faults()] == [6]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_rule_6_a_trigger_that_is_switched_off_is_found(ledger, how):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE wallets_posting {how} TRIGGER {name_of('wallets_posting', 'UPDATE')}")
    assert [fault.rule for fault in faults()] == [6]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_rule_6_a_function_that_lets_pass_is_found(ledger):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert [fault.rule for fault in faults()] == [6] * 6


@pytest.mark.parametrize("model", [Posting, Transfer])
def test_the_guards_are_there_for_everybody_else(ledger, model):
    for change in (lambda: model.objects.update(at=clock.now()), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_it_reads_one_moment_and_leaves_no_transaction_behind():
    worlds.deposit(worlds.account(), worlds.asset(), 5)
    report = verify()
    assert (report.transfers, report.postings, report.balances, report.holds, report.faults) == (1, 2, 1, 0, 0)
    worlds.deposit(worlds.account(), worlds.asset(), 5)
    assert verify().transfers == 2


def _drop(table, action):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name_of(table, action)}{on}")
