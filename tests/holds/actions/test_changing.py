"""Extending, freezing, unfreezing: the rules of `actions.changing` and `actions.ends`."""

from datetime import timedelta

import pytest

from echt import clock
from echt.audit.models import AuditEvent
from echt.holds.access import Absent, seen_of
from echt.holds.actions.changing import extend, freeze, unfreeze
from echt.holds.causes import Cause
from echt.holds.models import FOREVER, Hold, HoldChange, HoldState
from echt.holds.refusals import Frozen, NotFrozen, Over, Stale, Wrong
from echt.mail.models import Message
from tests.holds import worlds
from tests.holds.actions.states import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

BECAUSE = {"cause": Cause.PAYMENT, "words": "The bank has not confirmed it."}
HOUR = timedelta(hours=1)


def after(hours):
    return clock.now() + timedelta(hours=hours)


def test_an_extension_holds_longer_and_says_so(hold, account, usdt, olga):
    extend(actor=olga, hold_id=hold.pk, until=after(96), **BECAUSE)

    event = hold.events.latest("pk")
    assert (event.kind, event.actor, event.release_at) == (HoldChange.EXTENDED, olga.pk, after(96))
    assert event.reason == "payment: The bank has not confirmed it."
    hold.refresh_from_db()
    assert (hold.state, hold.release_at) == (HoldState.RUNNING, after(96))
    assert worlds.parts(account, usdt) == (500_000_000, 500_000_000, 0)
    assert AuditEvent.objects.get(event="hold.extended").actor == olga.pk
    assert Message.objects.get().kind == "holds.extended"


def test_an_extended_hold_refuses_at_its_old_end_and_not_at_its_new_one(hold, account, usdt, olga, travel):
    worlds.no_limits()
    extend(actor=olga, hold_id=hold.pk, until=after(96), **BECAUSE)
    travel.shift(72 * HOUR)
    assert not worlds.withdraw(account, usdt, 1).allowed
    travel.shift(24 * HOUR)
    assert worlds.withdraw(account, usdt, 500_000_000).allowed


@pytest.mark.parametrize("hours", [71, 72, 30 * 24 + 1])
def test_rule_2_an_extension_neither_shortens_nor_lasts_for_ever(hold, olga, hours):
    refused(Wrong, extend, actor=olga, hold_id=hold.pk, until=after(hours), **BECAUSE)


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
def test_nothing_happens_without_words_for_the_desk(hold, olga, words):
    refused(Wrong, freeze, actor=olga, hold_id=hold.pk, cause=Cause.CHECK, words=words)
    refused(Wrong, extend, actor=olga, hold_id=hold.pk, until=after(96), cause=Cause.CHECK, words=words)
    refused(Wrong, unfreeze, actor=olga, hold_id=hold.pk, words=words)


def test_rule_1_what_is_free_is_not_held_again(hold, olga, travel):
    travel.shift(72 * HOUR)
    refused(Over, extend, actor=olga, hold_id=hold.pk, until=after(96), **BECAUSE)
    refused(Over, freeze, actor=olga, hold_id=hold.pk, **BECAUSE)


def test_rule_3_frozen_is_held_for_ever_and_unfrozen_has_its_end_again(hold, account, usdt, olga, travel):
    end = hold.release_at
    freeze(actor=olga, hold_id=hold.pk, **BECAUSE)
    hold.refresh_from_db()
    assert (hold.state, hold.release_at) == (HoldState.FROZEN, FOREVER)
    travel.shift(timedelta(hours=71))
    assert worlds.parts(account, usdt) == (500_000_000, 500_000_000, 0)
    refused(Frozen, freeze, actor=olga, hold_id=hold.pk, **BECAUSE)
    refused(Frozen, extend, actor=olga, hold_id=hold.pk, until=after(96), **BECAUSE)

    unfreeze(actor=olga, hold_id=hold.pk, words="Clarified.")

    hold.refresh_from_db()
    assert (hold.state, hold.release_at) == (HoldState.RUNNING, end)
    assert [event.kind for event in hold.events.all()] == ["placed", "frozen", "unfrozen"]
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["holds.frozen", "holds.unfrozen"]


