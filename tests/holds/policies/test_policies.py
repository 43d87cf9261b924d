"""Making, changing and ending policies; open holds that get a later end: the rules of `actions.policies` and `.longer`."""

from datetime import timedelta

import pytest

from echt import clock
from echt.audit.models import AuditEvent
from echt.holds.access import Absent
from echt.holds.actions.changing import freeze, unfreeze
from echt.holds.actions.policies import (
    Criteria,
    PolicyChanged,
    PolicyTerms,
    change_policy,
    end_policy,
    make_policy,
)
from echt.holds.causes import Cause
from echt.holds.models import FOREVER, Hold, HoldChange, HoldPosition, HoldState, Policy
from echt.holds.policies import policy_for
from echt.holds.refusals import Wrong
from echt.holds.replay import replay
from echt.wallets.gate import NoPolicy, gate
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import Operation, bits_of
from tests.holds import worlds
from tests.holds.actions.states import refused as nothing_done

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

HOUR = timedelta(hours=1)
WHY = "Card fraud has grown."


def refused(error, act, **values):
    before = list(Policy.objects.order_by("pk").values())
    found = nothing_done(error, act, **values)
    assert list(Policy.objects.order_by("pk").values()) == before
    return found


def longer(actor, hours=96, seen=1, name="card", **terms):
    values = {"extends_open": True, "firm_hours": 24, **terms}
    return change_policy(actor=actor, name=name, seen=seen, terms=PolicyTerms(hours=hours, **values), reason=WHY)


def the_hold(account, coin, hours=72, **values):
    """By the policy for cards."""
    terms = worlds.bought(account, coin, 1_000_000, hours=hours, **values)
    hold = Hold.objects.get(pk=terms.hold)
    hold.policy = Policy.objects.get(name="card", version=1)
    hold.save(update_fields=["policy"])
    return hold


def ends(hold):
    return {*HoldPosition.objects.filter(hold=hold).values_list("release_at", flat=True)}


def is_replayed(hold):
    """Whether the events tell the same."""
    hold.refresh_from_db()
    told = replay(hold.events.order_by("pk"))
    stored = {it.balance_id: (it.remaining, it.release_at) for it in hold.positions.all()}
    return told.state == hold.state and {key: (it.units, it.release_at) for key, it in told.places.items()} == stored


# Making ---------------------------------------------------------------------------------------------------


def test_a_policy_counts_from_when_it_is_made(olga, account, usdt):
    made = make_policy(
        actor=olga,
        name="card-usdt",
        criteria=Criteria(channel="card", asset_id=usdt.pk),
        terms=PolicyTerms(hours=120),
        reason=WHY,
    )

    assert policy_for(account, usdt, Channel.CARD) == made
    assert gate().terms(account=account, asset=usdt, units=1, channel=Channel.CARD, at=clock.now()).hours == 120
    event = AuditEvent.objects.get(event="policy.changed")
    assert event.actor == olga.pk


@pytest.mark.parametrize(
    ("name", "criteria", "terms"),
    [
        ("Card!", Criteria(country="DEU"), PolicyTerms(hours=1)),
        ("", Criteria(country="DEU"), PolicyTerms(hours=1)),
        ("x", Criteria(country="XXX"), PolicyTerms(hours=1)),
        ("x", Criteria(level="highest"), PolicyTerms(hours=1)),
        ("x", Criteria(asset_id=999), PolicyTerms(hours=1)),
        ("x", Criteria(country="DEU"), PolicyTerms(hours=-1)),
        ("x", Criteria(country="DEU"), PolicyTerms(hours=8761)),
        ("x", Criteria(country="DEU"), PolicyTerms(hours=1, firm_hours=2)),
        ("x", Criteria(country="DEU"), PolicyTerms(hours=1, restricts=0)),
        ("card", Criteria(country="DEU"), PolicyTerms(hours=1)),
        ("x", Criteria(channel="card"), PolicyTerms(hours=1)),
    ],
)
def test_what_will_not_do_is_refused(olga, name, criteria, terms):
    refused(Wrong, make_policy, actor=olga, name=name, criteria=criteria, terms=terms, reason=WHY)


def test_nobody_changes_policies_without_a_reason_or_without_the_role(olga, auditor):
    terms = PolicyTerms(hours=1)
    refused(Wrong, make_policy, actor=olga, name="x", criteria=Criteria(country="DEU"), terms=terms, reason=" ")
    refused(Absent, make_policy, actor=auditor, name="x", criteria=Criteria(country="DEU"), terms=terms, reason=WHY)
    refused(Absent, change_policy, actor=auditor, name="card", seen=1, terms=terms, reason=WHY)
    refused(Absent, end_policy, actor=auditor, name="card", seen=1, reason=WHY)


# Changing -------------------------------------------------------------------------------------------------


