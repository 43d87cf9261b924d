"""Identifiers and secret tokens: what may be guessed, and what must not be.

1. An identifier (`uuid7`) is not a secret: it tells when it was made, and nobody gains a right by knowing it.
2. A secret (`random_token`) has at least 128 bits from the system's generator.
3. Identifiers that one process makes rise, within one instant too: rows that were written together have an order.
"""

import secrets
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

from echt import clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_BITS = 128
RANDOM_BITS = 62
STEP_BITS = 32
"""Of the step within an instant: nobody guesses the next, and 2**29 of them fit into one microsecond."""


def uuid7() -> UUID:
    """A new primary key: a UUID of version 7 (RFC 9562, 5.7), so that new rows lie side by side in an index.

    The 12 bits after the version hold the fraction of the millisecond (6.2, method 3); 62 bits are random, and within
    one instant grow by a random step (6.2, method 2).
    """
    milliseconds, rest = divmod(clock.now() - EPOCH, timedelta(milliseconds=1))
    fraction = rest.microseconds * 4096 // 1000
    instant = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62
    return UUID(int=instant | _rising.after(instant))


class _Rising:
    """The random bits of one instant, each greater than the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._instant = -1
        self._bits = 0

    def after(self, instant: int) -> int:
        with self._lock:
            step = 1 + secrets.randbits(STEP_BITS)
            room = self._bits + step < 1 << RANDOM_BITS
            self._bits = self._bits + step if instant == self._instant and room else secrets.randbits(RANDOM_BITS - 1)
            self._instant = instant
            return self._bits


_rising = _Rising()


def random_token(bits: int = 256) -> str:
    """A new secret of so many bits, safe in an address (`A-Z a-z 0-9 - _`).

    Raises:
        ValueError: fewer than 128 bits, or not whole bytes.
    """
    if bits < LEAST_BITS or bits % 8:
        raise ValueError(f"A secret token has whole bytes and at least {LEAST_BITS} bits, not {bits}.")
    return secrets.token_urlsafe(bits // 8)
