"""Instants: what is held until 12:00 is held a microsecond before and free at 12:00, wherever the clocks on the walls change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from echt import clock
from echt.accounts.models import Freeze, FreezeReason
from echt.holds import policies
from echt.holds.models import FOREVER, HoldPosition, Policy
from echt.wallets.access import account_of
from echt.wallets.answers import Code
from echt.wallets.gate import gate
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import Operation
from tests.holds import worlds

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def may(of, coin, units: int):
    """Advice and what binds: they say the same."""
    asked = gate().ask(account=of.pk, operation=Operation.WITHDRAW, asset=coin.pk, units=units)
    answer = worlds.withdraw(of, coin, units)
    assert (asked.allowed, asked.reasons, asked.movable) == (answer.allowed, answer.reasons, answer.movable)
    return answer


# The end of a hold ------------------------------------------------------------------------------------------


def test_rule_1_a_unit_is_free_at_the_instant_of_its_release(travel):
    released_to_the_microsecond(travel)


def released_to_the_microsecond(travel) -> None:
    worlds.no_limits()
    usdt, lena = worlds.asset(), worlds.account()
    end = worlds.bought(lena, usdt, 100).release_at
    travel.move_to(end - MOMENT)
    refused = may(lena, usdt, 1)
    assert [(reason.code, reason.until) for reason in refused.reasons] == [(Code.HELD, end)]
    assert (refused.held, refused.movable, refused.next_release_at) == (100, 0, end)
    travel.move_to(end)
    assert may(lena, usdt, 50).movable == 100
    travel.move_to(end + MOMENT)
    assert may(lena, usdt, 50).allowed


def test_the_told_instant_is_when_enough_is_free(travel):
    worlds.no_limits()
    usdt, lena = worlds.asset(), worlds.account()
    ends = [worlds.bought(lena, usdt, 100, hours=hours).release_at for hours in (24, 48, 72)]
    for units, end in ((1, ends[0]), (100, ends[0]), (101, ends[1]), (201, ends[2])):
        (reason,) = may(lena, usdt, units).reasons
        assert reason.until == end
    travel.move_to(ends[1] - MOMENT)
    assert not may(lena, usdt, 101).allowed
    travel.move_to(ends[1])
    assert may(lena, usdt, 101).allowed


def test_nobody_is_told_the_end_of_what_is_frozen(travel):
    worlds.no_limits()
    usdt, lena = worlds.asset(), worlds.account()
    HoldPosition.objects.filter(hold=worlds.bought(lena, usdt, 100).hold).update(release_at=FOREVER)
    travel.move_to(datetime(2226, 1, 1, tzinfo=UTC))
    refused = may(lena, usdt, 1)
    assert [(reason.code, reason.until) for reason in refused.reasons] == [(Code.HELD, None)]
    assert refused.next_release_at is None


# The end of a pause of the account --------------------------------------------------------------------------


def test_a_pause_holds_from_its_begin_and_not_at_its_end(customer, travel):
    worlds.no_limits()
    usdt, lena = worlds.asset(), account_of(customer)
    worlds.deposit(lena, usdt, 100)
    begin = clock.now() + HOUR
    end = begin + HOUR
    Freeze.objects.create(owner=customer, reason=FreezeReason.PASSWORD_CHANGED, begins_at=begin, ends_at=end)
    for instant, allowed in (
        (begin - MOMENT, True),
        (begin, False),
        (end - MOMENT, False),
        (end, True),
        (end + MOMENT, True),
    ):
        travel.move_to(instant)
        answer = may(lena, usdt, 1)
        assert [(reason.code, reason.until) for reason in answer.reasons] == ([] if allowed else [(Code.FROZEN, end)])


def test_of_two_pauses_the_one_that_ends_last_is_told(customer, travel):
    worlds.no_limits()
    usdt, lena = worlds.asset(), account_of(customer)
    worlds.deposit(lena, usdt, 100)
    now = clock.now()
    for hours in (2, 1):
        values = {"begins_at": now, "ends_at": now + hours * HOUR}
        Freeze.objects.create(owner=customer, reason=FreezeReason.PASSWORD_CHANGED, **values)
    assert may(lena, usdt, 1).reason(Code.FROZEN).until == now + 2 * HOUR


# Walls and calendars ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=BERLIN), datetime(2026, 3, 29, 13, tzinfo=BERLIN)),
        (
            datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=BERLIN),
            datetime(2026, 3, 30, 2, 59, 59, 999999, tzinfo=BERLIN),
        ),
        (datetime(2026, 10, 24, 12, tzinfo=BERLIN), datetime(2026, 10, 25, 11, tzinfo=BERLIN)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), datetime(2026, 10, 26, 1, 30, tzinfo=BERLIN)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), datetime(2026, 10, 26, 2, 30, tzinfo=BERLIN)),
        (datetime(2028, 2, 28, 12, tzinfo=UTC), datetime(2028, 2, 29, 12, tzinfo=UTC)),
        (datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2028, 3, 1, 12, tzinfo=UTC)),
        (datetime(2027, 2, 28, 12, tzinfo=UTC), datetime(2027, 3, 1, 12, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), datetime(2027, 1, 1, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_24_hours_are_24_hours_that_pass(begin, end):
    """Whether the policy reckons them, or a conversion that restarts them, or a limit in which a use comes back."""
    begin, end = begin.astimezone(UTC), end.astimezone(UTC)
    usdt, usdc, bitcoin, lena = worlds.asset(), worlds.asset("USDC"), worlds.asset("BTC", 8), worlds.account()
    Policy.objects.filter(channel="card").update(hours=24, firm_hours=0)
    with time_machine.travel(begin, tick=False):
        terms = policies.terms(account=lena, asset=usdt, units=1, channel=Channel.CARD, at=clock.now())
        assert terms.release_at == end
        worlds.bought(lena, usdt, 100, restarts=True)
        worlds.deposit(lena, bitcoin, 10**9)
        assert worlds.withdraw(lena, bitcoin, 10**9).allowed
    with time_machine.travel(begin + HOUR, tick=False):
        worlds.convert(lena, (usdt, 50), (usdc, 50))
    for moment, allowed in ((-MOMENT, False), (timedelta(0), True)):
        with time_machine.travel(end + moment, tick=False):
            assert worlds.parts(lena, usdt)[2] == (50 if allowed else 0)
            asked = gate().ask(account=lena.pk, operation=Operation.WITHDRAW, asset=bitcoin.pk, units=1)
            assert (Code.LIMIT in [reason.code for reason in asked.reasons]) is not allowed
        with time_machine.travel(end + HOUR + moment, tick=False):
            assert worlds.parts(lena, usdc)[2] == (50 if allowed else 0)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no zones.")
def test_the_zone_of_the_connection_changes_nothing(travel):
    """PostgreSQL would reckon a day of its own zone; ours reckons hours."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Europe/Berlin'")
    travel.move_to(datetime(2026, 3, 28, 12, tzinfo=UTC))
    released_to_the_microsecond(travel)
    assert may(worlds.account(), worlds.asset(), 1).evaluated_at == clock.now()