def test_rule_2_the_version_before_keeps_its_terms_and_gets_an_end(olga):
    changed = longer(olga)

    before = Policy.objects.get(name="card", version=1)
    assert (before.hours, before.valid_until) == (72, clock.now())
    assert (changed.policy.version, changed.policy.hours, changed.policy.channel) == (2, 96, "card")
    assert (changed.policy.made_by, changed.policy.reason, changed.policy.valid_until) == (olga, WHY, None)


def test_rule_5_who_saw_another_version_is_refused(olga, rosa):
    longer(rosa)

    refused(PolicyChanged, longer, actor=olga)
    refused(PolicyChanged, end_policy, actor=olga, name="card", seen=1, reason=WHY)
    refused(Absent, longer, actor=olga, name="nothing")


def test_after_the_end_of_the_only_policy_nothing_can_be_bought(olga, account, usdt):
    end_policy(actor=olga, name="card", seen=1, reason=WHY)

    assert policy_for(account, usdt, Channel.CARD) is None
    with pytest.raises(NoPolicy):
        gate().terms(account=account, asset=usdt, units=1, channel=Channel.CARD, at=clock.now())


# Open holds -----------------------------------------------------------------------------------------------


def test_rule_3_an_open_hold_gets_the_later_end(olga, account, usdt, travel):
    hold = the_hold(account, usdt)
    begun = clock.now()
    travel.shift(71 * HOUR)

    assert longer(olga).extended == 1

    hold.refresh_from_db()
    assert ends(hold) == {begun + 96 * HOUR} == {hold.release_at}
    event = hold.events.latest("pk")
    assert (event.kind, event.actor, event.release_at) == (HoldChange.EXTENDED, olga.pk, hold.release_at)
    assert is_replayed(hold)
    assert hold.policy.version == 1
    travel.shift(24 * HOUR)
    assert not worlds.withdraw(account, usdt, 1).allowed


def test_rule_3_without_the_choice_open_holds_stay_as_they_are(olga, account, usdt):
    hold = the_hold(account, usdt)
    before = worlds.state()

    assert longer(olga, extends_open=False).extended == 0
    assert worlds.state() == before
    assert hold.events.count() == 1


def test_rule_3_no_end_comes_nearer(olga, account, usdt):
    the_hold(account, usdt)
    before = worlds.state()

    assert longer(olga, hours=24).extended == 0
    assert worlds.state() == before


def test_rule_3_what_is_free_stays_free(olga, account, usdt, travel):
    the_hold(account, usdt)
    travel.shift(72 * HOUR)
    before = worlds.state()

    assert longer(olga).extended == 0
    assert worlds.state() == before


def test_rule_3_holds_of_other_policies_stay_as_they_are(olga, account, usdt):
    hold = the_hold(account, usdt)
    hold.policy = Policy.objects.get(name="bank")
    hold.save(update_fields=["policy"])

    assert longer(olga).extended == 0


def test_rule_3_an_end_that_is_later_already_stays(olga, account, usdt):
    hold = the_hold(account, usdt, hours=200)

    assert longer(olga).extended == 0
    assert ends(hold) == {clock.now() + 200 * HOUR}


def test_rule_3_the_end_reaches_converted_units_and_other_customers_holds(olga, account, usdt, btc, stranger):
    from echt.wallets.access import account_of

    hold, other = the_hold(account, usdt), the_hold(account_of(stranger), usdt)
    assert worlds.convert(account, (usdt, 400_000), (btc, 4_000)).allowed

    assert longer(olga).extended == 2
    assert ends(hold) == ends(other) == {clock.now() + 96 * HOUR}
    assert is_replayed(hold)


def test_longer_rule_2_the_hours_count_from_the_last_conversion(olga, account, usdt, btc, travel):
    hold = the_hold(account, usdt, restarts=True)
    begun = clock.now()
    travel.shift(10 * HOUR)
    assert worlds.convert(account, (usdt, 400_000), (btc, 4_000)).allowed

    longer(olga)

    assert ends(hold) == {begun + 96 * HOUR, begun + 106 * HOUR}
    assert is_replayed(hold)


def test_rule_4_a_frozen_hold_gets_the_later_end_once_it_is_unfrozen(olga, account, usdt):
    hold = the_hold(account, usdt)
    freeze(actor=olga, hold_id=hold.pk, cause=Cause.CHECK, words="Look.")

    assert longer(olga).extended == 1
    hold.refresh_from_db()
    assert (hold.state, ends(hold)) == (HoldState.FROZEN, {FOREVER})
    assert is_replayed(hold)

    unfreeze(actor=olga, hold_id=hold.pk, words="Fine.")
    assert ends(hold) == {clock.now() + 96 * HOUR}


def test_restricted_operations_are_those_of_the_version(olga, account, usdt):
    longer(olga, restricts=bits_of([Operation.WITHDRAW]))

    terms = gate().terms(account=account, asset=usdt, units=1, channel=Channel.CARD, at=clock.now())
    assert terms.restricts == bits_of([Operation.WITHDRAW])
