"""Whether the ledger is whole: every row against the rows that it follows from, and each fault by its name.

1. The postings of a transfer sum to zero in every asset; what was refused has none, what was done has some.
2. A balance is the sum of its postings, as is the last `after`; each `after` follows from the one before, and the
   version counts them without a gap.
3. Positions are never negative, and those that run are together no more than the balance.
4. A hold and its positions are what its events say (`replay`); it began with a transfer that brought these units, and
   events move no more than their transfers do.
5. What counts against a limit is a transfer that was done, with its value, once.
6. The triggers that keep all of this append-only are there, as they were installed.

Everything is read in the order of its keys, side by side, so that memory does not grow with the rows; and from one
snapshot, so that what happens meanwhile is no fault.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from echt import clock
from echt.holds.integrity.balances import of_balances, of_positions
from echt.holds.integrity.faults import Fault
from echt.holds.integrity.lineage import of_holds
from echt.holds.integrity.transfers import of_transfers
from echt.holds.integrity.triggers import of_triggers
from echt.holds.models import Hold
from echt.wallets.models import Balance, Posting, Transfer

__all__ = ["Fault", "Report", "faults_of", "verify"]


@dataclass(frozen=True)
class Report:
    """How many rows there are, and how many faults were found."""

    transfers: int
    postings: int
    balances: int
    holds: int
    faults: int


def verify(*, tell: Callable[[Fault], None] = lambda _: None) -> Report:
    """Check everything; each fault is told as it is found."""
    count, now = 0, clock.now()
    with _snapshot():
        for fault in faults_of(now):
            count += 1
            tell(fault)
        return Report(
            transfers=Transfer.objects.count(),
            postings=Posting.objects.count(),
            balances=Balance.objects.count(),
            holds=Hold.objects.count(),
            faults=count,
        )


def faults_of(now: datetime) -> Iterator[Fault]:
    """Every fault, in the order of the rules' rows."""
    yield from of_triggers()
    yield from of_transfers()
    yield from of_balances()
    yield from of_positions(now)
    yield from of_holds()


@contextmanager
def _snapshot() -> Iterator[None]:
    """All that is read is of one moment. Inside of a transaction it is that transaction's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _snapshot_of_sqlite():
            yield


@contextmanager
def _snapshot_of_sqlite() -> Iterator[None]:
    """A transaction that reads alone: Django's own would keep everybody else from writing."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
