"""The first pass: everything that is wrong with a file, and what it would bring. Nothing is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from echt.wallets.amounts import as_text
from echt.wallets.exact import LARGEST
from echt.wallets.gate import NoPolicy
from echt.wallets.importing.batches import Batch, batches, is_customer
from echt.wallets.importing.lines import Line, Problem, read
from echt.wallets.importing.memory import Memory, remembering
from echt.wallets.importing.movements import NothingHolds, terms_of
from echt.wallets.importing.rows import Kind, Row, row_of
from echt.wallets.models import Account, Asset

Tell = Callable[[int], None]
"""Told how many lines are done."""


@dataclass
class Found:
    """What a file holds."""

    rows: int = 0
    known: int = 0
    """Of them, those that were taken before."""
    problems: int = 0
    accounts: int = 0
    came: dict[str, int] = field(default_factory=dict)
    went: dict[str, int] = field(default_factory=dict)
    """By the asset's code, in its units: what all rows bring in and take away."""

    def count(self, row: Row, *, is_known: bool) -> None:
        self.rows += 1
        self.known += is_known
        for asset, units in row.changes():
            sums = self.came if units > 0 else self.went
            sums[asset.code] = sums.get(asset.code, 0) + abs(units)


def check(
    path: Path, *, now: datetime, held_since: datetime, report: Callable[[Problem], None], tell: Tell = lambda _: None
) -> Found:
    """Check the whole file; each problem goes to `report` as it is found."""
    found = Found()
    with remembering() as memory:

        def note(problem: Problem) -> None:
            found.problems += 1
            memory.spoil(problem.account)
            report(problem)

        for batch in batches(_rows(path, now, note, tell)):
            for problem in _Check(batch, memory, now=now, held_since=held_since).problems(found):
                note(problem)
        found.accounts = memory.accounts
    return found


def rows_of(path: Path, now: datetime) -> Iterator[Row | Problem]:
    """The rows of a file, and what is wrong with its lines."""
    assets = {asset.code: asset for asset in Asset.objects.all()}
    for line in read(path):
        if isinstance(line, Line):
            row, problems = row_of(line, assets, now)
            yield from [row] if row else problems
        else:
            yield line


def _rows(path: Path, now: datetime, note: Callable[[Problem], None], tell: Tell) -> Iterator[Row]:
    for done, row in enumerate(rows_of(path, now), 1):
        if isinstance(row, Row):
            yield row
        else:
            note(row)
        tell(done)


class _Check:
    """A batch against the ledger and against the lines before."""

    def __init__(self, batch: Batch, memory: Memory, *, now: datetime, held_since: datetime) -> None:
        self.batch, self.memory, self.now, self.held_since = batch, memory, now, held_since
        self.bought = batch.known_purchases()

    def problems(self, found: Found) -> Iterator[Problem]:
        self.memory.begin(self.batch.balances())
        for row in self.batch.rows:
            known = self.batch.transfer(row)
            found.count(row, is_known=known is not None)
            yield from self._of_ids(row)
            if known is None:
                yield from self._of_new(row)
            elif not self.batch.is_same(row, known):
                yield _of(row, "id", "This id was taken before, with another content.")

    def _of_ids(self, row: Row) -> Iterator[Problem]:
        account = self.batch.account(row)
        if account and not is_customer(account):
            yield _of(row, "account", "This is an account of the house.")
        if not self.memory.is_new(row.id):
            yield _of(row, "id", "This id stood in a line before.")
        if not self.memory.is_in_order(row.account, row.time):
            yield _of(row, "time", "The lines of an account stand in the order of their times.")

    def _of_new(self, row: Row) -> Iterator[Problem]:
        yield from self._of_purchase(row)
        for asset, units in row.changes():
            after = self.memory.change(row.account, asset.pk, units)
            if self.memory.is_spoilt(row.account):
                continue
            if after < 0:
                missing = f"{as_text(-after, asset.decimals)} {asset.code}"
                yield _of(row, "amount", f"The balance would be below zero: {missing} are missing.")
            elif after > LARGEST:
                yield _of(row, "amount", "The balance would be larger than any that can be kept.")

    def _of_purchase(self, row: Row) -> Iterator[Problem]:
        if row.kind is Kind.PURCHASE:
            is_first = self.memory.is_new_purchase(row.processor, row.reference)
            if not is_first or (row.processor, row.reference) in self.bought:
                yield _of(row, "reference", "This purchase of the processor is recorded already.")
        account = self.batch.account(row) or Account(reference=row.account)
        try:
            terms_of(row, account, now=self.now, held_since=self.held_since)
        except NoPolicy:
            yield _of(row, "channel", "No policy says how long this is held. Make one first.")
        except NothingHolds:
            yield _of(row, "held_until", "No policy holds what came this way, so this cannot be kept.")


def _of(row: Row, column: str, sentence: str) -> Problem:
    return Problem(row.line, column, sentence, row.account)
