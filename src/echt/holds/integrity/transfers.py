"""Rules 1 and 5: transfers with everything that names them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField

from echt.holds.integrity.faults import CHUNK, Fault, side_by_side
from echt.holds.models import Hold, HoldChange, HoldEvent, Usage
from echt.wallets.models import Asset, Balance, Posting, Transfer
from echt.wallets.models.ledger import Outcome
from echt.wallets.operations import CLASSES, Operation

Row = tuple[Any, ...]
Place = tuple[UUID | None, int | None]
"""Account and asset."""


def of_transfers() -> Iterator[Fault]:
    """What is wrong with transfers, their postings, uses, holds, and steps of holds."""
    codes = dict(Asset.objects.values_list("pk", "code"))
    for pk, (transfers, postings, uses, holds, steps) in side_by_side(*_streams()):
        where = f"transfer {pk}"
        if not transfers:
            yield from _orphans(where, postings, uses, holds, steps)
            continue
        for rule, sentence in _of_one(transfers[0], postings, uses, holds, steps, codes):
            yield Fault(rule, where, sentence)


def _streams() -> list[Iterator[Row]]:
    rows = [
        Transfer.objects.order_by("pk").values_list("pk", "account", "operation", "outcome", "answer"),
        Posting.objects.order_by("transfer", "pk").values_list("transfer", "account", "asset", "amount"),
        Usage.objects.order_by("transfer").values_list("transfer", "account", "counts", "sats"),
        Hold.objects.order_by("transfer").values_list("transfer", "pk", "account", "asset", "amount"),
        _steps(),
    ]
    return [row.iterator(chunk_size=CHUNK) for row in rows]


def _steps() -> Any:
    """Steps of holds that belong to a transfer, with account and asset of their balances."""
    source, target = (Balance.objects.filter(pk=OuterRef(name)) for name in ("source", "target"))
    found = HoldEvent.objects.exclude(transfer=None).order_by("transfer", "pk")
    return found.values_list(
        "transfer",
        "kind",
        "taken",
        "given",
        Subquery(source.values("account")[:1], output_field=UUIDField()),
        Subquery(source.values("asset")[:1]),
        Subquery(target.values("account")[:1], output_field=UUIDField()),
        Subquery(target.values("asset")[:1]),
    )


def _orphans(where: str, *parts: list[Row]) -> Iterator[Fault]:
    words = (("posting", 1), ("use of a limit", 5), ("hold", 4), ("step of a hold", 4))
    for (word, rule), rows in zip(words, parts, strict=True):
        if rows:
            yield Fault(rule, where, f"It is not there, and a {word} names it.")


def _of_one(
    transfer: Row, postings: list[Row], uses: list[Row], holds: list[Row], steps: list[Row], codes: dict[int, str]
) -> Iterator[tuple[int, str]]:
    _pk, account, operation, outcome, answer = transfer
    done = outcome == Outcome.DONE
    if answer["allowed"] is not done:
        yield 1, f"It is {outcome}, and its answer says something else."
    if bool(postings) is not done:
        yield 1, f"It is {outcome}, and has {len(postings)} postings."
    for asset, total in _sums(postings).items():
        if total:
            yield 1, f"Its postings of {codes.get(asset, asset)} sum to {total}, not to zero."
    yield from _of_uses(account, operation, answer["sats"] if done else None, uses)
    yield from _of_holds(holds, postings)
    yield from _of_steps(steps, postings, codes)


def _sums(postings: list[Row]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for _transfer, _account, asset, amount in postings:
        sums[asset] += amount
    return sums


def _of_uses(account: UUID, operation: str, sats: str | None, uses: list[Row]) -> Iterator[tuple[int, str]]:
    if len(uses) != (sats is not None):
        yield 5, f"It counts {len(uses)} times against limits, and its answer says {int(sats is not None)}."
    for _transfer, owner, counts, value in uses:
        if owner != account or counts != CLASSES.get(Operation(operation)):
            yield 5, "It counts for another account or class."
        if sats is not None and str(value) != sats:
            yield 5, f"It counts {value} sats, and its answer says {sats}."


def _of_holds(holds: list[Row], postings: list[Row]) -> Iterator[tuple[int, str]]:
    brought = {row[1:] for row in postings}
    for _transfer, pk, account, asset, amount in holds:
        if (account, asset, amount) not in brought:
            yield 4, f"It did not bring the {amount} units with which the hold {pk} began."


def _of_steps(steps: list[Row], postings: list[Row], codes: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Held units that left are no more than all that left, and what came for them has exactly their share."""
    moved: Counter[Place] = Counter()
    for _transfer, account, asset, amount in postings:
        moved[account, asset] += amount
    taken, given = _held(steps)
    for (account, asset), units in taken.items():
        if units > -moved[account, asset]:
            yield (
                4,
                f"Holds gave away {units} units of {_code(codes, asset)} of {account}, more than it moved.",
            )
    for (account, asset), (units, held, source) in given.items():
        share = -(-moved[account, asset] * held // -moved[source]) if moved[source] < 0 else None
        if units != share:
            yield (
                4,
                f"Holds got {units} units of {_code(codes, asset)} of {account}, and their share is {share}.",
            )


def _code(codes: dict[int, str], asset: int | None) -> str:
    return codes.get(asset or 0, str(asset))


def _held(steps: list[Row]) -> tuple[Counter[Place], dict[Place, tuple[int, int, Place]]]:
    """Held units that left, by where; and that came, by where, with how many left for them, and from where."""
    taken: Counter[Place] = Counter()
    given: dict[Place, tuple[int, int, Place]] = {}
    for _transfer, kind, left, came, payer, paid, getter, got in steps:
        taken[payer, paid] += left
        if kind == HoldChange.MOVED and getter is not None:
            units, held, _source = given.get((getter, got), (0, 0, None))
            given[getter, got] = (units + came, held + left, (payer, paid))
    taken.pop((None, None), None)
    return taken, given
