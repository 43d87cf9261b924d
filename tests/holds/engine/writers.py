"""Writers at once: forked processes with connections of their own that begin together, and what must be true of money after."""

import multiprocessing
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import OperationalError, connection, connections

from echt import clock
from echt.holds.models import HoldPosition
from echt.wallets.models import Account, Balance, Posting, Transfer
from echt.wallets.models.ledger import AccountKind, Outcome

FORK = multiprocessing.get_context("fork")
PATIENCE = 60.0
"""Seconds after which what should have happened counts as not happening."""


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What each of so many processes got from `work(number)`; they begin when all of them have a connection."""
    connections.close_all()
    begin = FORK.Barrier(count)
    running = [start(work, number, begin) for number in range(count)]
    answers = [_received(reader) for _, reader in running]
    for process, _ in running:
        process.join(PATIENCE)
    return _results(answers)


def start(work: Callable[[int], Any], number: int, begin: Any = None) -> tuple[Any, Any]:
    """A process that works, and the end of the pipe from which its result comes. No connection may be open."""
    reader, writer = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_work, args=(writer, begin, work, number), daemon=True)
    process.start()
    writer.close()
    return process, reader


def threads(count: int, work: Callable[[int], Any]) -> list[Any]:
    """The same with threads of this process."""
    begin, answers = Barrier(count), [("failed", "It has not ended.")] * count

    def run(number: int) -> None:
        answers[number] = _outcome(begin, work, number)

    running = [Thread(target=run, args=(number,), daemon=True) for number in range(count)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(PATIENCE)
    return _results(answers)


def _work(writer: Any, begin: Any, work: Callable[[int], Any], number: int) -> None:
    writer.send(_outcome(begin, work, number))


def _outcome(begin: Any, work: Callable[[int], Any], number: int) -> tuple[str, Any]:
    try:
        connect()
        if begin:
            begin.wait(PATIENCE)
        return "done", work(number)
    except BaseException:  # noqa: BLE001
        return "failed", traceback.format_exc()
    finally:
        connections.close_all()


def connect() -> None:
    """A connection, when the server has one left."""
    deadline = time.monotonic() + PATIENCE / 2
    while True:
        try:
            return connection.ensure_connection()
        except OperationalError as error:
            if "too many clients" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _received(reader: Any) -> tuple[str, Any]:
    return reader.recv() if reader.poll(PATIENCE) else ("failed", "It has not answered.")


def _results(answers: list[tuple[str, Any]]) -> list[Any]:
    failures = [told for outcome, told in answers if outcome == "failed"]
    assert not failures, f"{len(failures)} of {len(answers)} failed, the first: {failures[0]}"
    return [result for _, result in answers]


def assert_whole() -> None:
    """Postings sum to zero, balances are what their postings say, and no more is held than is there."""
    sums: dict[Any, int] = defaultdict(int)
    of_balance: dict[Any, list[int]] = defaultdict(list)
    last: dict[Any, int | None] = {}
    moved = set()
    for transfer, account, asset, amount, after in Posting.objects.order_by("pk").values_list(
        "transfer", "account", "asset", "amount", "after"
    ):
        moved.add(transfer)
        sums[transfer, asset] += amount
        of_balance[account, asset].append(amount)
        last[account, asset] = after
    assert not [key for key, total in sums.items() if total], "the postings of a transfer do not sum to zero"
    outcomes = dict(Transfer.objects.values_list("pk", "outcome"))
    assert moved == {pk for pk, outcome in outcomes.items() if outcome == Outcome.DONE.value}
    _assert_balances(of_balance, last)


def _assert_balances(of_balance: dict[Any, list[int]], last: dict[Any, int | None]) -> None:
    houses = set(Account.objects.filter(kind=AccountKind.HOUSE.value).values_list("pk", flat=True))
    held: dict[int, int] = defaultdict(int)
    running = HoldPosition.objects.filter(release_at__gt=clock.now())
    for balance, remaining in running.values_list("balance", "remaining"):
        held[balance] += remaining
    known = set()
    for balance in Balance.objects.all():
        key = (balance.account_id, balance.asset_id)
        known.add(key)
        amounts = of_balance.get(key, [])
        assert (balance.posted, balance.version) == (sum(amounts), len(amounts)), (
            "a balance is not the sum of its postings"
        )
        assert balance.posted == (last.get(key) or 0), "the last posting names another balance"
        assert balance.posted >= held[balance.pk] >= 0, "more is held than is there"
    assert known >= {key for key in of_balance if key[0] not in houses}
