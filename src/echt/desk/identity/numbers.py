"""The number of a case as people say it: `7F3A-91C2`, the last digits of its identifier."""

from uuid import UUID

from django.db.models import QuerySet

from echt.identity.models import Case

DIGITS = 8
WHOLE = 32


def number_of(pk: UUID) -> str:
    last = pk.hex[-DIGITS:].upper()
    return f"{last[:4]}-{last[4:]}"


def with_number(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """The cases with this number, or this identifier; none where it is neither."""
    plain = text.strip().replace("-", "").lower()
    if len(plain) not in {DIGITS, WHOLE} or not set(plain) <= set("0123456789abcdef"):
        return cases.none()
    if len(plain) == WHOLE:
        return cases.filter(pk=UUID(plain))
    return cases.filter(pk__endswith=plain)
