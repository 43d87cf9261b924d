"""How often a key may ask: `per_minute`, over all processes together.

1. A process takes a hundred requests at once from the limit that all share, so that reading writes nothing each time.
2. What it took counts until the minute is over; then it takes anew.
"""

import time
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from echt.api.models import ApiKey
from echt.api.problems import Code, Problem
from echt.api.settings import api_settings
from echt.ui.rate_limits import RateLimit, TooMany

AT_ONCE = 100
WINDOW = 60


@dataclass
class Taken:
    """Requests that this process may still answer, until an instant of its own clock."""

    left: int
    until: float


_taken: dict[UUID, Taken] = {}
_lock = Lock()


def take(key: ApiKey) -> None:
    """Count one request.

    Raises:
        Problem: it is one too many; it says when to try again.
    """
    with _lock:
        taken = _taken.get(key.pk)
        if taken and taken.left > 0 and taken.until > time.monotonic():
            taken.left -= 1
            return
    _take_more(key)


def forget() -> None:
    """Begin anew: for tests."""
    _taken.clear()


def _take_more(key: ApiKey) -> None:
    limit = RateLimit("api", count=api_settings().per_minute // AT_ONCE, seconds=WINDOW)
    try:
        limit.require(str(key.pk))
    except TooMany as many:
        raise Problem(Code.TOO_MANY, headers={"Retry-After": str(many.retry_after)}) from many
    with _lock:
        _taken[key.pk] = Taken(left=AT_ONCE - 1, until=time.monotonic() + WINDOW)
