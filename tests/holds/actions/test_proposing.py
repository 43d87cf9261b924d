"""Two people: the rules of `actions.proposing` and `actions.recovering`."""

from datetime import timedelta

import pytest

from echt.audit.selectors import history_of
from echt.holds.access import Absent, seen_of
from echt.holds.actions.appealing import make_appeal
from echt.holds.actions.changing import freeze, unfreeze
from echt.holds.actions.proposing import (
    agree_claw_back,
    agree_release,
    propose_claw_back,
    propose_release,
    reject,
    take_back,
)
from echt.holds.causes import Cause
from echt.holds.models import Appeal, Hold, HoldState
from echt.holds.refusals import FirmPart, FreezeFirst, NothingPending, Over, OwnProposal, Stale, Waiting, Wrong
from echt.mail.models import Message
from echt.wallets.house import House
from echt.wallets.models import Posting, Transfer
from tests.holds import worlds
from tests.holds.actions.states import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

HOUR = timedelta(hours=1)
WORDS = "The statement shows the payment."


@pytest.fixture
def later(hold, travel):
    """A hold whose firm part is over."""
    travel.shift(24 * HOUR)
    return hold


@pytest.fixture
def frozen(hold, olga):
    freeze(actor=olga, hold_id=hold.pk, cause=Cause.CHARGEBACK, words="The card company wrote.")
    hold.refresh_from_db()
    return hold


def proposed(hold, by):
    return propose_release(actor=by, hold_id=hold.pk, words=WORDS)


def test_rule_3_two_people_release_everything_that_is_held_at_once(later, account, usdt, btc, olga, rosa):
    worlds.no_limits()
    worlds.convert(account, (usdt, 200_000_000), (btc, 300_000))
    proposal = proposed(later, olga)
    assert worlds.parts(account, usdt) == (300_000_000, 300_000_000, 0), "a proposal moves nothing"

    agree_release(actor=rosa, proposal_id=proposal.pk)

    later.refresh_from_db()
    assert later.state == HoldState.RELEASED_EARLY
    assert worlds.parts(account, usdt) == (300_000_000, 0, 300_000_000)
    assert worlds.parts(account, btc) == (300_000, 0, 300_000)
    assert worlds.withdraw(account, btc, 300_000).allowed
    event = later.events.latest("pk")
    assert (event.kind, event.actor, event.second, event.reason) == ("released_early", olga.pk, rosa.pk, WORDS)
    assert Message.objects.get().kind == "holds.released_early"
    assert [entry.event for entry in history_of(later.pk)] == ["hold.released_early", "release.proposed"]


def test_units_that_come_back_after_a_release_are_free(later, account, usdt, btc, olga, rosa):
    worlds.convert(account, (usdt, 500_000_000), (btc, 800_000))
    agree_release(actor=rosa, proposal_id=proposed(later, olga).pk)
    worlds.convert(account, (btc, 800_000), (usdt, 500_000_000))
    assert worlds.parts(account, usdt) == (500_000_000, 0, 500_000_000)


def test_rule_3_the_firm_part_cannot_be_cut(hold, olga, travel):
    travel.shift(24 * HOUR - timedelta(microseconds=1))
    error = refused(FirmPart, propose_release, actor=olga, hold_id=hold.pk, words=WORDS)
    assert "23 Nov 2026, 12:00" in error.sentence
    travel.shift(timedelta(microseconds=1))
    assert proposed(hold, olga)


def test_rule_1_who_proposes_neither_agrees_nor_rejects(later, olga):
    proposal = proposed(later, olga)
    refused(OwnProposal, agree_release, actor=olga, proposal_id=proposal.pk)
    refused(OwnProposal, reject, actor=olga, proposal_id=proposal.pk, words="No.")


def test_rule_1_neither_the_customer_nor_who_only_reads(later, customer, stranger, auditor, olga):
    customer.role = "risk_officer"
    customer.save()
    for actor in (customer, stranger, auditor):
        refused(Absent, propose_release, actor=actor, hold_id=later.pk, words=WORDS)
    proposal = proposed(later, olga)
    for actor in (customer, stranger, auditor):
        refused(Absent, agree_release, actor=actor, proposal_id=proposal.pk)
        refused(Absent, reject, actor=actor, proposal_id=proposal.pk, words="No.")
        refused(Absent, take_back, actor=actor, proposal_id=proposal.pk)


def test_rule_2_one_proposal_at_a_time(later, olga, rosa):
    proposed(later, olga)
    refused(Waiting, propose_release, actor=rosa, hold_id=later.pk, words=WORDS)


def test_rule_2_a_rejected_or_withdrawn_proposal_counts_no_more(later, olga, rosa):
    first = proposed(later, olga)
    reject(actor=rosa, proposal_id=first.pk, words="The statement is of another card.")
    refused(NothingPending, agree_release, actor=rosa, proposal_id=first.pk)
    second = proposed(later, olga)
    take_back(actor=olga, proposal_id=second.pk)
    refused(NothingPending, agree_release, actor=rosa, proposal_id=second.pk)
    refused(NothingPending, take_back, actor=olga, proposal_id=second.pk)
    assert later.events.count() == 1


def test_a_proposal_is_rejected_with_a_reason_and_made_with_one(later, olga, rosa):
    refused(Wrong, propose_release, actor=olga, hold_id=later.pk, words=" ")
    proposal = proposed(later, olga)
    refused(Wrong, reject, actor=rosa, proposal_id=proposal.pk, words="")


def test_rule_5_what_has_become_free_is_neither_proposed_nor_released(later, olga, rosa, travel):
    proposal = proposed(later, olga)
    travel.shift(48 * HOUR)
    refused(Over, agree_release, actor=rosa, proposal_id=proposal.pk)
    reject(actor=rosa, proposal_id=proposal.pk, words="It is over.")
    refused(Over, propose_release, actor=olga, hold_id=later.pk, words=WORDS)


