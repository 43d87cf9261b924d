"""The gate's rules, applied to facts: plain Python, without a database. The rules stand at the head of the package."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from echt.holds.models import FOREVER
from echt.wallets.answers import Answer, Code, Reason, Room

SATOSHIS = 100_000_000


@dataclass(frozen=True)
class Held:
    """Units of a balance that an operation may not move before `until`."""

    units: int
    until: datetime


@dataclass(frozen=True)
class Used:
    """What counted against a class of limits."""

    at: datetime
    sats: int


@dataclass(frozen=True)
class Bound:
    """A limit that applies. `sats` None: no limit. `of_level`: made for the level, not a cap of a country."""

    window: int
    sats: int | None
    of_level: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, and everything that the answer rests on."""

    now: datetime
    asset: int
    units: int
    pays: bool
    total: int
    """Units that would be paid, with their fee."""
    posted: int = 0
    restricted: bool = False
    held: Sequence[Held] = ()
    frozen_until: datetime | None = None
    counts: bool = False
    level: str = ""
    sats: int | None = None
    trouble: Code | None = None
    """Why there is no value."""
    bounds: Sequence[Bound] = ()
    used: Sequence[Used] = ()


def judge(question: Question) -> Answer:
    """The answer, with every reason against it."""
    held = sum(part.units for part in question.held)
    movable = max(0, question.posted - held)
    rooms = [_room(question, bound) for bound in question.bounds] if question.counts else []
    reasons = [*_of_pauses(question), *_of_balance(question, movable), *_of_limits(question, rooms)]
    first = min((part.until for part in question.held), default=None)
    return Answer(
        allowed=not reasons,
        asset=question.asset,
        units=question.units,
        reasons=tuple(reasons),
        posted=question.posted,
        held=held,
        movable=movable,
        next_release_at=_told(first),
        level=question.level,
        sats=question.sats if question.counts else None,
        rooms=tuple(rooms),
        evaluated_at=question.now,
    )


def value_in_sats(units: int, *, unit: int, rate: int, bitcoin: int) -> int:
    """What so many units are worth in satoshis, rounded up (rule 5).

    Args:
        units: of the asset.
        unit: units of one whole coin.
        rate: price of one coin.
        bitcoin: price of one bitcoin in the same currency.
    """
    return -(-units * rate * SATOSHIS // (unit * bitcoin))


def _of_pauses(question: Question) -> list[Reason]:
    if not question.restricted or question.frozen_until is None:
        return []
    return [Reason(code=Code.FROZEN, until=question.frozen_until)]


def _of_balance(question: Question, movable: int) -> list[Reason]:
    if not question.pays or question.total <= movable:
        return []
    if question.total > question.posted:
        return [Reason(code=Code.INSUFFICIENT)]
    return [Reason(code=Code.HELD, until=_told(_free_at(question.held, question.total - movable)))]


def _free_at(held: Sequence[Held], wanted: int) -> datetime | None:
    """When so many of the held units are free."""
    freed = 0
    for part in sorted(held, key=lambda part: part.until):
        freed += part.units
        if freed >= wanted:
            return part.until
    return None


def _of_limits(question: Question, rooms: Sequence[Room]) -> list[Reason]:
    if not question.counts:
        return []
    reasons: list[Reason] = []
    binding = [(bound, room) for bound, room in zip(question.bounds, rooms, strict=True) if bound.sats is not None]
    for bound, _room_of_it in binding:
        code = Code.LEVEL if bound.sats == 0 else question.trouble
        if code and not any(reason.code is code for reason in reasons):
            reasons.append(Reason(code=code))
    if not any(bound.of_level for bound in question.bounds):
        reasons.append(Reason(code=Code.LIMIT_MISSING))
    over = [bound for bound, room in binding if bound.sats and _exceeds(question, room)]
    if over:
        reasons.append(Reason(code=Code.LIMIT, until=_room_at(question, over)))
    return reasons


def _exceeds(question: Question, room: Room) -> bool:
    return question.sats is not None and room.sats is not None and room.used + question.sats > room.sats


def _room(question: Question, bound: Bound) -> Room:
    since = question.now - timedelta(hours=bound.window)
    return Room(window=bound.window, sats=bound.sats, used=sum(use.sats for use in question.used if use.at > since))


def _room_at(question: Question, over: Sequence[Bound]) -> datetime | None:
    """When all these limits have room for it; None: never, it is more than one of them."""
    instants = [_back_at(question, bound) for bound in over]
    return None if None in instants else max(instant for instant in instants if instant)


def _back_at(question: Question, bound: Bound) -> datetime | None:
    window = timedelta(hours=bound.window)
    uses = sorted((use for use in question.used if use.at > question.now - window), key=lambda use: use.at)
    missing = sum(use.sats for use in uses) + (question.sats or 0) - (bound.sats or 0)
    if (question.sats or 0) > (bound.sats or 0):
        return None
    for use in uses:
        missing -= use.sats
        if missing <= 0:
            return use.at + window
    return None


def _told(moment: datetime | None) -> datetime | None:
    """An end that nobody knows is not told."""
    return None if moment is None or moment >= FOREVER.replace(month=1, day=1) else moment
