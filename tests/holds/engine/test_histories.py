"""Random histories: the engine beside a plain reference, on the database that the tests run on.

`ECHT_TEST_HISTORIES=5000 python -m pytest tests/holds/engine/test_histories.py` makes as many; fewer run each time.
"""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from echt.holds.models import FOREVER, HoldPosition
from echt.wallets.models import Account, Asset, Balance, Posting
from echt.wallets.operations import ALL_RESTRICTED, Operation, bits_of
from tests.holds import worlds
from tests.holds.engine.model import FROZEN, Ledger, Lot

HISTORIES = int(os.environ.get("ECHT_TEST_HISTORIES", "60"))
BEGIN = datetime(2026, 3, 28, 12, tzinfo=UTC)
"""The day before the clocks change."""
PEOPLE = (0, 1)
COINS = {"AAA": (0, 1), "BBB": (6, 7), "CCC": (24, 10**9)}
"""Decimals, and units of it that a unit of AAA is worth."""
PRICES = {"AAA": 7_000_000_000, "BBB": 1_000_000_000, "CCC": 7}
"""What a unit is worth; the greater the numbers of units, the smaller."""
SETS = (
    (
        ALL_RESTRICTED,
        frozenset(it.value for it in (Operation.WITHDRAW, Operation.SEND, Operation.GIFT, Operation.SELL)),
    ),
    (bits_of([Operation.WITHDRAW]), frozenset({"withdraw"})),
)
people, coins = st.sampled_from(PEOPLE), st.sampled_from(sorted(COINS))
shares = st.one_of(st.integers(1, 100), st.just(100), st.integers(101, 130))
few = st.one_of(st.integers(1, 50), st.integers(1, 10**12))