def test_who_agrees_on_an_old_page_is_told(later, olga, rosa):
    proposal = proposed(later, olga)
    seen = seen_of(later)
    freeze(actor=olga, hold_id=later.pk, cause=Cause.CHECK, words="New signs.")
    refused(Stale, agree_release, actor=rosa, proposal_id=proposal.pk, seen=seen)


def test_a_freeze_voids_a_release_that_waits(later, olga, rosa, account, usdt):
    """Changing, rule 5."""
    proposal = proposed(later, olga)
    freeze(actor=rosa, hold_id=later.pk, cause=Cause.CHARGEBACK, words="The card company wrote.")
    refused(NothingPending, agree_release, actor=rosa, proposal_id=proposal.pk)
    assert worlds.parts(account, usdt) == (500_000_000, 500_000_000, 0)
    assert history_of(later.pk)[0].details["voided"] is True


def test_a_kind_is_not_agreed_to_as_the_other(frozen, olga, rosa):
    proposal = propose_claw_back(actor=olga, hold_id=frozen.pk, words=WORDS)
    refused(Absent, agree_release, actor=rosa, proposal_id=proposal.pk)


def test_rule_3_a_release_answers_the_appeal_that_waits(later, customer, olga, rosa):
    make_appeal(actor=customer, hold_id=later.pk, words="Here is my statement.")
    agree_release(actor=rosa, proposal_id=proposed(later, olga).pk)
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.answered_by) == ("granted", rosa)


def test_rule_4_a_claw_back_needs_a_freeze_to_be_proposed_and_to_be_agreed_to(hold, olga, rosa):
    refused(FreezeFirst, propose_claw_back, actor=olga, hold_id=hold.pk, words=WORDS)
    freeze(actor=olga, hold_id=hold.pk, cause=Cause.CHECK, words="Signs.")
    proposal = propose_claw_back(actor=olga, hold_id=hold.pk, words=WORDS)
    unfreeze(actor=rosa, hold_id=hold.pk, words="Clarified.")
    refused(FreezeFirst, agree_claw_back, actor=rosa, proposal_id=proposal.pk)


def test_the_worked_example_is_clawed_back_by_lineage(account, usdt, btc, olga, rosa, travel):
    """`research/ledger.md` 4.4: H1 left 832,500 satoshis of 500 USDT."""
    worlds.rate(usdt, 1)
    worlds.rate(btc, 60_000)
    worlds.deposit(account, usdt, 1_000_000_000)
    h1 = worlds.bought(account, usdt, 500_000_000, hours=72).hold
    worlds.bought(account, usdt, 600_000_000, hours=24, channel="p2p")
    worlds.convert(account, (usdt, 1_800_000_000), (btc, 2_997_000))
    travel.shift(30 * HOUR)
    freeze(actor=olga, hold_id=h1, cause=Cause.CHARGEBACK, words="The card company wrote.")
    proposal = propose_claw_back(actor=olga, hold_id=h1, words="The bank will not return it.")

    recovered = agree_claw_back(actor=rosa, proposal_id=proposal.pk)

    assert recovered.units == {btc: 832_500}
    assert recovered.missing == 500_000_000 - 499_500_000, "8,325 hundredths of a coin at 60,000 are 499.50"
    assert worlds.parts(account, btc) == (2_164_500, 0, 2_164_500)
    assert worlds.parts(account, usdt) == (300_000_000, 0, 300_000_000)
    transfer = Transfer.objects.get(pk=recovered.transfer)
    sides = {(it.account_id, it.asset_id): (it.amount, it.after) for it in transfer.postings.all()}
    assert sides == {
        (account.pk, btc.pk): (-832_500, 2_164_500),
        (House.RECOVERED.pk, btc.pk): (832_500, None),
    }
    hold = Hold.objects.get(pk=h1)
    event = hold.events.latest("pk")
    assert (hold.state, event.kind, event.taken) == (HoldState.CLAWED_BACK, "clawed_back", 832_500)
    assert (event.actor, event.second, event.transfer) == (olga.pk, rosa.pk, transfer.pk)
    assert not hold.positions.filter(remaining__gt=0).exists()
    assert history_of(h1)[0].details["missing"] == "500000"
    assert Message.objects.filter(kind="holds.clawed_back").count() == 1


def test_a_claw_back_takes_of_several_assets_and_leaves_what_is_free(frozen, account, usdt, btc, olga, rosa):
    worlds.deposit(account, usdt, 7)
    worlds.convert(account, (usdt, 100_000_007), (btc, 160_000))
    proposal = propose_claw_back(actor=olga, hold_id=frozen.pk, words=WORDS)
    recovered = agree_claw_back(actor=rosa, proposal_id=proposal.pk)
    assert recovered.units[usdt] == 400_000_000
    assert recovered.missing is None, "without a price nothing is made up"
    assert worlds.posted(account, usdt) == 0
    assert worlds.held(account, btc) == 0
    for coin in (usdt, btc):
        postings = Posting.objects.filter(transfer=recovered.transfer, asset=coin)
        assert sum(posting.amount for posting in postings) == 0
    refused(NothingPending, agree_claw_back, actor=rosa, proposal_id=proposal.pk)


def test_a_claw_back_answers_the_appeal_that_waits(frozen, customer, olga, rosa):
    make_appeal(actor=customer, hold_id=frozen.pk, words="It was me.")
    agree_claw_back(actor=rosa, proposal_id=propose_claw_back(actor=olga, hold_id=frozen.pk, words=WORDS).pk)
    assert Appeal.objects.get().state == "refused"
