"""The one form of an event in bytes: what its digest is taken of, and what an export holds.

A digest is SHA-256 over `echt.audit.1`, a line feed, and the event as JSON with exactly the members
`actor`, `at`, `details`, `event`, `previous`, `seq`, `subject`: in this order, without white space, in
UTF-8. Times are UTC with six decimals and `Z`, `details` (sealed) is base64, `previous` hex, people are
UUIDs or null. Whoever has an export can compute it with any language's standard library, and needs no key.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict

DOMAIN = b"echt.audit.1\n"
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


Bytes: TypeAlias = bytes | memoryview
"""What a database driver gives for bytes."""


class Event(Protocol):
    """An event of the record: a row of `AuditEvent`, or a `Line` of an export."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> str: ...
    @property
    def actor(self) -> UUID | None: ...
    @property
    def subject(self) -> UUID | None: ...
    @property
    def details(self) -> Bytes: ...
    @property
    def previous(self) -> Bytes: ...
    @property
    def digest(self) -> Bytes: ...


@dataclass(frozen=True, kw_only=True)
class Line:
    """An event read from an export."""

    seq: int
    at: datetime
    event: str
    actor: UUID | None
    subject: UUID | None
    details: bytes
    previous: bytes
    digest: bytes


def members_of(event: Event) -> dict[str, str | int | None]:
    """The event as the members of a JSON object, without its digest."""
    return {
        "actor": None if event.actor is None else str(event.actor),
        "at": event.at.astimezone(UTC).strftime(TIME),
        "details": b64encode(event.details).decode(),
        "event": event.event,
        "previous": bytes(event.previous).hex(),
        "seq": event.seq,
        "subject": None if event.subject is None else str(event.subject),
    }


def digest_of(event: Event) -> bytes:
    """The digest that this event must have."""
    return sha256(DOMAIN + _json(members_of(event))).digest()


def line_of(event: Event) -> bytes:
    """The event with its digest as one line of an export, without the line feed."""
    return _json({**members_of(event), "digest": bytes(event.digest).hex()})


def event_of(line: bytes) -> Line:
    """The event that a line of an export holds.

    Raises:
        ValueError: the line is not exactly what `line_of` writes.
    """
    members = _Members.model_validate_json(line)
    event = Line(
        seq=members.seq,
        at=datetime.strptime(members.at, TIME).replace(tzinfo=UTC),
        event=members.event,
        actor=_person(members.actor),
        subject=_person(members.subject),
        details=b64decode(members.details, validate=True),
        previous=bytes.fromhex(members.previous),
        digest=bytes.fromhex(members.digest),
    )
    if line_of(event) != line:
        raise ValueError("The line is not in canonical form.")
    return event


class _Members(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    actor: str | None
    at: str
    details: str
    digest: str
    event: str
    previous: str
    seq: int
    subject: str | None


def _person(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _json(members: Mapping[str, str | int | None]) -> bytes:
    return json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
