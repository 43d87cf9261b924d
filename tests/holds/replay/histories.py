"""Random histories of several people, assets and holds, through the gate."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from echt import clock
from echt.holds.access import lock_hold
from echt.holds.actions.ends import set_ends
from echt.holds.models import FOREVER, Hold, HoldChange, HoldState
from tests.holds import worlds

BEGIN = datetime(2026, 3, 28, 12, tzinfo=UTC)
COINS = {"AAA": 0, "BBB": 6, "CCC": 24}
ENDS = [
    (HoldChange.EXTENDED, HoldState.RUNNING),
    (HoldChange.FROZEN, HoldState.FROZEN),
    (HoldChange.UNFROZEN, HoldState.RUNNING),
    (HoldChange.RELEASED_EARLY, HoldState.RELEASED_EARLY),
]


class History:
    """What happens, by chance, at times that pass."""

    def __init__(self, seed: int, traveller: Any) -> None:
        worlds.no_limits()
        self.chance, self.traveller = Random(seed), traveller
        self.people = [worlds.account() for _ in range(3)]
        self.coins = [worlds.asset(code, decimals) for code, decimals in COINS.items()]

    def goes_on(self, steps: int) -> None:
        does = [self.deposit, self.buy, self.buy, self.convert, self.convert, self.send, self.withdraw, self.decide]
        for _ in range(steps):
            self.traveller.shift(timedelta(hours=self.chance.choice([0, 1, 5, 30])))
            self.chance.choice(does)()

    def deposit(self) -> None:
        worlds.deposit(self.person(), self.coin(), self.units())

    def buy(self) -> None:
        hours, restarts = self.chance.choice([1, 24, 72]), self.chance.choice([True, False])
        worlds.bought(self.person(), self.coin(), self.units(), hours=hours, restarts=restarts)

    def convert(self) -> None:
        person, (pays, gets) = self.person(), self.chance.sample(self.coins, 2)
        units = self.part(person, pays)
        if units:
            worlds.convert(person, (pays, units), (gets, self.units()), fee=self.chance.choice([0, 3]))

    def send(self) -> None:
        source, target = self.chance.sample(self.people, 2)
        coin = self.coin()
        worlds.send(source, target, coin, self.part(source, coin) or 1, asks=self.chance.choice([True, False]))

    def withdraw(self) -> None:
        person, coin = self.person(), self.coin()
        worlds.withdraw(person, coin, self.part(person, coin) or 1, asks=self.chance.choice([True, True, False]))

    def decide(self) -> None:
        """Staff change the end of what is held."""
        holds = list(Hold.objects.order_by("pk"))
        if not holds:
            return
        locked = lock_hold(self.chance.choice(holds).pk)
        if not locked.held:
            return
        kind, state = self.chance.choice(ENDS)
        end = {HoldChange.FROZEN: FOREVER, HoldChange.RELEASED_EARLY: clock.now()}.get(kind)
        ends = {it.pk: end or clock.now() + timedelta(hours=self.chance.randint(1, 99)) for it in locked.changing}
        set_ends(locked, ends, kind, state=state, actor=None)

    def person(self) -> Any:
        return self.chance.choice(self.people)

    def coin(self) -> Any:
        return self.chance.choice(self.coins)

    def units(self) -> int:
        return self.chance.randint(1, 10 ** self.chance.randint(1, 30))

    def part(self, person: Any, coin: Any) -> int:
        return worlds.posted(person, coin) * self.chance.choice([1, 10, 50, 100]) // 100
