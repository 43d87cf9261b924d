"""A storm of everything at once: nobody waits in a circle, nothing has to be tried again, and the money is whole after it.

`python -m benchmarks.ledger_storm` makes a longer one, with more writers.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from echt import clock
from echt.accounts.models import Role, User
from echt.holds.actions.changing import extend, freeze, unfreeze
from echt.holds.causes import Cause
from echt.holds.models import HoldPosition
from echt.holds.refusals import HoldRefused
from echt.wallets.answers import Answer
from echt.wallets.gate import KeyReused, gate
from echt.wallets.house import House
from echt.wallets.models import Account, Asset
from echt.wallets.moving import Coins, Movement
from echt.wallets.operations import ALL_RESTRICTED, Operation, bit_of
from tests.holds import worlds
from tests.holds.engine.sessions import Other
from tests.holds.engine.writers import assert_whole, together
from tests.identity.reviewers import a_colleague

SENDABLE = ALL_RESTRICTED & ~bit_of(Operation.SEND)
"""Holds that go on to other customers, so that many accounts share one."""
NEWCOMERS_A_SECOND = 5


@dataclass
class Storm:
    """Few accounts, few assets, shared holds, and people who come into being while it rages."""

    seconds: float
    people: list[Account] = field(default_factory=list)
    coins: list[Asset] = field(default_factory=list)
    newcomers: list[UUID] = field(default_factory=list)
    holds: list[UUID] = field(default_factory=list)
    staff: list[User] = field(default_factory=list)

    def prepare(self, people: int = 6) -> None:
        worlds.no_limits()
        self.coins = [worlds.asset("USDT"), worlds.asset("USDC"), worlds.asset("BTC", 8)]
        self.people = [worlds.account() for _ in range(people)]
        self.staff = [a_colleague(uuid4().hex, Role.RISK_OFFICER) for _ in range(2)]
        made = Account.objects.bulk_create(Account() for _ in range(int(self.seconds * NEWCOMERS_A_SECOND) + 1))
        self.newcomers = [account.pk for account in made]
        for number, person in enumerate(self.people):
            for coin in self.coins[:2]:
                worlds.deposit(person, coin, 10**9)
                self.holds.append(worlds.bought(person, coin, 10**6, restricts=SENDABLE, restarts=True).hold)
                worlds.move(
                    person,
                    Operation.SEND,
                    other=self.people[number - 1].pk,
                    pays=Coins(asset=coin.pk, units=10**9 + 5 * 10**5),
                )

    def rage(self, number: int) -> Counter[str]:
        """What happened, and how often; a complaint of the database by its text."""
        self.chance = random.Random(number)
        happened: Counter[str] = Counter()
        self.began = time.monotonic()
        while time.monotonic() < self.began + self.seconds:
            step = self.chance.choice(STEPS)
            try:
                happened[step(self)] += 1
            except DatabaseError as error:
                happened[f"{type(error).__name__}: {str(error).splitlines()[0]}"] += 1
        return happened

    # Movements -----------------------------------------------------------------------------------------------

    def movement(self) -> Movement:
        make = self.chance.choice(
            [self.sending, self.sending, self.converting, self.converting, self.leaving, self.coming]
        )
        return make()

    def sending(self) -> Movement:
        payer, other = self.chance.sample(self.people, 2)
        return self._made(payer, Operation.SEND, other.pk, pays=self._coins())

    def converting(self) -> Movement:
        pays, gets = self.chance.sample(self.coins, 2)
        coins = {"pays": Coins(asset=pays.pk, units=1000), "gets": Coins(asset=gets.pk, units=999, fee=1)}
        return self._made(self.chance.choice(self.people), Operation.CONVERT, House.TRADING.pk, **coins)

    def leaving(self) -> Movement:
        return self._made(self.chance.choice(self.people), Operation.WITHDRAW, House.IN_TRANSIT.pk, pays=self._coins())

    def coming(self) -> Movement:
        return self._made(self.chance.choice(self.people), Operation.DEPOSIT, House.CUSTODY.pk, gets=self._coins())

    def _coins(self) -> Coins:
        return Coins(asset=self.chance.choice(self.coins).pk, units=self.chance.randint(1, 1000))

    def _made(self, of: Account, operation: Operation, other: UUID, **coins: Coins) -> Movement:
        return Movement(account=of.pk, operation=operation, key=uuid4().hex, other=other, **coins)

    # Steps ---------------------------------------------------------------------------------------------------

    def single(self) -> str:
        return _told(gate().commit(self.movement()))

    def batch(self) -> str:
        for answer in gate().commit_all([self.movement() for _ in range(self.chance.randint(2, 8))]):
            assert not isinstance(answer, KeyReused)
        return "batch"

    def purchase(self) -> str:
        worlds.bought(self.chance.choice(self.people), self.chance.choice(self.coins), 1000, restarts=True)
        return "purchase"

    def newcomer(self) -> str:
        """First balances of one account, by everybody at the same time, in any order of the assets."""
        other = self.newcomers[int((time.monotonic() - self.began) * NEWCOMERS_A_SECOND) % len(self.newcomers)]
        coins = self.chance.sample(self.coins, len(self.coins))
        payers = self.chance.sample(self.people, len(coins))
        gate().commit_all(
            [
                self._made(payer, Operation.SEND, other, pays=Coins(asset=coin.pk, units=1))
                for payer, coin in zip(payers, coins, strict=True)
            ]
        )
        return "newcomer"

    def desk(self) -> str:
        act = partial(self.chance.choice([freeze, extend, unfreeze]), actor=self.chance.choice(self.staff))
        values = {"hold_id": self.chance.choice(self.holds), "words": "Looked at."}
        if act.func is not unfreeze:
            values["cause"] = Cause.CHECK
        if act.func is extend:
            values["until"] = clock.now() + timedelta(days=3)
        try:
            act(**values)
        except HoldRefused as refusal:
            return f"desk: {type(refusal).__name__}"
        return "desk"


STEPS = [Storm.single] * 4 + [Storm.batch] * 4 + [Storm.newcomer] * 2 + [Storm.purchase, Storm.desk]


def _told(answer: Answer | KeyReused) -> str:
    return "done" if isinstance(answer, Answer) and answer.allowed else "refused"


def raged(seconds: float, writers: int) -> Counter[str]:
    """A storm, and the money whole after it."""
    storm = Storm(seconds)
    storm.prepare()
    happened: Counter[str] = Counter()
    for counted in together(writers, storm.rage):
        happened += counted
    assert_whole()
    return happened


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_in_a_storm_nobody_waits_in_a_circle():
    """On SQLite nobody waits so long that it gives up either: "database is locked"."""
    happened = raged(5.0, 8) if connection.vendor == "postgresql" else raged(2.0, 3)
    complaints = {what: count for what, count in happened.items() if "Error" in what}
    assert not complaints, happened
    assert happened["done"], happened
    assert happened["batch"], happened


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock.")
def test_two_batches_that_make_the_same_holds_longer_do_not_wait_in_a_circle():
    """Two customers share two holds of a policy that restarts, and convert both, each in another order."""
    worlds.no_limits()
    usdt, usdc, bitcoin = worlds.asset("USDT"), worlds.asset("USDC"), worlds.asset("BTC", 8)
    lena, omar = worlds.account(), worlds.account()
    for coin in (usdt, usdc):
        worlds.bought(lena, coin, 1000, restricts=SENDABLE, restarts=True)
        assert worlds.send(lena, omar, coin, 500).allowed

    def converting(of: Account, *coins: Asset) -> list[Movement]:
        gets = Coins(asset=bitcoin.pk, units=100)
        values = {"operation": Operation.CONVERT, "other": House.TRADING.pk, "gets": gets, "account": of.pk}
        return [Movement(key=uuid4().hex, pays=Coins(asset=coin.pk, units=100), **values) for coin in coins]

    with transaction.atomic():  # unless something orders them, each has its first hold and stops before its second
        second = Q(balance__account=lena, balance__asset=usdc) | Q(balance__account=omar, balance__asset=usdt)
        assert len(HoldPosition.objects.select_for_update(of=("self",), no_key=True).filter(second)) == 2
        sessions = [
            Other(partial(gate().commit_all, batch))
            for batch in (converting(lena, usdt, usdc), converting(omar, usdc, usdt))
        ]
        assert all(session.waits(for_us=False) for session in sessions)
    for session in sessions:
        assert all(answer.allowed for answer in session.result())
    assert_whole()
