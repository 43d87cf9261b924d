"""Limits: none, nothing and missing are three things; every change is a new row."""

from datetime import timedelta

import pytest

from echt import clock
from echt.audit.models import AuditEvent
from echt.holds.access import Absent
from echt.holds.actions.limits import LimitChanged, Subject, end_limit, set_limit
from echt.holds.models import Limit
from echt.holds.refusals import Wrong
from echt.wallets.operations import Class
from tests.holds import worlds
from tests.holds.actions.states import refused as nothing_done

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

WHY = "The auditors ask for it."
COIN = 10**8
NONE = Subject(counts=Class.OUTGOING, level="none")


def refused(error, act, **values):
    before = list(Limit.objects.order_by("pk").values())
    nothing_done(error, act, **values)
    assert list(Limit.objects.order_by("pk").values()) == before


def in_force(subject=NONE):
    return Limit.objects.filter(valid_until=None, **subject.row).first()


def put(actor, sats, subject=NONE):
    row = in_force(subject)
    return set_limit(actor=actor, subject=subject, sats=sats, reason=WHY, seen=row.pk if row else None)


@pytest.fixture
def rich(account, btc):
    worlds.rate(btc, 80_000)
    worlds.deposit(account, btc, 1000 * COIN)
    return account


def test_rule_2_a_change_is_a_new_row_and_the_one_before_gets_its_end(olga):
    before = in_force()
    limit = put(olga, 5 * COIN)

    before.refresh_from_db()
    assert (before.sats, before.valid_until) == (10 * COIN, clock.now())
    assert (limit.sats, limit.made_by, limit.reason, limit.valid_until) == (5 * COIN, olga, WHY, None)
    assert AuditEvent.objects.get(event="limit.changed").actor == olga.pk


def test_rule_1_an_amount_binds_to_the_last_satoshi(olga, rich, btc):
    put(olga, 5 * COIN)

    assert not worlds.withdraw(rich, btc, 5 * COIN + 1).allowed
    assert worlds.withdraw(rich, btc, 5 * COIN).allowed


def test_rule_1_none_is_no_limit(olga, rich, btc):
    put(olga, None)

    assert worlds.withdraw(rich, btc, 999 * COIN).allowed


def test_rule_1_zero_is_nothing(olga, rich, btc):
    put(olga, 0)

    assert not worlds.withdraw(rich, btc, 1).allowed


def test_rule_1_a_level_without_a_row_in_force_may_nothing(rich, btc):
    Limit.objects.filter(**NONE.row).update(valid_until=clock.now() - timedelta(days=1))

    assert not worlds.withdraw(rich, btc, 1).allowed


def test_a_second_window_binds_beside_the_first(olga, rich, btc):
    put(olga, COIN, Subject(counts=Class.OUTGOING, level="none", window=720))

    assert not worlds.withdraw(rich, btc, 2 * COIN).allowed
    assert worlds.withdraw(rich, btc, COIN).allowed


def test_rule_3_the_cap_of_a_country_can_be_ended_and_that_of_a_level_cannot(olga):
    cap = put(olga, COIN, Subject(counts=Class.OUTGOING, country="TUR"))

    assert end_limit(actor=olga, limit_id=cap.pk, reason=WHY).valid_until == clock.now()
    refused(Absent, end_limit, actor=olga, limit_id=cap.pk, reason=WHY)
    refused(Wrong, end_limit, actor=olga, limit_id=in_force().pk, reason=WHY)


def test_rule_4_who_saw_another_row_is_refused(olga, rosa):
    seen = in_force().pk
    put(rosa, COIN)

    refused(LimitChanged, set_limit, actor=olga, subject=NONE, sats=0, reason=WHY, seen=seen)
    refused(LimitChanged, set_limit, actor=olga, subject=NONE, sats=0, reason=WHY, seen=None)


@pytest.mark.parametrize(
    ("subject", "sats"),
    [
        (Subject(counts=Class.FIAT), 1),
        (Subject(counts=Class.FIAT, level="none", country="TUR"), 1),
        (Subject(counts=Class.FIAT, level="highest"), 1),
        (Subject(counts=Class.FIAT, country="XXX"), 1),
        (Subject(counts=Class.FIAT, level="none", window=0), 1),
        (Subject(counts=Class.FIAT, level="none"), -1),
        (Subject(counts=Class.FIAT, level="none"), 21_000_000 * COIN + 1),
    ],
)
def test_what_will_not_do_is_refused(olga, subject, sats):
    row = in_force(subject)
    refused(Wrong, set_limit, actor=olga, subject=subject, sats=sats, reason=WHY, seen=row.pk if row else None)


def test_nobody_changes_limits_without_a_reason_or_without_the_role(olga, auditor):
    values = {"subject": NONE, "sats": 0, "seen": in_force().pk}
    refused(Wrong, set_limit, actor=olga, reason="", **values)
    refused(Absent, set_limit, actor=auditor, reason=WHY, **values)
    refused(Absent, end_limit, actor=auditor, limit_id=in_force().pk, reason=WHY)
