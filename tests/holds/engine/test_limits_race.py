"""Limits: many at once get exactly the room that is there, each use comes back to the microsecond, and what is missing refuses.

The rules are those at the head of `holds.engine`: 4, a missing price, limit, level or policy refuses, and zero means zero;
5, what counts is valued once, when it is asked for, and rounded up.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection

from echt import clock
from echt.holds.defaults import SATOSHIS
from echt.holds.models import Limit, Usage
from echt.identity.levels import Level
from echt.identity.models import LevelGrant
from echt.wallets.access import account_of
from echt.wallets.answers import Code
from echt.wallets.gate import gate
from echt.wallets.house import House
from echt.wallets.models import Rate
from echt.wallets.moving import Coins
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.holds.engine.sessions import while_uncommitted
from tests.holds.engine.writers import assert_whole, together
from tests.identity.cases import a_case

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
YEARS = timedelta(days=3650)
ONE = datetime(2026, 6, 1, 1, tzinfo=UTC)


def limited(sats: int | None, *, level: str = "none", counts: str = "outgoing", **values):
    """The one limit of the level."""
    Limit.objects.filter(level=level, counts=counts).delete()
    return Limit.objects.create(level=level, counts=counts, sats=sats, **values)


def rich(*coins) -> object:
    lena = worlds.account()
    for coin in coins or (worlds.asset("BTC", 8),):
        worlds.deposit(lena, coin, 1_000_000 * coin.unit)
    return lena


def codes(answer) -> list[Code]:
    return [reason.code for reason in answer.reasons]


def left(of, coin) -> int:
    """What is left of the only limit, in whole bitcoins."""
    (room,) = gate().ask(account=of.pk, operation=Operation.WITHDRAW, asset=coin.pk, units=1).rooms
    return room.left // SATOSHIS


# Many at once -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_exactly_the_room_for_forty():
    fifty_at_once()


def fifty_at_once() -> None:
    """Ten bitcoins' worth each of five assets: only the account is common to them."""
    limited(400 * SATOSHIS)
    bitcoin = worlds.asset("BTC", 8)
    coins = [bitcoin, *(worlds.asset(code, 6) for code in ("AAA", "BBB", "CCC", "DDD"))]
    for coin in coins:
        worlds.rate(coin, 50_000, good_for=YEARS)
    lena = rich(*coins)
    writers, each = (50, 1) if connection.vendor == "postgresql" else (5, 10)

    def ask(number: int) -> list[tuple[bool, list[Code]]]:
        answers = [
            worlds.withdraw(lena, coins[(number + step) % 5], 10 * coins[(number + step) % 5].unit)
            for step in range(each)
        ]
        return [(answer.allowed, codes(answer)) for answer in answers]

    answers = [answer for answers in together(writers, ask) for answer in answers]

    assert sorted(answers) == [(False, [Code.LIMIT])] * 10 + [(True, [])] * 40
    assert sum(Usage.objects.values_list("sats", flat=True)) == 400 * SATOSHIS
    assert_whole()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("commits", [True, False])
def test_the_second_one_counts_the_first(commits):
    the_second_one_counts_the_first(commits=commits)


def the_second_one_counts_the_first(*, commits: bool) -> None:
    """Of two assets, so that nothing but the account can make it wait."""
    limited(10 * SATOSHIS)
    bitcoin, coin = worlds.asset("BTC", 8), worlds.asset("AAA", 6)
    for priced in (bitcoin, coin):
        worlds.rate(priced, 50_000, good_for=YEARS)
    lena = rich(bitcoin, coin)
    first, second = (
        partial(worlds.withdraw, lena, bitcoin, SATOSHIS),
        partial(worlds.withdraw, lena, coin, 10 * coin.unit),
    )
    answer = while_uncommitted(first, second, commits=commits)
    assert codes(answer) == ([Code.LIMIT] if commits else [])


# A use comes back 24 hours after itself ---------------------------------------------------------------------


def at(day: int, hour: int, moment: timedelta = timedelta(0)) -> time_machine.travel:
    return time_machine.travel(ONE.replace(day=day, hour=hour) + moment, tick=False)


def test_the_table_that_huobi_publishes():
    """Limit 100. 01:00 20, 10:00 40, 15:00 5; on the next day at 01:00 there are 55, at 10:00 95, at 15:00 100."""
    limited(100 * SATOSHIS)
    bitcoin = worlds.asset("BTC", 8)
    lena = rich()
    for hour, coins in ((1, 20), (10, 40), (15, 5)):
        with at(1, hour):
            assert worlds.withdraw(lena, bitcoin, coins * SATOSHIS).allowed
    for hour, before, after in ((1, 35, 55), (10, 55, 95), (15, 95, 100)):
        with at(2, hour, -MOMENT):
            assert left(lena, bitcoin) == before
            refused = worlds.withdraw(lena, bitcoin, after * SATOSHIS)
            assert codes(refused) == [Code.LIMIT]
            assert refused.reason(Code.LIMIT).until == ONE.replace(day=2, hour=hour)
        for moment in (timedelta(0), MOMENT):
            with at(2, hour, moment):
                assert left(lena, bitcoin) == after
                asked = gate().ask(account=lena.pk, operation=Operation.SEND, asset=bitcoin.pk, units=after * SATOSHIS)
                assert asked.allowed


