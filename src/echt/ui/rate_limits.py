"""How often something may be tried: `RateLimit("sign-in", count=10, seconds=600).require(key)`.

1. At most `count` takes of a key in one window; a window opens with the first take and lasts `seconds`.
2. One statement counts and answers, so that any number of processes together let exactly `count` through.
3. A take stands on its own: it is refused inside a transaction, because a rollback would give it back.
4. The table holds keyed hashes, never an address or a name.
5. Windows that have ended are swept away as new ones open.
"""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from echt import clock
from echt.ui.models import LimitWindow

TAKE = """
    INSERT INTO ui_ratelimit (bucket, taken, ends) VALUES (%(bucket)s, 1, %(ends)s)
    ON CONFLICT (bucket) DO UPDATE SET
        taken = CASE WHEN ui_ratelimit.ends <= %(now)s THEN 1 ELSE ui_ratelimit.taken + 1 END,
        ends = CASE WHEN ui_ratelimit.ends <= %(now)s THEN excluded.ends ELSE ui_ratelimit.ends END
    RETURNING taken, ends
"""
SWEPT_AT_ONCE = 100


class TooMany(Exception):
    """The limit is used up. `retry_after`: seconds until the window ends, at least 1."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many tries; again in {retry_after} seconds.")
        self.retry_after = retry_after


class Count(NamedTuple):
    """The state of a window after a take."""

    taken: int
    left: int
    """Milliseconds until the window ends."""


@dataclass(frozen=True)
class RateLimit:
    """`count` takes a key in `seconds`. The name keeps limits apart, so two limits never share one."""

    name: str
    count: int
    seconds: int

    def take(self, key: str) -> bool:
        """Count one try of this key and say whether it was allowed."""
        return self._count(key).taken <= self.count

    def require(self, key: str) -> None:
        """Count one try of this key.

        Raises:
            TooMany: it was one too many; it says when to try again.
        """
        counted = self._count(key)
        if counted.taken > self.count:
            raise TooMany(ceil(counted.left / 1000))

    def forget(self, key: str) -> None:
        """Begin anew for this key: what it was counted for has succeeded."""
        LimitWindow.objects.filter(pk=self._bucket(key)).delete()

    def _bucket(self, key: str) -> str:
        return salted_hmac("echt.ui.rate_limits", f"{self.name}\0{key}", algorithm="sha256").hexdigest()

    def _count(self, key: str) -> Count:
        now = round(clock.now().timestamp() * 1000)
        taken, ends = _take(bucket=self._bucket(key), now=now, ends=now + self.seconds * 1000)
        if taken == 1:
            _sweep(now)
        return Count(taken, ends - now)


def _take(**values: str | int) -> tuple[int, int]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        taken, ends = cursor.fetchone()
    return taken, ends


def _sweep(now: int) -> None:
    ended = LimitWindow.objects.filter(ends__lte=now)
    with transaction.atomic():
        locked = list(ended.select_for_update(skip_locked=True).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
        ended.filter(pk__in=locked).delete()
