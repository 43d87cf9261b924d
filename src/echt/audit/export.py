"""The record as JSON lines, for an auditor: one event a line in its canonical form, details still sealed.

The chain is checked on the way out; a file that is complete is one whose chain held. Its receiver checks it
again with `check_export`, or with any program after the description in `canonical`.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from echt.audit.canonical import Event, Line, event_of, line_of
from echt.audit.chain import ChainReport, Mark, current_head, follow, stored_events

NO_EVENT = Line(
    seq=0,
    at=datetime.min.replace(tzinfo=UTC),
    event="",
    actor=None,
    subject=None,
    details=b"",
    previous=b"",
    digest=b"",
)
"""Stands for a line that cannot be read; places begin at 1."""


class BrokenChain(Exception):
    """The chain does not hold; the export ends before the place where it breaks."""

    def __init__(self, report: ChainReport) -> None:
        super().__init__(f"The audit record does not hold from event {report.broken_at} on.")
        self.report = report


def export(file: BinaryIO) -> ChainReport:
    """Write the whole record as it is now.

    Raises:
        BrokenChain: the record does not hold; what was written up to there does.
    """
    head = current_head()
    report = follow(_written(stored_events(until=head.seq), file), end=head)
    if not report.ok:
        raise BrokenChain(report)
    return report


def check_export(lines: Iterable[bytes], *, passing: Mark | None = None) -> ChainReport:
    """Whether the lines of an export are a whole chain from the first event on.

    That nothing was cut off at the end shows only by `passing` the head that the export's author names.
    """
    return follow(_read(lines), passing=passing)


def _written(events: Iterable[Event], file: BinaryIO) -> Iterator[Event]:
    """The events, each written as soon as the next one is asked for: that is, when it was found to hold."""
    for event in events:
        yield event
        file.write(line_of(event) + b"\n")


def _read(lines: Iterable[bytes]) -> Iterator[Event]:
    for line in lines:
        yield _event(line.removesuffix(b"\n"))


def _event(line: bytes) -> Line:
    """The line's event; for a line that is none, one that no chain holds."""
    try:
        return event_of(line)
    except ValueError:
        return NO_EVENT
