"""What was written down makes the same state again."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from echt import clock
from echt.holds.integrity import faults_of
from echt.holds.models import FOREVER, Hold, HoldChange, HoldPosition, HoldState
from echt.holds.replay import Place, balances, replay
from echt.wallets.models import Balance, Posting
from echt.wallets.moving import HOUSES
from tests.holds.replay.histories import BEGIN, History

SEEDS = range(int(os.environ.get("ECHT_TEST_REPLAYS", "3")))
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass
class Event:
    """A step as a test writes it; `at` and `end` in hours."""

    kind: str
    at: int = 0
    end: int | datetime | None = None
    source: int | None = None
    target: int | None = None
    taken: int = 0
    given: int = 0

    def __post_init__(self) -> None:
        self.at, hours = NOON + timedelta(hours=self.at), self.end
        self.release_at = NOON + timedelta(hours=hours) if isinstance(hours, int) else hours


PLACED = Event(HoldChange.PLACED, end=24, target=1, given=100)


def places(*events):
    return replay([PLACED, *events]).places


def place(units, hours):
    return Place(units, NOON + timedelta(hours=hours) if isinstance(hours, int) else hours)


def test_rule_2_units_go_on_with_their_end():
    moved = Event(HoldChange.MOVED, 1, 24, source=1, target=2, taken=60, given=7)
    assert places(moved) == {1: place(40, 24), 2: place(7, 24)}


def test_rule_2_units_that_leave_are_gone():
    assert places(Event(HoldChange.MOVED, 1, 24, source=1, taken=100)) == {1: place(0, 24)}


def test_rule_3_running_units_are_joined_and_have_the_later_end():
    there = Event(HoldChange.MOVED, 1, 24, source=1, target=2, taken=60, given=7)
    again = Event(HoldChange.MOVED, 2, 48, source=1, target=2, taken=10, given=1)
    assert places(there, again)[2] == place(8, 48)


@pytest.mark.parametrize(("at", "units"), [(23, 8), (24, 1)])
def test_rule_3_what_was_free_does_not_come_back(at, units):
    there = Event(HoldChange.MOVED, 1, 24, source=1, target=2, taken=60, given=7)
    later = Event(HoldChange.EXTENDED, 2, 48, target=1)
    again = Event(HoldChange.MOVED, at, 48, source=1, target=2, taken=10, given=1)
    assert places(there, later, again)[2] == place(units, 48)


def test_rule_4_an_end_without_a_balance_is_that_of_all_that_is_open():
    there = Event(HoldChange.MOVED, 1, 24, source=1, target=2, taken=60, given=7)
    assert places(there, Event(HoldChange.FROZEN, 2, FOREVER)) == {1: place(40, FOREVER), 2: place(7, FOREVER)}
    assert places(there, Event(HoldChange.EXTENDED, 24, 48)) == {1: place(40, 24), 2: place(7, 24)}


def test_rule_2_the_state_is_what_people_did_last():
    frozen, thawed = Event(HoldChange.FROZEN, 1, FOREVER), Event(HoldChange.UNFROZEN, 2, 24)
    taken = Event(HoldChange.CLAWED_BACK, 3, source=1, taken=100)
    states = [replay([PLACED, frozen, thawed, taken][: count + 1]).state for count in range(4)]
    assert states == [HoldState.RUNNING, HoldState.FROZEN, HoldState.RUNNING, HoldState.CLAWED_BACK]


def test_rule_5_taking_what_is_not_there_is_named():
    hold = replay([PLACED, Event(HoldChange.MOVED, 1, 24, source=1, taken=101)])
    assert hold.impossible == ["balance 1 lacks 1 units at 2026-11-27T13:00:00+00:00"]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_random_histories_replay_to_the_same_state(seed):
    with time_machine.travel(BEGIN, tick=False) as traveller:
        History(seed, traveller).goes_on(50)
        assert [*faults_of(clock.now())] == []

    postings = Posting.objects.exclude(account__in=HOUSES).order_by("pk").values_list("account", "asset", "amount")
    made = {place: (it.posted, it.version) for place, it in balances(postings).items()}
    known = {(it.account_id, it.asset_id): (it.posted, it.version) for it in Balance.objects.exclude(version=0)}
    assert made == known

    for hold in Hold.objects.all():
        told = {key: it for key, it in replay(hold.events.all()).places.items() if it.units}
        rows = HoldPosition.objects.filter(hold=hold, remaining__gt=0)
        assert told == {it.balance_id: Place(it.remaining, it.release_at) for it in rows}
