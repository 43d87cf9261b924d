"""The one way to write into the record.

1. An event is written in the transaction of the change that it tells of: both happen or neither.
2. Places have no gap and no two events share one: the head's row is locked before a place is given.
3. Details are sealed before they reach the database (`sealer`).
4. Nothing changes or removes an event; the database itself refuses (migration 0002).

Lock order: the head is the last lock of a transaction. An action locks its own objects first and records
after it has written; details are sealed before the head is locked, because sealing may create the subject's
key. From its first event on, a transaction holds up every other that wants to record, so nothing slow
stands between recording and its end. An action that destroys the keys of a subject records first and
destroys then: another transaction may hold the head and wait for a key of the same subject.
"""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.transaction import TransactionManagementError

from echt import clock
from echt.audit.canonical import digest_of
from echt.audit.details import JSON, seal_details
from echt.audit.models import AuditEvent, Head


class Actor(Protocol):
    """Whoever does something now."""

    @property
    def pk(self) -> UUID: ...


def record(event: StrEnum, /, *, actor: Actor | None, subject: UUID | None = None, **details: JSON) -> None:
    """Write down that something happened.

    Args:
        event: what; the value is stored for ever.
        actor: who did it; `None` is the system.
        subject: whom it concerns. Their key seals the details.
        details: what else explains it, as JSON; `device` and `ip` say from where.

    Raises:
        TransactionManagementError: there is no transaction that this could be part of.
        SealerMissing: nothing can seal the details.
        TypeError, ValueError: the details are not JSON.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("An event is recorded in the transaction of the change that it tells of.")
    sealed = seal_details(details, event=event.value, subject=subject)
    _append(
        AuditEvent(
            event=event.value,
            actor=None if actor is None else actor.pk,
            subject=subject,
            details=sealed,
        )
    )


def _append(event: AuditEvent) -> None:
    """Give the event the next place and write it."""
    head = _locked_head()
    event.seq = head.seq + 1
    event.at = clock.now()
    event.previous = bytes(head.digest)
    event.digest = digest_of(event)
    event.save(force_insert=True)
    Head.objects.filter(pk=Head.ONLY).update(seq=event.seq, digest=event.digest)


def _locked_head() -> Head:
    """The head, ours until the transaction ends. The first event of all creates it.

    A head that somebody removed under existing events is not made anew: the database refuses a second
    beginning.
    """
    heads = Head.objects.select_for_update().filter(pk=Head.ONLY)
    if not heads.exists():
        Head.objects.bulk_create([Head()], ignore_conflicts=True)
    return heads.get()
