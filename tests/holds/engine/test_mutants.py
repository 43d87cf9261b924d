"""The tests bite: with a fault in the engine, the test that is there for it fails.

On PostgreSQL the fault is a change of the stored functions, installed into the test's database and taken out at its end;
on SQLite it is another function in the place of the engine's own.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import connection

from echt.accounts.models import Role
from echt.holds.engine import installing, plain
from echt.holds.models import HoldPosition
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.holds.engine.test_clock import released_to_the_microsecond
from tests.holds.engine.test_limits_race import the_second_one_counts_the_first
from tests.holds.engine.test_lost_hold import Race, lengthened_then_leaves, placed_then_leaves
from tests.holds.engine.test_worked_example import test_every_number_of_the_worked_example as worked_example
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LOCK_OF_ACCOUNTS = (r"WHERE id = m\.account FOR NO KEY UPDATE;", "WHERE id = m.account;")
ROW_OF_BALANCE = r"FROM wallets_balance b WHERE b\.account_id = p_account AND b\.asset_id = p_asset FOR NO KEY UPDATE;"
LOCK_OF_BALANCES = (
    ROW_OF_BALANCE,
    "FROM wallets_balance b WHERE b.account_id = p_account AND b.asset_id = p_asset;",
)
SUM_WHILE_LOCKING = (
    rf"SELECT b\.id, b\.posted INTO id, posted {ROW_OF_BALANCE}",
    """SELECT b.id, b.posted, set_config('echt.held', (
            SELECT coalesce(sum(remaining), 0) FROM holds_holdposition WHERE balance_id = b.id AND restricts & 1 <> 0
        )::text, true) INTO id, posted
        FROM wallets_balance b WHERE b.account_id = p_account AND b.asset_id = p_asset FOR NO KEY UPDATE;""",
)
SUM_OF_THE_LOCK = (
    r"(INTO held_all, v_held, v_release FROM holds_holdposition [^;]*;)",
    r"\1 IF p_bit = 1 THEN held_all := current_setting('echt.held')::numeric; v_held := held_all; END IF;",
)


def rounding(_travel) -> None:
    """Of 3 units one is held; 10 are got for all: 3 and a third, so 4 are held."""
    worlds.no_limits()
    usdt, usdc, lena = worlds.asset(), worlds.asset("USDC"), worlds.account()
    worlds.deposit(lena, usdt, 2)
    worlds.bought(lena, usdt, 1)
    worlds.convert(lena, (usdt, 3), (usdc, 10))
    assert worlds.parts(lena, usdc) == (10, 4, 6)


def arriving(travel) -> None:
    """A hold arrives with the units of another customer, while money leaves."""
    placed_then_leaves(Race(travel, apart=True), True, Operation.WITHDRAW)


def counting(_travel) -> None:
    the_second_one_counts_the_first(commits=True)


def the_example(_travel) -> None:
    worlds.no_limits()
    worked_example(worlds.account())


def lengthened(travel) -> None:
    """A hold whose units sit with another customer is made longer, while money leaves."""
    race = Race(travel, apart=True, olga=a_colleague("olga", Role.RISK_OFFICER))
    lengthened_then_leaves(race, "extend", True, Operation.WITHDRAW)


@dataclass(frozen=True)
class Mutant:
    """A fault: what is replaced in the stored functions, and the test that must notice."""

    changes: tuple[tuple[str, str], ...]
    notices: Callable[..., None]


MUTANTS = {
    "one statement locks and sums: a hold arrives": Mutant((SUM_WHILE_LOCKING, SUM_OF_THE_LOCK), arriving),
    "balances are not locked: a hold arrives": Mutant((LOCK_OF_BALANCES,), arriving),
    "balances are not locked: a hold is made longer": Mutant((LOCK_OF_BALANCES,), lengthened),
    "accounts are not locked": Mutant((LOCK_OF_ACCOUNTS,), counting),
    "the held share is rounded down": Mutant(
        ((r"\+ p_total - 1, p_total\)", ", p_total)"),),
        rounding,
    ),
    "the newest goes first": Mutant(
        ((r"ORDER BY acquired_at, hold_id FOR", "ORDER BY acquired_at DESC, hold_id DESC FOR"),),
        the_example,
    ),
    "held at the instant of the release": Mutant(
        ((r"release_at > p_now", "release_at >= p_now"),), released_to_the_microsecond
    ),
    "free a microsecond early": Mutant(
        ((r"release_at > p_now", "release_at > p_now + interval '1 microsecond'"),),
        released_to_the_microsecond,
    ),
}


@contextmanager
def installed(mutant: Mutant) -> Iterator[None]:
    """The stored functions with the fault; at the end they are as they were."""
    whole = {name: installing.source(name) for name in installing.FILES}
    for pattern, replacement in mutant.changes:
        wanted = re.compile(pattern.replace(" ", r"\s+"), re.DOTALL)
        changed = {name: wanted.sub(replacement, text) for name, text in whole.items()}
        assert changed != whole, f"nothing in the functions is like {pattern}: bring the mutant in line with them"
        whole = changed
    _install(whole)
    try:
        yield
    finally:
        _install({name: installing.source(name) for name in installing.FILES})


def _install(texts: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name in installing.FILES:
            cursor.execute(texts[name])


on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="The stored functions are PostgreSQL's.")


@on_postgresql
@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_of_the_stored_functions_is_noticed(name, travel):
    mutant = MUTANTS[name]
    worlds.no_limits()
    with installed(mutant), pytest.raises(AssertionError):
        mutant.notices(travel)


@on_postgresql
def test_without_a_fault_they_all_pass(travel):
    """And so what they notice is the fault. The worked example passes among its own tests."""
    for notices in {arriving, lengthened, counting, rounding, released_to_the_microsecond}:
        worlds.no_limits()
        notices(travel)


# The same rules in Python -----------------------------------------------------------------------------------


def down(received: int, *, held: int, total: int) -> int:
    return received * held // total


def held_until_after(balance, now: datetime) -> list[HoldPosition]:
    found = HoldPosition.objects.filter(balance=balance, remaining__gt=0, release_at__gte=now)
    return list(found.order_by("acquired_at", "hold"))


def newest_first(balance, now: datetime) -> list[HoldPosition]:
    return FIFO(balance, now)[::-1]


FIFO = plain._held
IN_PYTHON = {
    "the held share is rounded down": ("held_share", down, rounding),
    "the newest goes first": ("_held", newest_first, the_example),
    "held at the instant of the release": ("_held", held_until_after, released_to_the_microsecond),
}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "postgresql", reason="There the stored functions move the money.")
@pytest.mark.parametrize("name", IN_PYTHON)
def test_a_fault_of_the_engine_in_python_is_noticed(name, travel, monkeypatch):
    place, fault, notices = IN_PYTHON[name]
    assert getattr(plain, place) is not fault
    monkeypatch.setattr(plain, place, fault)
    with pytest.raises(AssertionError):
        notices(travel)
