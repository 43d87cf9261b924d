"""A hold that is being written, and money that is leaving: the second of the two waits, and gets what the first left.

1. Whichever comes first, the other waits for it (`holds.models`, rule 4; `sql/move.sql`, rule 1).
2. After the wait it reads anew: a hold that was committed meanwhile binds, one that was rolled back does not.
3. So it is where the units sit with their buyer, and where another customer received them: there no lock of an account
   helps, only the lock of the balance.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from echt import clock
from echt.accounts.models import Role
from echt.holds.actions.changing import extend, freeze
from echt.holds.actions.proposing import agree_release, propose_release
from echt.holds.causes import Cause
from echt.holds.models import FOREVER, HoldPosition
from echt.holds.refusals import Stale
from echt.wallets.answers import Code
from echt.wallets.house import House
from echt.wallets.models import Account, Asset
from echt.wallets.moving import Coins
from echt.wallets.operations import ALL_RESTRICTED, Operation, bit_of
from tests.holds import worlds
from tests.holds.engine.sessions import while_uncommitted
from tests.holds.engine.writers import assert_whole
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FREE, HELD = 100, 50
HOUR = timedelta(hours=1)
BECAUSE = {"cause": Cause.PAYMENT, "words": "The bank has not confirmed it."}
LEAVING = (Operation.WITHDRAW, Operation.SEND, Operation.GIFT, Operation.SELL)


@dataclass
class Race:
    """Somebody with free units, and a hold that somebody bought; where `apart`, the buyer sent it to them."""

    travel: object
    apart: bool
    olga: object = None
    rosa: object = None
    owner: Account | None = None
    buyer: Account | None = None
    usdt: Asset | None = None
    hold: object = None

    def begin(self, *, held: bool = True) -> None:
        self.usdt = worlds.asset("USDT")
        self.owner = worlds.account()
        self.buyer = worlds.account() if self.apart else self.owner
        self.sink = worlds.account()
        worlds.deposit(self.owner, self.usdt, FREE)
        if held:
            self.place()

    def buy(self) -> None:
        """What may be sent on while it is held, where it is to go to somebody else."""
        restricts = ALL_RESTRICTED & ~bit_of(Operation.SEND) if self.apart else ALL_RESTRICTED
        self.hold = worlds.bought(self.buyer, self.usdt, HELD, hours=72, restricts=restricts).hold

    def arrive(self) -> None:
        if self.apart:
            assert worlds.send(self.buyer, self.owner, self.usdt, HELD).allowed

    def place(self) -> None:
        self.buy()
        self.arrive()

    def extend(self) -> None:
        extend(actor=self.olga, hold_id=self.hold, until=clock.now() + 200 * HOUR, **BECAUSE)

    def freeze(self) -> None:
        freeze(actor=self.olga, hold_id=self.hold, **BECAUSE)

    def propose(self) -> None:
        """After the hours that nothing can cut."""
        self.travel.shift(25 * HOUR)
        self.proposal = propose_release(actor=self.olga, hold_id=self.hold, words="Documents seen.").pk

    def release(self) -> None:
        agree_release(actor=self.rosa, proposal_id=self.proposal)

    def leave(self, operation: Operation, units: int):
        others = {Operation.SEND: self.sink.pk, Operation.GIFT: House.GIFTS.pk, Operation.SELL: House.TRADING.pk}
        coins = Coins(asset=self.usdt.pk, units=units)
        return worlds.move(self.owner, operation, other=others.get(operation, House.IN_TRANSIT.pk), pays=coins)

    def has(self) -> tuple[int, int, int]:
        return worlds.parts(self.owner, self.usdt)

    def later(self) -> None:
        self.travel.shift(100 * HOUR)


def leaving(apart: bool) -> tuple[Operation, ...]:
    """The ways out that a race takes; on SQLite, where there is one lock for all, one of them shows it."""
    ways = LEAVING if connection.vendor == "postgresql" else (Operation.WITHDRAW,)
    return tuple(way for way in ways if not (apart and way is Operation.SEND))  # that hold lets it be sent


@pytest.fixture
def races(transactional_db, travel):
    """On SQLite there is one lock for all: who waits for it waits wherever the units are."""
    worlds.no_limits()
    people = {name: a_colleague(name, Role.RISK_OFFICER) for name in ("olga", "rosa")}
    places = (False, True) if connection.vendor == "postgresql" else (False,)
    yield [Race(travel, apart, **people) for apart in places]
    assert_whole()


def cases(races: list[Race]) -> list[tuple[Race, bool, Operation]]:
    """Where the units are, whether the first one commits, and how money leaves."""
    return [(race, commits, way) for race in races for commits in (True, False) for way in leaving(race.apart)]


def refused(answer, code: Code, movable: int) -> None:
    assert (answer.allowed, [reason.code for reason in answer.reasons]) == (False, [code])
    assert answer.movable == movable


# The hold is written first ----------------------------------------------------------------------------------


def test_a_hold_is_placed_and_money_leaves(races):
    for race, commits, way in cases(races):
        placed_then_leaves(race, commits, way)


def placed_then_leaves(race: Race, commits: bool, way: Operation) -> None:
    """All that will be there is asked for: with the units of a purchase and without its hold it would do."""
    race.begin(held=False)
    if race.apart:
        race.buy()
    placing = race.arrive if race.apart else race.place
    answer = while_uncommitted(placing, lambda: race.leave(way, FREE + HELD), commits=commits)
    refused(answer, Code.HELD if commits else Code.INSUFFICIENT, movable=FREE)
    assert race.has() == ((FREE + HELD, HELD, FREE) if commits else (FREE, 0, FREE))


@pytest.mark.parametrize("change", ["extend", "freeze"])
def test_a_hold_is_made_longer_and_money_leaves(races, change):
    for race, commits, way in cases(races):
        lengthened_then_leaves(race, change, commits, way)


def lengthened_then_leaves(race: Race, change: str, commits: bool, way: Operation) -> None:
    """The money is asked for after the old end, and before the new one."""
    race.begin()
    leave = partial(race.leave, way, FREE + HELD)
    answer = while_uncommitted(getattr(race, change), leave, commits=commits, between=race.later)
    if commits:
        refused(answer, Code.HELD, movable=FREE)
        assert race.has() == (FREE + HELD, HELD, FREE)
    else:
        assert answer.allowed
        assert race.has() == (0, 0, 0)


def test_a_hold_is_released_early_and_money_leaves(races):
    for race, commits, way in cases(races):
        race.begin()
        race.propose()
        answer = while_uncommitted(race.release, partial(race.leave, way, FREE + HELD), commits=commits)
        assert answer.allowed is commits
        assert race.has() == ((0, 0, 0) if commits else (FREE + HELD, HELD, FREE))


# Money leaves first -----------------------------------------------------------------------------------------


def test_money_leaves_and_a_hold_is_placed(races):
    for race, commits, way in cases(races):
        race.begin(held=False)
        if race.apart:
            race.buy()
        placing = race.arrive if race.apart else race.place
        while_uncommitted(partial(race.leave, way, FREE), placing, commits=commits)
        left = 0 if commits else FREE
        assert race.has() == (left + HELD, HELD, left)


@pytest.mark.parametrize("change", ["extend", "freeze", "release"])
def test_money_leaves_and_a_hold_is_changed(races, change):
    for race, commits, way in cases(races):
        race.begin()
        if change == "release":
            race.propose()
        while_uncommitted(partial(race.leave, way, FREE), getattr(race, change), commits=commits)
        left = 0 if commits else FREE
        held = 0 if change == "release" else HELD
        assert race.has() == (left + HELD, held, left + HELD - held)
        race.later()
        assert race.leave(way, left + HELD).allowed is (change == "release")


def test_held_units_are_converted_and_their_hold_is_frozen(races):
    """Nothing escapes into the other asset; where it came there unseen, whoever froze is told to look again."""
    for race, commits in [(race, commits) for race in races for commits in (True, False)]:
        race.begin()
        usdc = worlds.asset("USDC")
        convert = partial(worlds.convert, race.owner, (race.usdt, FREE + 20), (usdc, FREE + 20))
        positions = HoldPosition.objects.filter(hold=race.hold)
        try:
            while_uncommitted(convert, race.freeze, commits=commits)
        except Stale:
            assert commits
            assert race.apart
            assert not positions.filter(release_at=FOREVER).exists()
            race.freeze()
        race.later()
        assert race.has()[1] + worlds.parts(race.owner, usdc)[1] == HELD
        assert worlds.parts(race.owner, usdc)[1] == (20 if commits else 0)
        assert {position.release_at for position in positions if position.remaining} == {FOREVER}