def test_rule_3_an_extension_before_the_freeze_counts_after_it(hold, olga):
    extend(actor=olga, hold_id=hold.pk, until=after(96), **BECAUSE)
    freeze(actor=olga, hold_id=hold.pk, **BECAUSE)
    unfreeze(actor=olga, hold_id=hold.pk, words="Clarified.")
    hold.refresh_from_db()
    assert hold.release_at == after(96)


def test_rule_3_an_end_that_has_passed_frees_at_once(hold, account, usdt, olga, travel):
    freeze(actor=olga, hold_id=hold.pk, **BECAUSE)
    travel.shift(80 * HOUR)
    unfreeze(actor=olga, hold_id=hold.pk, words="Clarified.")
    assert worlds.parts(account, usdt) == (500_000_000, 0, 500_000_000)


def test_a_freeze_follows_the_value_and_an_unfreeze_does_too(hold, account, usdt, btc, olga):
    """Ends, rules 2 and 3: half is converted before, half while frozen, and some comes back."""
    end = hold.release_at
    worlds.convert(account, (usdt, 250_000_000), (btc, 400_000))
    freeze(actor=olga, hold_id=hold.pk, **BECAUSE)
    worlds.convert(account, (usdt, 250_000_000), (btc, 400_000))
    assert worlds.parts(account, btc) == (800_000, 800_000, 0)

    unfreeze(actor=olga, hold_id=hold.pk, words="Clarified.")
    worlds.convert(account, (btc, 400_000), (usdt, 250_000_000))

    ends = {position.release_at for position in hold.positions.all()}
    assert ends == {end}, "no end of the freeze is left, not even where nothing was"


def test_units_that_are_free_already_stay_free_when_the_rest_is_frozen(account, usdt, btc, olga, travel):
    """With a policy that restarts, parts of a hold have different ends."""
    terms = worlds.bought(account, usdt, 100_000_000, hours=24, restarts=True)
    travel.shift(10 * HOUR)
    worlds.convert(account, (usdt, 50_000_000), (btc, 80_000))
    travel.shift(20 * HOUR)
    freeze(actor=olga, hold_id=terms.hold, **BECAUSE)
    assert worlds.parts(account, usdt) == (50_000_000, 0, 50_000_000)
    assert worlds.parts(account, btc) == (80_000, 80_000, 0)
    unfreeze(actor=olga, hold_id=terms.hold, words="Clarified.")
    position = Hold.objects.get(pk=terms.hold).positions.get(balance__asset=btc)
    assert position.release_at == clock.now() - 20 * HOUR + 24 * HOUR


def test_what_is_not_frozen_cannot_be_unfrozen(hold, olga):
    refused(NotFrozen, unfreeze, actor=olga, hold_id=hold.pk, words="Clarified.")


def test_rule_4_who_comes_second_is_told(hold, olga, rosa):
    seen = seen_of(hold)
    freeze(actor=rosa, hold_id=hold.pk, **BECAUSE, seen=seen)
    refused(Stale, unfreeze, actor=olga, hold_id=hold.pk, words="Clarified.", seen=seen)


def test_rule_4_nobody_changes_their_own_and_only_risk_officers_change(
    account, usdt, customer, stranger, auditor, olga
):
    hold = worlds.bought(account, usdt, 1_000_000).hold
    customer.role = "risk_officer"
    customer.save()
    for actor in (customer, stranger, auditor):
        refused(Absent, freeze, actor=actor, hold_id=hold, **BECAUSE)
        refused(Absent, extend, actor=actor, hold_id=hold, until=after(96), **BECAUSE)
    freeze(actor=olga, hold_id=hold, **BECAUSE)
    for actor in (customer, stranger, auditor):
        refused(Absent, unfreeze, actor=actor, hold_id=hold, words="Clarified.")


def test_an_account_of_the_engine_without_a_person_gets_no_mail(usdt, olga):
    hold = worlds.bought(worlds.account(reference="77"), usdt, 1_000_000).hold
    freeze(actor=olga, hold_id=hold, **BECAUSE)
    assert not Message.objects.exists()