def test_more_than_the_whole_limit_never_has_room():
    limited(100 * SATOSHIS)
    refused = worlds.withdraw(rich(), worlds.asset("BTC", 8), 100 * SATOSHIS + 1)
    assert codes(refused) == [Code.LIMIT]
    assert refused.reason(Code.LIMIT).until is None


def test_every_way_out_counts_together_and_a_refusal_counts_nothing(travel):
    limited(40 * SATOSHIS)
    bitcoin, lena = worlds.asset("BTC", 8), rich()
    ten = Coins(asset=bitcoin.pk, units=10 * SATOSHIS)
    assert worlds.withdraw(lena, bitcoin, 10 * SATOSHIS).allowed
    assert worlds.send(lena, worlds.account(), bitcoin, 10 * SATOSHIS).allowed
    assert worlds.move(lena, Operation.GIFT, other=House.GIFTS.pk, pays=ten).allowed
    before = worlds.state()
    assert codes(worlds.withdraw(lena, bitcoin, 10 * SATOSHIS + 1)) == [Code.LIMIT]
    assert worlds.state() == before
    assert worlds.withdraw(lena, bitcoin, 10 * SATOSHIS).allowed


def test_what_did_not_leave_gives_its_room_back(travel):
    limited(100 * SATOSHIS)
    bitcoin, lena = worlds.asset("BTC", 8), rich()
    sent = worlds.withdraw(lena, bitcoin, 100 * SATOSHIS)
    assert left(lena, bitcoin) == 0
    travel.shift(timedelta(hours=1))
    coins = Coins(asset=bitcoin.pk, units=100 * SATOSHIS)
    back = worlds.move(lena, Operation.RETURN, gets=coins, returns=sent.transfer)
    assert back.allowed
    assert left(lena, bitcoin) == 100
    assert worlds.withdraw(lena, bitcoin, 100 * SATOSHIS).allowed


def test_every_window_binds(travel):
    limited(10 * SATOSHIS)
    Limit.objects.create(level="none", counts="outgoing", window=720, sats=15 * SATOSHIS)
    bitcoin, lena = worlds.asset("BTC", 8), rich()
    begin = clock.now()
    assert worlds.withdraw(lena, bitcoin, 10 * SATOSHIS).allowed
    travel.shift(DAY)
    refused = worlds.withdraw(lena, bitcoin, 6 * SATOSHIS)
    assert codes(refused) == [Code.LIMIT]
    assert refused.reason(Code.LIMIT).until == begin + timedelta(hours=720)
    assert worlds.withdraw(lena, bitcoin, 5 * SATOSHIS).allowed


# Null, zero, missing ----------------------------------------------------------------------------------------


def test_zero_means_nothing_and_null_means_no_limit():
    bitcoin, lena = worlds.asset("BTC", 8), rich()
    limit = limited(0)
    assert codes(worlds.withdraw(lena, bitcoin, 1)) == [Code.LEVEL]
    limit.sats = None
    limit.save()
    assert worlds.withdraw(lena, bitcoin, 1_000_000 * SATOSHIS).allowed


def test_no_limit_needs_no_price():
    limited(None)
    coin = worlds.asset("AAA", 6)
    assert worlds.withdraw(rich(coin), coin, 1).allowed


@pytest.mark.parametrize("ended", [True, False])
def test_a_level_without_a_limit_in_force_may_nothing(ended):
    limit = limited(100 * SATOSHIS)
    if ended:
        Limit.objects.filter(pk=limit.pk).update(valid_until=clock.now())
    else:
        limit.delete()
    assert codes(worlds.withdraw(rich(), worlds.asset("BTC", 8), 1)) == [Code.LIMIT_MISSING]


def test_a_cap_of_a_country_is_no_limit_of_the_level(customer):
    limited(100 * SATOSHIS, level="primary").delete()
    Limit.objects.create(country="DEU", counts="outgoing", sats=5 * SATOSHIS)
    verified(customer)
    bitcoin, lena = worlds.asset("BTC", 8), account_of(customer)
    worlds.deposit(lena, bitcoin, 100 * SATOSHIS)
    assert codes(worlds.withdraw(lena, bitcoin, 1)) == [Code.LIMIT_MISSING]


# Level and country ------------------------------------------------------------------------------------------


def verified(customer, level: Level = Level.PRIMARY, **values) -> LevelGrant:
    case = a_case(customer, level=level, pictures=False, checks=False)
    return LevelGrant.objects.create(applicant=customer, level=level.value, case=case, **values)


