"""Somebody who owns the database changes single rows, and leaves the guards as they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.db.models import F

from echt.holds.models import Hold, HoldEvent, HoldPosition, Usage
from echt.vault.ids import uuid7
from echt.wallets.house import House
from echt.wallets.models import Account, Balance, Posting, Transfer
from tests.flush import without_ledger_guards


@contextmanager
def stepped_around() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with without_ledger_guards():
        yield


def withdrawn():
    return Transfer.objects.get(operation="withdraw", outcome="done")


def posting():
    """The customer's side of the withdrawal."""
    return Posting.objects.filter(transfer=withdrawn().pk, amount__lt=0)


def balance():
    first = posting().get()
    return Balance.objects.filter(account=first.account_id, asset=first.asset_id)


def position():
    """The larger part of the hold, where it began."""
    return HoldPosition.objects.filter(pk=HoldPosition.objects.order_by("pk")[0].pk)


def event(kind):
    return HoldEvent.objects.filter(pk=HoldEvent.objects.filter(kind=kind)[0].pk)


def gone(rows):
    rows._raw_delete("default")


def doubled(rows):
    row = rows.get()
    row.pk = None
    row.save(force_insert=True)


def more(rows, name, by=1):
    """Works on text too, unlike F()."""
    row = rows.get()
    rows.update(**{name: getattr(row, name) + by})


def both_sides(by):
    """Two postings changed so that the transfer still sums to zero."""
    first = posting().get()
    other = Posting.objects.filter(transfer=first.transfer_id, amount__gt=0, account=House.IN_TRANSIT.pk)
    more(posting(), "amount", -by)
    more(other, "amount", by)


def event_and_position():
    """Frees units in both places that tell of them."""
    more(event("moved"), "given", 5)
    moved = event("moved").get()
    more(HoldPosition.objects.filter(balance=moved.target), "remaining", 5)


ATTACKS = {
    "posting: amount": (lambda: more(posting(), "amount"), 1, "Its postings of USDT sum to 1, not to zero."),
    "posting: both sides": (lambda: both_sides(7), 2, "and its postings sum to"),
    "posting: gone": (lambda: gone(posting()), 2, "and it has"),
    "posting: twice": (lambda: doubled(posting()), 1, "sum to"),
    "posting: after": (lambda: more(posting(), "after"), 2, "and the posting says"),
    "posting: another account": (lambda: posting().update(account=uuid7()), 2, "It is not there, and posting"),
    "posting: all of a transfer": (
        lambda: gone(Posting.objects.filter(transfer=withdrawn().pk)),
        1,
        "and has 0 postings.",
    ),
    "posting: a balance of the house": (
        lambda: Posting.objects.filter(pk=Posting.objects.filter(after=None)[0].pk).update(after=5),
        2,
        "It is one of the house, and tells a balance.",
    ),
    "transfer: gone": (
        lambda: gone(Transfer.objects.filter(pk=withdrawn().pk)),
        1,
        "It is not there, and a posting names it.",
    ),
    "transfer: refused": (
        lambda: Transfer.objects.filter(pk=withdrawn().pk).update(outcome="refused"),
        1,
        "It is refused, and its answer says something else.",
    ),
    "transfer: done": (
        lambda: Transfer.objects.filter(outcome="refused").update(outcome="done"),
        1,
        "It is done, and has 0 postings.",
    ),
    "balance: posted": (lambda: more(balance(), "posted"), 2, "and its postings sum to"),
    "balance: version": (lambda: balance().update(version=F("version") + 1), 2, "Its version is"),
    "balance: another account": (
        lambda: balance().update(account=Account.objects.create()),
        2,
        "It is not there, and posting",
    ),
    "position: fewer": (lambda: more(position(), "remaining", -1), 4, "units, and its events say"),
    "position: more": (lambda: more(position(), "remaining", 1), 4, "units, and its events say"),
    "position: more than there is": (lambda: position().update(remaining=10**60), 3, "are held, and it has"),
    "position: a sooner end": (
        lambda: position().update(release_at=F("release_at") - timedelta(hours=1)),
        4,
        "and its events say",
    ),
    "position: restricts nothing": (
        lambda: position().update(restricts=0),
        4,
        "restricts something else than its policy",
    ),
    "position: acquired": (
        lambda: position().update(acquired_at=F("acquired_at") - timedelta(hours=1)),
        4,
        "was acquired at another time",
    ),
    "position: gone": (lambda: gone(position()), 4, "and there is no position."),
    "position: elsewhere": (
        lambda: position().update(balance=Balance.objects.exclude(positions__isnull=False)[0]),
        4,
        "and its events say 0",
    ),
    "hold: amount": (lambda: more(Hold.objects, "amount"), 4, "units, and was placed with"),
    "hold: state": (
        lambda: Hold.objects.update(state="released_early"),
        4,
        "It is released_early, and its events say running.",
    ),
    "hold: another transfer": (lambda: Hold.objects.update(transfer=withdrawn().pk), 4, "units with which the hold"),
    "hold: a transfer that is not there": (
        lambda: Hold.objects.update(transfer=uuid7()),
        4,
        "It is not there, and a hold names it.",
    ),
    "event: taken": (lambda: more(event("moved"), "taken", -1), 4, "units, and its events say"),
    "event: given": (lambda: more(event("moved"), "given"), 4, "units, and its events say"),
    "event: end": (lambda: event("placed").update(release_at=F("release_at") - timedelta(hours=1)), 4, "ends at"),
    "event: of a person": (lambda: event("moved").update(kind="frozen"), 4, "and its events say frozen."),
    "event: gone": (lambda: gone(event("moved")), 4, "units, and its events say"),
    "event: the first one gone": (lambda: gone(event("placed")), 4, "It was placed 0 times."),
    "event: twice": (lambda: doubled(event("placed")), 4, "It was placed 2 times."),
    "event: another transfer": (lambda: event("moved").update(transfer=withdrawn().pk), 4, "and their share is"),
    "event and position together": (event_and_position, 4, "and their share is"),
    "use: value": (lambda: more(Usage.objects, "sats", -1), 5, "sats, and its answer says"),
    "use: gone": (lambda: gone(Usage.objects.all()), 5, "It counts 0 times against limits"),
    "use: of another class": (lambda: Usage.objects.update(counts="fiat"), 5, "for another account or class"),
    "use: of another account": (
        lambda: Usage.objects.update(account=Account.objects.create()),
        5,
        "for another account or class",
    ),
    "use: of no transfer": (
        lambda: Usage.objects.update(transfer=uuid7()),
        5,
        "It is not there, and a use of a limit names it.",
    ),
}
