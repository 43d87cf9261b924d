"""What the gate answers: yes, or no with every reason, how much may move now, and when the rest may.

An answer is kept with its transfer as JSON (`as_json`), amounts as text, so that it can be told again years later.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from echt import clock


class Code(StrEnum):
    """Why money may not move; the value is stored and told by the API, so it is never renamed."""

    INSUFFICIENT = "insufficient"
    """The balance is too small, held units included."""
    HELD = "held"
    """The balance would do, but too much of it is held."""
    FROZEN = "frozen"
    """Outgoing money of the account pauses."""
    LEVEL = "level"
    """At this level, or in this country, nothing of this kind may be done."""
    LIMIT = "limit"
    """More than the limit leaves room for."""
    LIMIT_MISSING = "limit_missing"
    """No limit is in force for this level; nothing may pass."""
    PRICE_MISSING = "price_missing"
    PRICE_STALE = "price_stale"
    CLOCK = "clock"
    """Our clocks disagree; nothing may leave until they do not."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason. `until`: when it is over by itself; None: not by waiting, or nobody knows."""

    code: Code
    until: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code.value, "until": _iso(self.until)}


@dataclass(frozen=True, kw_only=True)
class Room:
    """A limit and what is left of it, in satoshis; `sats` None: no limit."""

    window: int
    sats: int | None
    used: int

    @property
    def left(self) -> int | None:
        return None if self.sats is None else max(0, self.sats - self.used)

    def as_json(self) -> dict[str, Any]:
        return {"window": self.window, "sats": _text(self.sats), "used": str(self.used)}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The gate's answer to one question: may so many `units` of an `asset` move? All amounts are units of it."""

    allowed: bool
    asset: int = 0
    units: int = 0
    reasons: tuple[Reason, ...] = ()
    posted: int = 0
    """The balance before."""
    held: int = 0
    """Of it, what holds keep from this operation."""
    movable: int = 0
    """Of it, what this operation could move now, holds alone considered."""
    next_release_at: datetime | None = None
    level: str = ""
    sats: int | None = None
    """What it is worth against limits; None: no limit asked."""
    rooms: tuple[Room, ...] = ()
    evaluated_at: datetime = field(default_factory=clock.now)
    transfer: UUID | None = None
    """The transfer that was made, or that keeps the refusal; None: it was only asked."""
    replayed: bool = False
    """Whether this is the kept answer to an earlier request with the same key."""

    def reason(self, code: Code) -> Reason | None:
        return next((reason for reason in self.reasons if reason.code is code), None)

    def as_json(self) -> dict[str, Any]:
        """As it is kept: the same on both databases."""
        return {
            "allowed": self.allowed,
            "asset": self.asset,
            "units": str(self.units),
            "reasons": [reason.as_json() for reason in self.reasons],
            "posted": str(self.posted),
            "held": str(self.held),
            "movable": str(self.movable),
            "next_release_at": _iso(self.next_release_at),
            "level": self.level,
            "sats": _text(self.sats),
            "rooms": [room.as_json() for room in self.rooms],
            "evaluated_at": _iso(self.evaluated_at),
        }

    @classmethod
    def from_json(cls, told: dict[str, Any], *, transfer: UUID | None = None, replayed: bool = False) -> Self:
        return cls(
            allowed=told["allowed"],
            asset=told["asset"],
            units=int(told["units"]),
            reasons=tuple(
                Reason(code=Code(reason["code"]), until=_moment(reason["until"])) for reason in told["reasons"]
            ),
            posted=int(told["posted"]),
            held=int(told["held"]),
            movable=int(told["movable"]),
            next_release_at=_moment(told["next_release_at"]),
            level=told["level"],
            sats=_number(told["sats"]),
            rooms=tuple(
                Room(window=room["window"], sats=_number(room["sats"]), used=int(room["used"]))
                for room in told["rooms"]
            ),
            evaluated_at=datetime.fromisoformat(told["evaluated_at"]),
            transfer=transfer,
            replayed=replayed,
        )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="microseconds")


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)
