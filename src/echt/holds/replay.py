"""Balances and holds made again from what was written down, step by step: pure functions over rows.

1. Postings are the whole truth about balances: a balance is their sum, and its version how many they are.
2. Events are the whole truth about a hold: where its units are, until when, and what people did with it.
3. Units that come to a balance where the hold has none running begin anew there: what was free does not come back.
4. An end that is told without a balance is that of every open position of the hold.
5. A step that takes what is not there has no meaning; the replay names it and goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from echt.holds.models import HoldChange, HoldState

STATES = {
    HoldChange.EXTENDED: HoldState.RUNNING,
    HoldChange.FROZEN: HoldState.FROZEN,
    HoldChange.UNFROZEN: HoldState.RUNNING,
    HoldChange.RELEASED_EARLY: HoldState.RELEASED_EARLY,
    HoldChange.CLAWED_BACK: HoldState.CLAWED_BACK,
}


class Step(Protocol):
    """What the replay reads of an event."""

    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> int | None: ...
    @property
    def target(self) -> int | None: ...
    @property
    def taken(self) -> int: ...
    @property
    def given(self) -> int: ...
    @property
    def release_at(self) -> datetime | None: ...
    @property
    def at(self) -> datetime: ...


@dataclass
class Place:
    """Units of a hold in one balance, and until when."""

    units: int
    release_at: datetime | None

    def runs_at(self, at: datetime) -> bool:
        return bool(self.units) and self.release_at is not None and self.release_at > at


@dataclass
class Replayed:
    """A hold as its events have it."""

    places: dict[int, Place] = field(default_factory=dict)
    """By the key of the balance."""
    state: HoldState = HoldState.RUNNING
    placed: int = 0
    """Units that it began with."""
    beginnings: int = 0
    impossible: list[str] = field(default_factory=list)
    """Steps that took what was not there (rule 5), in words."""


@dataclass
class Sum:
    """A balance as its postings have it."""

    posted: int = 0
    version: int = 0


def balances(postings: Iterable[tuple[UUID, int, int]]) -> dict[tuple[UUID, int], Sum]:
    """By account and asset, from (account, asset, amount) in their order (rule 1)."""
    sums: dict[tuple[UUID, int], Sum] = {}
    for account, asset, amount in postings:
        balance = sums.setdefault((account, asset), Sum())
        balance.posted += amount
        balance.version += 1
    return sums


def replay(steps: Iterable[Step]) -> Replayed:
    """A hold, from its events in their order."""
    hold = Replayed()
    for step in steps:
        _STEPS.get(HoldChange(step.kind), _set_end)(hold, step)
        hold.state = STATES.get(HoldChange(step.kind), hold.state)
    return hold


def _begin(hold: Replayed, step: Step) -> None:
    hold.beginnings += 1
    hold.placed += step.given
    _give(hold, step)


def _move(hold: Replayed, step: Step) -> None:
    _take(hold, step)
    if step.target is not None and step.given:
        _give(hold, step)


def _take(hold: Replayed, step: Step) -> None:
    place = hold.places.setdefault(step.source or 0, Place(0, step.release_at))
    place.units -= step.taken
    if place.units < 0:
        hold.impossible.append(f"balance {step.source} lacks {-place.units} units at {step.at.isoformat()}")


def _give(hold: Replayed, step: Step) -> None:
    target = step.target or 0
    known = hold.places.get(target)
    if known is not None and known.runs_at(step.at):
        known.units += step.given
        known.release_at = max(filter(None, [known.release_at, step.release_at]))
    else:
        hold.places[target] = Place(step.given, step.release_at)


def _set_end(hold: Replayed, step: Step) -> None:
    for balance, place in hold.places.items():
        if balance == step.target or (step.target is None and place.runs_at(step.at)):
            place.release_at = step.release_at


_STEPS = {
    HoldChange.PLACED: _begin,
    HoldChange.MOVED: _move,
    HoldChange.CLAWED_BACK: _take,
}
