"""What a list with its signatures shows, address by address and summed up.

1. A signature proves control at the time of its message, and no message tells its time by itself. So the message should
   name the snapshot and its date; where it does not, we say so.
2. What is `proven` is summed apart from what only `owners` signed, and from what nobody signed. Nothing is added to
   `proven` that a signature does not carry.
3. The answer is a plain yes only where every address is proven and every message is the one that was expected.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from echt.proofs.reserves.addresses import AddressList, Entry
from echt.proofs.reserves.signatures import Control, Finding, check


class Verdict(IntEnum):
    """The exit code of the command: as for proofs, 3 is "no contradiction, but not proven either"."""

    PROVEN = 0
    FAILED = 1
    OPEN = 3


@dataclass(frozen=True)
class Expectation:
    """What every message must be, or what it must contain."""

    message: str | None = None
    snapshot: str | None = None
    date: str | None = None

    @property
    def is_given(self) -> bool:
        return any((self.message, self.snapshot, self.date))

    def fault(self, message: str) -> str | None:
        """What is wrong with a message, or None."""
        if self.message is not None and message != self.message:
            return "The message is not the one that was expected; the signature may be of any age."
        if self.snapshot is not None and not contains(message, self.snapshot):
            return f"The message does not name the snapshot {self.snapshot}; the signature may be of any age."
        if self.date is not None and not contains_date(message, self.date):
            return f"The message does not name the date {self.date}; the signature may be of any age."
        return None


def recommended_message(*, operator: str, snapshot: str, taken_at: str) -> str:
    """What to sign with the key of every address: who, which snapshot, and when."""
    return f"{operator} controls this address. Snapshot {snapshot}, taken at {taken_at}."


def contains(message: str, text: str) -> bool:
    """Whether the text stands in the message by itself: `por-1` is not in `por-12` nor in `por-1.5`."""
    part = re.escape(text)
    return re.search(rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z][._:-]){part}(?![._:-]?[0-9A-Za-z])", message) is not None


def contains_date(message: str, date: str) -> bool:
    """Whether the date `2026-09-30` is there, also where a time follows it."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(date)}(?![0-9-])", message) is not None


@dataclass(frozen=True)
class Examined:
    """An entry, what its signatures show, and what is wrong with its message."""

    entry: Entry
    finding: Finding
    message_fault: str | None

    @property
    def is_proven(self) -> bool:
        return self.finding.control is Control.PROVEN and self.message_fault is None


@dataclass(frozen=True)
class Examination:
    """The whole list, examined."""

    addresses: tuple[Examined, ...]
    expected: bool

    @property
    def verdict(self) -> Verdict:
        controls = {examined.finding.control for examined in self.addresses}
        if controls & {Control.FAILED, Control.MISSING} or any(examined.message_fault for examined in self.addresses):
            return Verdict.FAILED
        return Verdict.PROVEN if controls == {Control.PROVEN} else Verdict.OPEN

    def sums(self) -> dict[str, dict[Control, int]]:
        """By asset, then by what is known of who controls it (rule 2)."""
        found: dict[str, dict[Control, int]] = defaultdict(lambda: dict.fromkeys(Control, 0))
        for examined in self.addresses:
            control = Control.FAILED if examined.message_fault else examined.finding.control
            found[examined.entry.asset][control] += examined.entry.amount
        return dict(found)

    def counts(self) -> dict[Control, int]:
        """How many addresses of each kind there are."""
        found = dict.fromkeys(Control, 0)
        for examined in self.addresses:
            found[examined.finding.control] += 1
        return found


def examine(addresses: AddressList, expectation: Expectation) -> Examination:
    """Check every signature and every message of the list."""
    return Examination(tuple(_examined(addresses, expectation)), expectation.is_given)


def _examined(addresses: AddressList, expectation: Expectation) -> Iterator[Examined]:
    for entry in addresses.entries:
        fault = expectation.fault(entry.message) if entry.signatures else None
        yield Examined(entry, check(entry.claim), fault)
