"""Is the record whole? Every event carries the digest of the one before it.

1. The first event has place 1 and follows `GENESIS`; every other has the next place and the digest of the
   one before.
2. An event's digest is that of its own bytes, so that a change to any of them shows.
3. The chain ends exactly where the head says: an event cut off the end, or one put behind it, shows.
4. Who can rewrite every event and the head is caught only by a head noted elsewhere: `passing` takes such a
   mark.
5. Checking needs no key and keeps a fixed number of events in memory, however long the record is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hmac import compare_digest
from typing import NamedTuple

from django.db.models import Max

from echt.audit.canonical import Event, digest_of
from echt.audit.models import GENESIS, AuditEvent, Head

CHUNK = 1000
"""Events in memory at a time."""

LEAST = -(2**63)
"""Below every place, also below those that only a forged event has."""


class Mark(NamedTuple):
    """The head of the chain as it once was, noted outside the database."""

    seq: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ChainReport:
    """How far the chain holds."""

    ok: bool
    length: int
    """Events that hold, counted from the first."""
    broken_at: int | None
    """The first place that does not hold; `None` where all do."""
    head: str
    """Digest of the last event that holds, in hex."""

    @property
    def mark(self) -> Mark:
        """The end of what holds, to be noted elsewhere."""
        return Mark(self.length, self.head)


def verify_chain(*, passing: Mark | None = None) -> ChainReport:
    """Check every event of the record, its end, and that it passes through a head noted earlier."""
    newest = AuditEvent.objects.aggregate(seq=Max("seq"))["seq"] or 0
    head = current_head()
    if head.seq < newest:
        return follow(stored_events(until=head.seq), end=Mark(newest, ""), passing=passing)
    return follow(stored_events(until=head.seq), end=head, passing=passing)


def current_head() -> Mark:
    """Where the record says that it ends.

    The newest event must be read before this: a place and the head move on together, so that what was read
    before never lies behind the head.
    """
    head = Head.objects.filter(pk=Head.ONLY).first() or Head()
    return Mark(head.seq, bytes(head.digest).hex())


def follow(events: Iterable[Event], *, end: Mark | None = None, passing: Mark | None = None) -> ChainReport:
    """Walk along the chain as far as it holds.

    Args:
        events: the events in the order of their places.
        end: where the chain must end; `None` where nothing is known of its end.
        passing: a mark through which it must pass.
    """
    marks = [mark for mark in (passing, end) if mark is not None]
    seq, digest = 0, GENESIS
    for event in events:
        if not _holds(event, seq, digest, marks):
            return _broken(seq, digest)
        seq, digest = event.seq, bytes(event.digest)
    if any(seq < mark.seq for mark in marks):
        return _broken(seq, digest)
    return ChainReport(ok=True, length=seq, broken_at=None, head=digest.hex())


def _holds(event: Event, seq: int, digest: bytes, marks: list[Mark]) -> bool:
    """Whether the event is the next one after `seq`."""
    if event.seq != seq + 1:
        return False
    if not compare_digest(bytes(event.previous), digest):
        return False
    if not compare_digest(bytes(event.digest), digest_of(event)):
        return False
    return all(mark.digest == bytes(event.digest).hex() for mark in marks if mark.seq == event.seq)


def _broken(seq: int, digest: bytes) -> ChainReport:
    return ChainReport(ok=False, length=seq, broken_at=seq + 1, head=digest.hex())


def stored_events(*, until: int) -> Iterator[AuditEvent]:
    """The events up to a place, in their order.

    They are fetched chunk by chunk instead of through a cursor of the database: who stops half-way, as `follow` does
    where the chain breaks, would leave it open in a transaction that goes on.
    """
    last = LEAST
    while chunk := list(AuditEvent.objects.filter(seq__gt=last, seq__lte=until).order_by("seq")[:CHUNK]):
        yield from chunk
        last = chunk[-1].seq