def test_a_cap_of_the_country_binds_below_the_limit_of_the_level(customer):
    limited(80 * SATOSHIS, level="primary")
    Limit.objects.create(country="DEU", counts="outgoing", sats=5 * SATOSHIS)
    Limit.objects.create(country="FRA", counts="outgoing", sats=1)
    verified(customer)
    bitcoin, lena = worlds.asset("BTC", 8), account_of(customer)
    worlds.deposit(lena, bitcoin, 100 * SATOSHIS)
    refused = worlds.withdraw(lena, bitcoin, 5 * SATOSHIS + 1)
    assert (codes(refused), refused.level) == ([Code.LIMIT], "primary")
    assert [room.sats for room in refused.rooms] == [5 * SATOSHIS, 80 * SATOSHIS]
    assert worlds.withdraw(lena, bitcoin, 5 * SATOSHIS).allowed
    Limit.objects.filter(country="DEU").update(sats=0)
    assert codes(worlds.withdraw(lena, bitcoin, 1)) == [Code.LEVEL]


def test_a_level_counts_from_its_begin_until_its_end_to_the_microsecond(customer, travel):
    limited(80 * SATOSHIS, level="primary")
    limited(0, level="none")
    begin = clock.now() + timedelta(hours=1)
    verified(customer, begins_at=begin, ends_at=begin + DAY)
    bitcoin, lena = worlds.asset("BTC", 8), account_of(customer)
    worlds.deposit(lena, bitcoin, 100 * SATOSHIS)
    for instant, level in (
        (begin - MOMENT, "none"),
        (begin, "primary"),
        (begin + DAY - MOMENT, "primary"),
        (begin + DAY, "none"),
    ):
        travel.move_to(instant)
        answer = gate().ask(account=lena.pk, operation=Operation.WITHDRAW, asset=bitcoin.pk, units=1)
        assert (answer.level, answer.allowed) == (level, level == "primary")


def test_an_institution_has_its_own_limit_until_the_instant_at_which_it_ends(travel):
    limited(400 * SATOSHIS, level="institution")
    limited(10 * SATOSHIS)
    bitcoin, lena = worlds.asset("BTC", 8), rich()
    lena.institution_until = clock.now() + DAY
    lena.save()
    travel.shift(DAY - MOMENT)
    answer = gate().ask(account=lena.pk, operation=Operation.WITHDRAW, asset=bitcoin.pk, units=400 * SATOSHIS)
    assert (answer.level, answer.allowed) == ("institution", True)
    travel.shift(MOMENT)
    answer = gate().ask(account=lena.pk, operation=Operation.WITHDRAW, asset=bitcoin.pk, units=400 * SATOSHIS)
    assert (answer.level, codes(answer)) == ("none", [Code.LIMIT])


# Prices -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["AAA", "BTC"])
def test_a_missing_price_refuses(missing, travel):
    limited(10 * SATOSHIS)
    coin, bitcoin = worlds.asset("AAA", 6), worlds.asset("BTC", 8)
    for priced in (coin, bitcoin):
        if priced.code != missing:
            worlds.rate(priced, 100)
    assert codes(worlds.withdraw(rich(coin), coin, 1)) == [Code.PRICE_MISSING]


@pytest.mark.parametrize("stale", ["AAA", "BTC"])
def test_a_price_counts_until_its_instant_and_then_refuses(stale, travel):
    limited(10 * SATOSHIS)
    coin, bitcoin = worlds.asset("AAA", 6), worlds.asset("BTC", 8)
    for priced in (coin, bitcoin):
        worlds.rate(priced, 100, good_for=timedelta(seconds=60) if priced.code == stale else YEARS)
    lena = rich(coin)
    travel.shift(timedelta(seconds=60) - MOMENT)
    assert worlds.withdraw(lena, coin, 1).allowed
    travel.shift(MOMENT)
    assert codes(worlds.withdraw(lena, coin, 1)) == [Code.PRICE_STALE]
    assert worlds.withdraw(rich(), bitcoin, 1).allowed, "bitcoin is measured in itself"


def test_rule_5_what_counts_is_valued_once_and_rounded_up(travel):
    limited(10 * SATOSHIS)
    coin, bitcoin = worlds.asset("AAA", 6), worlds.asset("BTC", 8)
    worlds.rate(bitcoin, 50_000, good_for=YEARS)
    worlds.rate(coin, 1, good_for=YEARS)
    lena = rich(coin)
    assert worlds.withdraw(lena, coin, 1).sats == 1, "a five-hundredth of a satoshi"
    assert worlds.withdraw(lena, coin, 500).sats == 1
    assert worlds.withdraw(lena, coin, 501).sats == 2
    Rate.objects.filter(asset=coin).update(value=50_000 * worlds.PRICE)
    (room,) = gate().ask(account=lena.pk, operation=Operation.WITHDRAW, asset=coin.pk, units=1).rooms
    assert room.used == 4
