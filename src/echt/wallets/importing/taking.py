"""The second pass: what was checked goes through the gate, batch by batch."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from echt.audit.record import record
from echt.wallets.answers import Answer
from echt.wallets.events import Event
from echt.wallets.gate import KeyReused, gate
from echt.wallets.importing.batches import batch_of, batches
from echt.wallets.importing.checking import Found, Tell, rows_of
from echt.wallets.importing.lines import Problem
from echt.wallets.importing.movements import movement_of, purchase_of, terms_of
from echt.wallets.importing.rows import Kind, Row
from echt.wallets.models import Account, Purchase


class Interrupted(Exception):
    """A line could not be taken. Those of the batches before it were; the rest can be taken later."""


def take(path: Path, found: Found, *, now: datetime, held_since: datetime, tell: Tell = lambda _: None) -> int:
    """Take what is new of a file that was checked; how many rows that were.

    Raises:
        Interrupted: see the class.
    """
    done = new = 0
    for batch in batches(_checked(path, now)):
        rows = [row for row in batch.rows if batch.transfer(row) is None]
        if rows:
            _take(rows, now=now, held_since=held_since)
        done, new = done + len(batch.rows), new + len(rows)
        tell(done)
    with transaction.atomic():
        record(Event.HISTORY_IMPORTED, actor=None, subject=None, rows=found.rows, taken=new, accounts=found.accounts)
    return new


def _checked(path: Path, now: datetime) -> Iterator[Row]:
    for row in rows_of(path, now):
        if isinstance(row, Problem):
            raise Interrupted(f"The file has changed since it was checked: {row}")
        yield row


@transaction.atomic
def _take(rows: list[Row], *, now: datetime, held_since: datetime) -> None:
    """All of them or, where the gate refuses one, none; a refusal is not kept, so that the line can be taken later."""
    missing = {row.account for row in rows} - {*batch_of(rows).accounts}
    Account.objects.bulk_create([Account(reference=name) for name in sorted(missing)], ignore_conflicts=True)
    batch = batch_of(rows)
    accounts = [batch.accounts[row.account] for row in rows]
    pairs = list(zip(rows, accounts, strict=True))
    terms = [terms_of(row, account, now=now, held_since=held_since) for row, account in pairs]
    movements = [movement_of(row, account.pk, held) for (row, account), held in zip(pairs, terms, strict=True)]
    answers = [_allowed(row, answer) for row, answer in zip(rows, gate().commit_all(movements), strict=True)]
    Purchase.objects.bulk_create(
        purchase_of(row, account.pk, answer.transfer)
        for (row, account), answer in zip(pairs, answers, strict=True)
        if row.kind is Kind.PURCHASE
    )


def _allowed(row: Row, answer: Answer | KeyReused) -> Answer:
    if isinstance(answer, KeyReused):
        raise Interrupted(f"line {row.line}: This id was taken meanwhile, with another content.")
    if not answer.allowed:
        reasons = ", ".join(reason.code.value for reason in answer.reasons)
        raise Interrupted(f"line {row.line}: The ledger refuses it ({reasons}): the account has moved money meanwhile.")
    return answer
