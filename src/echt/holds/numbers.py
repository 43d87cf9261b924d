"""The number of a hold as people say it: `7F3A-91C2`, the last digits of its identifier."""

from uuid import UUID

from django.db.models import QuerySet

from echt.holds.models import Hold

DIGITS = 8
WHOLE = 32


def number_of(pk: UUID) -> str:
    last = pk.hex[-DIGITS:].upper()
    return f"{last[:4]}-{last[4:]}"


def with_number(holds: QuerySet[Hold], text: str) -> QuerySet[Hold]:
    """The holds with this number, or this identifier; none where it is neither."""
    plain = text.strip().replace("-", "").lower()
    if len(plain) not in {DIGITS, WHOLE} or not set(plain) <= set("0123456789abcdef"):
        return holds.none()
    if len(plain) == WHOLE:
        return holds.filter(pk=UUID(plain))
    return holds.filter(pk__endswith=plain)