class Histories(RuleBasedStateMachine):
    """What people and processors do, in any order."""

    accounts: list[Account]
    assets: dict[str, Asset]

    @initialize()
    def begin(self) -> None:
        self.accounts = [worlds.account() for _ in PEOPLE]
        self.assets = {code: worlds.asset(code, decimals) for code, (decimals, _) in COINS.items()}
        self.model = Ledger()
        self.hours = 0.0
        self.holds: list[Any] = []
        self.restarting: dict[int, float] = {}
        self.freed = 0
        """Value that came in free, or whose hold has ended."""
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        if hasattr(self, "clock"):
            self.clock.stop()

    # What happens ------------------------------------------------------------------------------------------

    @rule(person=people, coin=coins, units=few)
    def deposit(self, person: int, coin: str, units: int) -> None:
        assert worlds.deposit(self.accounts[person], self.assets[coin], units).allowed
        self.model.receive((person, coin), units)

    @rule(
        person=people,
        coin=coins,
        units=few,
        hours=st.sampled_from([1, 24, 72]),
        kind=st.sampled_from(SETS),
        restarts=st.booleans(),
    )
    def buy(self, person: int, coin: str, units: int, hours: int, kind: Any, restarts: bool) -> None:
        bits, names = kind
        terms = worlds.bought(
            self.accounts[person], self.assets[coin], units, hours=hours, restricts=bits, restarts=restarts
        )
        number = len(self.holds)
        self.holds.append(terms.hold)
        if restarts:
            self.restarting[number] = hours
        self.model.hold((person, coin), Lot(number, units, self.hours + hours, self.hours, names))

    @rule(person=people, coin=coins, share=shares, fee=st.integers(0, 3))
    def withdraw(self, person: int, coin: str, share: int, fee: int) -> None:
        place = (person, coin)
        units = max(1, self.model.movable(place, self.hours, "withdraw") * share // 100)
        before = self.model.movable(place, self.hours, "withdraw")
        answer = worlds.withdraw(self.accounts[person], self.assets[coin], units, fee=fee)
        assert answer.movable == before
        assert answer.allowed is self.model.pay(place, units + fee, "withdraw", self.hours)

    @rule(person=people, coin=coins, share=shares)
    def send(self, person: int, coin: str, share: int) -> None:
        place, other = (person, coin), 1 - person
        units = max(1, self.model.movable(place, self.hours, "send") * share // 100)
        answer = worlds.send(self.accounts[person], self.accounts[other], self.assets[coin], units)
        allowed = self.model.pay(place, units, "send", self.hours, to=(other, coin), received=units)
        assert answer.allowed is allowed

    @rule(person=people, pays=coins, gets=coins, share=shares, fee=st.sampled_from([0, 0, 1, 10]))
    def convert(self, person: int, pays: str, gets: str, share: int, fee: int) -> None:
        if pays == gets:
            return
        units = max(1, self.model.has((person, pays)) * share // 100)
        gross = units * PRICES[pays] // PRICES[gets]
        fee = min(fee, gross - 1)
        if gross < 1 or fee < 0:
            return
        answer = worlds.convert(
            self.accounts[person], (self.assets[pays], units), (self.assets[gets], gross - fee), fee=fee
        )
        allowed = self.model.pay(
            (person, pays),
            units,
            "convert",
            self.hours,
            to=(person, gets),
            received=gross - fee,
            restarts=self.restarting,
        )
        assert answer.allowed is allowed

    @rule(hours=st.sampled_from([1, 5, 23, 24, 71]))
    def time_passes(self, hours: int) -> None:
        self.hours += hours
        self.traveller.move_to(BEGIN + timedelta(hours=self.hours))

    @precondition(lambda self: self.holds)
    @rule(data=st.data(), to=st.sampled_from(["later", "frozen", "now"]))
    def staff_change_an_end(self, data: st.DataObject, to: str) -> None:
        number = data.draw(st.integers(0, len(self.holds) - 1))
        end = {"later": self.hours + 48, "frozen": FROZEN, "now": self.hours}[to]
        instant = FOREVER if end == FROZEN else BEGIN + timedelta(hours=end)
        running = HoldPosition.objects.filter(hold=self.holds[number], remaining__gt=0, release_at__gt=self.now)
        running.update(release_at=instant)
        self.model.change_end(number, self.hours, end)

    # What always holds -------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return BEGIN + timedelta(hours=self.hours)

    @invariant()
    def the_engine_has_what_the_reference_has(self) -> None:
        if not hasattr(self, "model"):
            return
        places = [(person, code) for person in PEOPLE for code in COINS]
        known = {
            (self.accounts[person].pk, self.assets[code].pk): (
                self.model.has((person, code)),
                self.model.running((person, code), self.hours),
            )
            for person, code in places
        }
        balances = Balance.objects.filter(account__in=self.accounts).values_list("account", "asset", "posted")
        assert {it[:2]: it[2] for it in balances if it[2]} == {
            it: posted for it, (posted, _) in known.items() if posted
        }
        found = HoldPosition.objects.filter(
            balance__account__in=self.accounts, remaining__gt=0, release_at__gt=self.now
        )
        rows = found.values_list("balance__account", "balance__asset", "hold", "remaining")
        wanted = {(*place, self.holds[lot.hold], lot.units) for place, (_, running) in known.items() for lot in running}
        assert {*rows} == wanted
        for posted, running in known.values():
            assert 0 <= sum(lot.units for lot in running) <= posted


class Fair(Histories):
    """At fair prices and without an end of a hold, no way of trading makes more movable than came in free."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        self.free_in = 0
        self.out = 0

    @rule(person=people, coin=coins, units=few)
    def deposit(self, person: int, coin: str, units: int) -> None:
        super().deposit(person, coin, units)
        self.free_in += units * PRICES[coin]

    @rule(person=people, coin=coins, units=few)
    def buy(self, person: int, coin: str, units: int) -> None:
        super().buy(person, coin, units, hours=10_000, kind=SETS[0], restarts=False)

    @rule(person=people, coin=coins, share=shares, fee=st.just(0))
    def withdraw(self, person: int, coin: str, share: int, fee: int) -> None:
        before = self.model.has((person, coin))
        super().withdraw(person, coin, share, fee)
        self.out += (before - self.model.has((person, coin))) * PRICES[coin]

    staff_change_an_end = None  # type: ignore[assignment]

    @invariant()
    def what_may_leave_came_in_free(self) -> None:
        if not hasattr(self, "free_in"):
            return
        movable = sum(
            self.model.movable((person, code), self.hours, "withdraw") * PRICES[code]
            for person in PEOPLE
            for code in COINS
        )
        assert movable + self.out <= self.free_in


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Histories, Fair])
def test_every_history_ends_as_the_reference_says(machine: type[RuleBasedStateMachine]) -> None:
    worlds.no_limits()
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=HISTORIES // 2, stateful_step_count=25, suppress_health_check=quiet, deadline=None
        ),
    )
    assert not [total for total in totals() if total]
    assert Balance.objects.exists()


def totals() -> list[int]:
    """Of each asset the sum of all postings."""
    sums: dict[int, int] = {}
    for asset, amount in Posting.objects.values_list("asset", "amount"):
        sums[asset] = sums.get(asset, 0) + amount
    return list(sums.values())
