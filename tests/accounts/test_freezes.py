"""The rules of `actions.freezes`: outgoing money pauses after changes of the account's security."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from echt import clock
from echt.accounts.actions import freezes
from echt.accounts.actions.freezes import current_freeze, freeze_money
from echt.accounts.models import Freeze, FreezeReason
from echt.accounts.settings import AccountsSettings
from echt.audit.models import AuditEvent
from tests.accounts.steps import text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

INSTANT = timedelta(microseconds=1)


def freeze(user, reason):
    with transaction.atomic():
        return freeze_money(actor=user, user=user, reason=reason)


def test_rule_1_a_shorter_one_never_ends_a_longer_one_sooner(lena):
    long = freeze(lena, FreezeReason.RECOVERED)

    assert freeze(lena, FreezeReason.FACTOR_ADDED) == long
    assert current_freeze(lena).ends_at == long


def test_rule_1_a_later_one_lengthens_it(lena, travel):
    first = freeze(lena, FreezeReason.PASSWORD_CHANGED)
    travel.shift(timedelta(hours=23))

    assert freeze(lena, FreezeReason.PASSWORD_CHANGED) == first + timedelta(hours=23)


def test_rule_1_whatever_the_order_the_end_never_comes_sooner(lena, travel):
    ends = []
    for reason in [*FreezeReason, *reversed(FreezeReason)]:
        ends.append(freeze(lena, reason))
        travel.shift(timedelta(hours=1))

    assert ends == sorted(ends)


def test_rule_1_one_that_is_over_lengthens_nothing(lena, travel):
    travel.move_to(freeze(lena, FreezeReason.RECOVERED))

    assert freeze(lena, FreezeReason.FACTOR_ADDED) == clock.now() + timedelta(hours=6)


def test_rule_2_it_holds_from_its_first_to_before_its_last_instant(lena, travel):
    assert current_freeze(lena) is None
    end = freeze(lena, FreezeReason.PASSWORD_CHANGED)
    assert current_freeze(lena) is not None

    travel.move_to(end - INSTANT)
    assert current_freeze(lena) is not None
    travel.move_to(end)
    assert current_freeze(lena) is None


@pytest.mark.parametrize(
    ("reason", "hours"),
    [
        (FreezeReason.PASSWORD_RESET, 24),
        (FreezeReason.PASSWORD_CHANGED, 24),
        (FreezeReason.FACTOR_REMOVED, 24),
        (FreezeReason.RECOVERED, 72),
        (FreezeReason.FACTOR_ADDED, 6),
    ],
)
def test_rule_3_how_long_each_lasts(lena, reason, hours):
    assert freeze(lena, reason) - clock.now() == timedelta(hours=hours)


def test_rule_3_zero_hours_are_none(lena, monkeypatch):
    monkeypatch.setattr(freezes, "accounts_settings", lambda: AccountsSettings(strengthened=0))

    assert freeze(lena, FreezeReason.FACTOR_ADDED) is None
    assert not Freeze.objects.exists()


def test_the_database_refuses_one_that_ends_before_it_begins(lena):
    now = clock.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        lena.freezes.create(reason=FreezeReason.RECOVERED, begins_at=now, ends_at=now - INSTANT)


def test_it_is_recorded_with_reason_and_end(lena):
    freeze(lena, FreezeReason.RECOVERED)

    assert AuditEvent.objects.filter(event="money.frozen", subject=lena.pk).count() == 1


def test_the_page_shows_reason_end_and_time_left(lena, client_of, travel):
    freeze(lena, FreezeReason.FACTOR_ADDED)
    travel.shift(timedelta(hours=3, minutes=44))

    page = client_of(lena).get(url("security"))

    assert "Payments out pause" in text_of(page)
    assert "2 h 16 min left" in text_of(page)
    assert "Reason: new second factor" in text_of(page)
    assert 'data-countdown="8160"' in page.content.decode()


def test_without_one_the_page_says_nothing_of_it(lena, client_of):
    assert "Payments out pause" not in text_of(client_of(lena).get(url("security")))


def test_nobody_elses_pause_is_mine(lena, stranger):
    freeze(stranger, FreezeReason.RECOVERED)

    assert current_freeze(lena) is None