# Clocks that disagree ---------------------------------------------------------------------------------------


@pytest.fixture
def compared(monkeypatch):
    holds = settings.ECHT.holds.model_copy(update={"clock_skew": 30})
    monkeypatch.setattr(settings, "ECHT", settings.ECHT.model_copy(update={"holds": holds}))


@pytest.mark.parametrize("seconds", [-35, -31, -25, 0, 25, 31, 35, 86_400])
def test_nothing_leaves_while_the_clocks_disagree(compared, seconds):
    """Ours against PostgreSQL's; a hold is placed and money is converted all the same. On SQLite there is one clock."""
    worlds.no_limits()
    usdt, usdc, lena = worlds.asset(), worlds.asset("USDC"), worlds.account()
    worlds.deposit(lena, usdt, 100)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        wrong = connection.vendor == "postgresql" and abs(seconds) > 30
        answer = may(lena, usdt, 10)
        assert [reason.code for reason in answer.reasons] == ([Code.CLOCK] if wrong else [])
        assert worlds.posted(lena, usdt) == (100 if wrong else 90)
        assert worlds.convert(lena, (usdt, 50), (usdc, 50)).allowed
        worlds.bought(lena, usdt, 10)


# A clock that steps back ------------------------------------------------------------------------------------


def test_a_step_back_of_the_clock_frees_nothing_and_holds_no_more_than_is_there(travel):
    """What was free is spent, then the clock says again that it is held: a conversion carries no more than all it moves."""
    worlds.no_limits()
    usdt, usdc, lena = worlds.asset(), worlds.asset("USDC"), worlds.account()
    end = worlds.bought(lena, usdt, 100, restarts=True).release_at
    travel.move_to(end)
    assert worlds.withdraw(lena, usdt, 60).allowed
    travel.move_to(end - timedelta(seconds=1))
    assert not worlds.withdraw(lena, usdt, 1).allowed
    assert worlds.convert(lena, (usdt, 20), (usdc, 20)).allowed
    whole, held, _ = worlds.parts(lena, usdc)
    assert (whole, held) == (20, 20)
