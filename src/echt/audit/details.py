"""An event's details as JSON, sealed and opened.

The seal is bound to the kind of event and its subject; that these details belong to exactly this event is
held by the chain, whose digest covers the sealed bytes.
"""

import json
from typing import TypeAlias
from uuid import UUID

from echt.audit.sealer import KeyDestroyed, sealer

JSON: TypeAlias = "str | int | float | bool | list[JSON] | dict[str, JSON] | None"


def seal_details(details: dict[str, JSON], *, event: str, subject: UUID | None) -> bytes:
    """The details, sealed.

    Raises:
        TypeError: a value is not JSON.
        ValueError: a number is infinite or not a number.
    """
    plain = json.dumps(details, ensure_ascii=False, sort_keys=True, allow_nan=False).encode()
    return sealer().seal(plain, subject, _context(event))


def open_details(sealed: bytes, *, event: str, subject: UUID | None) -> dict[str, JSON] | None:
    """The details again; `None` where their key was destroyed."""
    try:
        plain = sealer().unseal(sealed, subject, _context(event))
    except KeyDestroyed:
        return None
    opened: dict[str, JSON] = json.loads(plain)
    return opened


def _context(event: str) -> str:
    return f"audit.AuditEvent.details:{event}"
