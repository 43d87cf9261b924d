"""Identifiers and secret tokens: what may be guessed, and what must not be.

1. An identifier (`uuid7`) is not a secret: it tells when it was made, and nobody gains a right by knowing it.
2. A secret (`random_token`) has at least 128 bits from the system's generator.
"""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from echt import clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_BITS = 128


def uuid7() -> UUID:
    """A new primary key: a UUID of version 7 (RFC 9562, 5.7), so that new rows lie side by side in an index.

    The 12 bits after the version hold the fraction of the millisecond (6.2, method 3); 62 bits are random.
    """
    milliseconds, rest = divmod(clock.now() - EPOCH, timedelta(milliseconds=1))
    fraction = rest.microseconds * 4096 // 1000
    number = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=number)


def random_token(bits: int = 256) -> str:
    """A new secret of so many bits, safe in an address (`A-Z a-z 0-9 - _`).

    Raises:
        ValueError: fewer than 128 bits, or not whole bytes.
    """
    if bits < LEAST_BITS or bits % 8:
        raise ValueError(f"A secret token has whole bytes and at least {LEAST_BITS} bits, not {bits}.")
    return secrets.token_urlsafe(bits // 8)
