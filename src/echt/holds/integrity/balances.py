"""Rules 2 and 3: balances with their postings, and with what is held of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from echt.holds.integrity.faults import CHUNK, Fault, side_by_side
from echt.holds.models import HoldPosition
from echt.wallets.models import Balance, Posting
from echt.wallets.moving import HOUSES

Row = tuple[Any, ...]


def of_balances() -> Iterator[Fault]:
    """What is wrong with customers' balances and with the `after` of postings."""
    balances = Balance.objects.order_by("account", "asset").values_list("account", "asset", "posted", "version")
    postings = Posting.objects.order_by("account", "asset", "pk").values_list(
        "account", "asset", "pk", "amount", "after"
    )
    streams = [_by_place(rows.iterator(chunk_size=CHUNK)) for rows in (balances, postings.exclude(account__in=HOUSES))]
    for (account, asset), (known, made) in side_by_side(*streams):
        where = f"balance of account {account}, asset {asset}"
        if known:
            yield from (Fault(2, where, sentence) for sentence in _of_one(known[0], made))
        else:
            yield Fault(2, where, f"It is not there, and posting {made[0][1]} names it.")
    for pk in Posting.objects.filter(account__in=HOUSES).exclude(after=None).values_list("pk", flat=True):
        yield Fault(2, f"posting {pk}", "It is one of the house, and tells a balance.")


def of_positions(now: datetime) -> Iterator[Fault]:
    """What is wrong with the positions of a balance."""
    balances = Balance.objects.order_by("pk").values_list("pk", "posted").iterator(chunk_size=CHUNK)
    positions = HoldPosition.objects.order_by("balance", "pk").values_list("balance", "pk", "remaining", "release_at")
    for pk, (known, held) in side_by_side(balances, positions.iterator(chunk_size=CHUNK)):
        for _balance, position, remaining, _end in held:
            if remaining < 0:
                yield Fault(3, f"position {position}", f"It holds {remaining} units.")
        running = sum(remaining for _balance, _position, remaining, end in held if end > now)
        posted = known[0][1] if known else 0
        if running > posted:
            yield Fault(3, f"balance {pk}", f"{running} units of it are held, and it has {posted}.")


def _by_place(rows: Iterator[Row]) -> Iterator[Row]:
    """With account and asset together in front."""
    return ((row[:2], *row[2:]) for row in rows)


def _of_one(balance: Row, postings: list[Row]) -> Iterator[str]:
    _place, posted, version = balance
    total, is_told = 0, False
    for _key, pk, amount, after in postings:
        total += amount
        if after != total and not is_told:
            is_told = True
            yield f"After posting {pk} it is {total}, and the posting says {after}."
    if total != posted:
        yield f"It is {posted}, and its postings sum to {total}."
    if postings and postings[-1][3] != posted:
        yield f"It is {posted}, and its last posting says {postings[-1][3]}."
    if version != len(postings):
        yield f"Its version is {version}, and it has {len(postings)} postings."
