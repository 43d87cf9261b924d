"""What is taken over: exact, once, in order, with the holds that still run."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from echt.audit.models import AuditEvent
from echt.holds.integrity import faults_of
from echt.holds.models import Hold, HoldPosition
from echt.wallets.gate import gate
from echt.wallets.importing import batches, taking
from echt.wallets.models import Account, Posting, Purchase, Transfer
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.wallets.importing.files import NOW, before, checked, taken, written

TINY = "1000000000000000000000000000000.000000000000000000000001"


def history(folder, **more):
    return written(
        folder,
        f"d1,ann,{before(days=9)},deposit,NEAR,{TINY}",
        f"d2,bob,{before(days=8)},deposit,USDT,1000",
        f"p1,ann,{before(days=7)},purchase,BTC,2,,,,card",
        f"p2,bob,{before(hours=10)},purchase,USDT,500,,,,card",
        f"c1,bob,{before(hours=9)},conversion,USDT,1200,0.0001,BTC,0.02",
        f"w1,ann,{before(hours=8)},withdrawal,BTC,1.5,0.0005",
        **more,
    )


def has(name, coin):
    return worlds.posted(Account.objects.get(reference=name), coin)


def test_rules_1_and_2_everything_arrives_exactly(coins, tmp_path):
    assert taken(history(tmp_path)) == 6
    assert has("ann", coins["NEAR"]) == 10**54 + 1
    assert has("ann", coins["BTC"]) == 49_950_000
    assert has("bob", coins["USDT"]) == 300_000_000
    assert has("bob", coins["BTC"]) == 2_000_000
    assert not [*faults_of(NOW)]


def test_it_has_the_times_of_the_past(coins, tmp_path):
    taken(history(tmp_path))
    assert Transfer.objects.get(key="import:d1").at == NOW - timedelta(days=9)
    assert {*Posting.objects.filter(transfer__key="import:w1").values_list("at", flat=True)} == {
        NOW - timedelta(hours=8)
    }


def test_rule_5_what_would_still_be_held_is_held_and_follows_the_value(coins, tmp_path):
    taken(history(tmp_path))
    hold = Hold.objects.get()
    assert (hold.account.reference, hold.acquired_at, hold.hours) == ("bob", NOW - timedelta(hours=10), 72)
    assert hold.release_at == NOW + timedelta(hours=62)
    bob = Account.objects.get(reference="bob")
    # 1,000 free USDT went first, then 200 held ones: a sixth of what was got is held.
    assert worlds.parts(bob, coins["USDT"]) == (300_000_000, 300_000_000, 0)
    assert worlds.parts(bob, coins["BTC"]) == (2_000_000, 333_334, 1_666_666)
    assert not gate().ask(account=bob.pk, operation=Operation.WITHDRAW, asset=coins["USDT"].pk, units=1).allowed


def test_rule_5_a_hold_ends_as_the_customer_was_told(coins, tmp_path):
    taken(written(tmp_path, f"p,ann,{before(hours=30)},purchase,BTC,1,,,,p2p,{before(hours=-6)}"))
    hold = Hold.objects.get()
    assert (hold.hours, hold.release_at) == (36, NOW + timedelta(hours=6))
    assert Purchase.objects.get().pk == hold.purchase


def test_rule_5_a_hold_that_is_over_at_this_instant_is_over(coins, tmp_path):
    lines = [f"{hours},ann,{before(hours=hours)},purchase,BTC,1,,,,card" for hours in (72, 71)]
    taken(written(tmp_path, *lines))
    assert [hold.release_at for hold in Hold.objects.all()] == [NOW + timedelta(hours=1)]


def test_purchases_can_be_charged_back_later(coins, tmp_path):
    head = "id,account,time,kind,asset,amount,channel,processor,reference,currency,paid"
    taken(written(tmp_path, f"p,ann,{before(hours=1)},purchase,BTC,1,card,psp,P1,EUR,50000.00", head=head))
    bought = Purchase.objects.get(processor="psp", processor_reference="P1")
    assert (bought.paid, bought.currency.code, bought.transfer.key) == (5_000_000, "EUR", "import:p")


def test_rule_3_taken_twice_it_is_taken_once(coins, tmp_path):
    path = history(tmp_path)
    taken(path)
    before_ = worlds.state()
    found, problems = checked(path)
    assert (found.known, problems) == (6, [])
    assert taken(path) == 0
    assert worlds.state() == before_


@pytest.mark.parametrize(
    ("told", "instead"), [(",deposit,USDT,1000", ",deposit,USDT,1001"), (before(days=8), before(days=7, hours=23))]
)
def test_rule_3_the_same_id_with_another_content_is_refused(coins, tmp_path, told, instead):
    path = history(tmp_path)
    taken(path)
    path.write_text(path.read_text().replace(told, instead))
    _, problems = checked(path)
    assert [str(it) for it in problems] == ["line 3, id: This id was taken before, with another content."]


def test_rule_3_a_hold_that_has_ended_meanwhile_makes_no_other_content(coins, tmp_path):
    path = history(tmp_path)
    taken(path)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert checked(path)[1] == []


def test_rule_4_what_was_interrupted_is_taken_up(coins, tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)
    path, whole, calls = history(tmp_path), taking._take, []

    def breaks(rows, **more):
        calls.append(rows)
        if len(calls) == 3:
            raise KeyboardInterrupt
        whole(rows, **more)

    monkeypatch.setattr(taking, "_take", breaks)
    with pytest.raises(KeyboardInterrupt):
        taken(path)
    assert sorted(Transfer.objects.values_list("key", flat=True)) == [f"import:{it}" for it in ("d1", "d2", "p1", "p2")]
    assert taken(path) == 2
    assert has("bob", coins["BTC"]) == 2_000_000
    assert not [*faults_of(NOW)]


def test_rule_4_what_the_ledger_refuses_undoes_its_batch_and_is_not_remembered(coins, tmp_path):
    first = written(tmp_path, f"d,ann,{before(days=2)},deposit,BTC,1")
    taken(first)
    path = written(
        tmp_path, f"e,ann,{before(days=1)},deposit,USDT,1", f"w,ann,{before(hours=1)},withdrawal,BTC,1", name="more.csv"
    )
    found, problems = checked(path)
    assert not problems
    worlds.no_limits()
    assert worlds.withdraw(Account.objects.get(reference="ann"), coins["BTC"], 100_000_000).allowed
    state = worlds.state()
    with pytest.raises(taking.Interrupted, match=r"line 3: .*insufficient"):
        taking.take(path, found, now=NOW, held_since=NOW - timedelta(days=3))
    assert worlds.state() == state
    assert not Transfer.objects.filter(key__in=["import:e", "import:w"]).exists()


def test_a_file_that_has_changed_since_it_was_checked_is_not_taken(coins, tmp_path):
    path = history(tmp_path)
    found, _ = checked(path)
    path.write_text(path.read_text().replace("deposit", "gift"))
    with pytest.raises(taking.Interrupted, match="has changed"):
        taking.take(path, found, now=NOW, held_since=NOW)


def test_an_account_of_before_is_carried_on(coins, tmp_path):
    ann = worlds.account(reference="ann")
    worlds.deposit(ann, coins["BTC"], 7)
    taken(written(tmp_path, f"w,ann,{before(hours=1)},withdrawal,BTC,0.00000007"))
    assert has("ann", coins["BTC"]) == 0


def test_it_stands_in_the_record(coins, tmp_path):
    taken(history(tmp_path))
    assert AuditEvent.objects.filter(event="ledger.imported").count() == 1


def test_positions_are_never_more_than_the_balance(coins, tmp_path):
    taken(history(tmp_path))
    assert all(0 <= it.remaining <= it.balance.posted for it in HoldPosition.objects.select_related("balance"))


def test_the_example_of_the_documents_can_be_taken(coins, tmp_path):
    documents = Path(__file__).parents[3] / "docs" / "wallets.md"
    path = tmp_path / "example.csv"
    path.write_text(re.search(r"```\n(id,account.*?)```", documents.read_text(), re.DOTALL)[1])
    assert taken(path) == 4
    assert has("user-7", coins["BTC"]) == 988_000
