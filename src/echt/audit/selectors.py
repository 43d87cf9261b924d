"""Reading the record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from echt.audit.details import JSON, open_details
from echt.audit.models import AuditEvent
from echt.audit.sealer import DetailsChanged


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event of a history, opened."""

    seq: int
    at: datetime
    event: str
    actor: UUID | None
    subject: UUID | None
    details: dict[str, JSON] | None
    """`None` where the key of the details was destroyed, or where they were changed."""
    changed: bool = False
    """Whether somebody changed the event, so that its details do not open; the check of the chain says so too."""


def history_of(subject: UUID, *, limit: int = 50, before: int | None = None) -> list[Entry]:
    """What happened to the subject, newest first.

    Args:
        subject: whom the events concern.
        limit: the most entries to return.
        before: only what lies before this place; the `seq` of the last entry of one page gives the next page.
    """
    events = AuditEvent.objects.filter(subject=subject).order_by("-seq")
    if before is not None:
        events = events.filter(seq__lt=before)
    return [_entry(event) for event in events[:limit]]


def events_of(
    *, event: str = "", person: UUID | None = None, limit: int = 50, before: int | None = None
) -> list[Entry]:
    """What happened in the whole house, newest first.

    Args:
        event: only events of this kind; empty for all.
        person: only what this person did, or what concerns them.
        limit: the most entries to return.
        before: only what lies before this place, as in `history_of`.
    """
    events = AuditEvent.objects.order_by("-seq")
    if event:
        events = events.filter(event=event)
    if person is not None:
        events = events.filter(Q(actor=person) | Q(subject=person))
    if before is not None:
        events = events.filter(seq__lt=before)
    return [_entry(found) for found in events[:limit]]


def _entry(event: AuditEvent) -> Entry:
    details, changed = _opened(event)
    return Entry(
        seq=event.seq,
        at=event.at,
        event=event.event,
        actor=event.actor,
        subject=event.subject,
        details=details,
        changed=changed,
    )


def _opened(event: AuditEvent) -> tuple[dict[str, JSON] | None, bool]:
    """The details, and whether they were changed."""
    try:
        return open_details(bytes(event.details), event=event.event, subject=event.subject), False
    except DetailsChanged:
        return None, True
