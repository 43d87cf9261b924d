"""What a level gives. Who keeps limits tells it; without them no level gives anything."""

from collections.abc import Callable
from dataclasses import dataclass

from echt.identity.levels import Level


@dataclass(frozen=True, kw_only=True)
class Benefits:
    """What a level gives. `limit`: satoshis that may leave in `hours` hours; None: no limit; 0: nothing."""

    level: Level
    limit: int | None = 0
    fiat: bool = False
    """Whether one may buy and sell for fiat money."""
    hours: int = 24


_telling: list[Callable[[Level], Benefits]] = []


def register_benefits(telling: Callable[[Level], Benefits]) -> None:
    """Called once, when the product starts, by the room that keeps limits."""
    _telling[:] = [telling]


def benefits(level: Level) -> Benefits:
    """What a level gives now."""
    return _telling[0](level) if _telling else Benefits(level=level)
