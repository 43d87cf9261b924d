"""A row as the gate carries it out, and the purchase that it was."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from echt.wallets.gate import gate
from echt.wallets.house import House
from echt.wallets.importing.rows import Kind, Row
from echt.wallets.models import Account, Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.moving import Coins, Movement, Terms
from echt.wallets.operations import ALL_RESTRICTED, Operation

NAMESPACE = UUID("c7a4a1b4-3d0a-4c0e-8a54-7f0a6b1f6f3c")
OPERATIONS = {
    Kind.DEPOSIT: Operation.DEPOSIT,
    Kind.PURCHASE: Operation.BUY,
    Kind.CONVERSION: Operation.CONVERT,
    Kind.WITHDRAWAL: Operation.WITHDRAW,
}
SIDES = {
    Kind.DEPOSIT: House.CUSTODY,
    Kind.PURCHASE: House.TRADING,
    Kind.CONVERSION: House.TRADING,
    Kind.WITHDRAWAL: House.CUSTODY,
}
HOUR = timedelta(hours=1)


class NothingHolds(Exception):
    """The line says that it is held, and no policy holds what came this way."""


def key_of(line: str) -> str:
    return f"import:{line}"


def movement_of(row: Row, account: UUID, terms: Terms | None = None) -> Movement:
    """What the gate is asked to carry out."""
    pays, gets = _sides(row)
    return Movement(
        account=account,
        operation=OPERATIONS[row.kind],
        key=key_of(row.id),
        other=SIDES[row.kind].pk,
        pays=pays,
        gets=gets,
        held=terms,
        reference=purchase_key(row, account),
        asks=False,
        happened_at=row.time,
    )


def digests_of(row: Row, account: UUID) -> set[str]:
    """What a transfer of this row is known by: that its hold is over by now makes it no other row."""
    free = movement_of(row, account)
    if free.gets is None or row.kind is Kind.CONVERSION:
        return {free.digest}
    channel = row.channel or Channel.ONCHAIN
    held = Terms(
        policy=NAMESPACE,
        channel=channel.value,
        hours=1,
        acquired_at=row.time,
        release_at=row.time,
        restricts=ALL_RESTRICTED,
        purchase=purchase_key(row, account),
    )
    return {free.digest, replace(free, held=held).digest}


def terms_of(row: Row, account: Account, *, now: datetime, held_since: datetime) -> Terms | None:
    """How it is still held now; None: not any more, or never. `held_since`: what is older is not held by any policy.

    Raises:
        NoPolicy: no policy says how long.
        NothingHolds: see the class.
    """
    told = row.held_until
    channel = row.channel or (Channel.ONCHAIN if row.kind is Kind.DEPOSIT and not row.asset.is_fiat else None)
    if channel is None or (told is None and row.time < held_since) or (told is not None and told <= now):
        return None
    terms = gate().terms(
        account=account,
        asset=row.asset,
        units=row.amount,
        channel=channel,
        at=row.time,
        purchase=purchase_key(row, account.pk),
    )
    if told is not None:
        if terms is None:
            raise NothingHolds
        return replace(terms, release_at=told, hours=-((row.time - told) // HOUR))
    return terms if terms and terms.release_at > now else None


def purchase_of(row: Row, account: UUID, transfer: UUID | None) -> Purchase:
    """What the customer reads as the purchase, and what a chargeback refers to."""
    assert row.channel is not None  # rows of purchases have one
    return Purchase(
        pk=purchase_key(row, account),
        account_id=account,
        channel=row.channel.value,
        state=PurchaseState.COMPLETED.value,
        asset=row.asset,
        amount=row.amount,
        currency=row.currency,
        paid=row.paid,
        processor=row.processor,
        processor_reference=row.reference,
        transfer_id=transfer,
        created_at=row.time,
        settled_at=row.time,
    )


def purchase_key(row: Row, account: UUID) -> UUID | None:
    return uuid5(NAMESPACE, f"{account}:{row.id}") if row.kind is Kind.PURCHASE else None


def _sides(row: Row) -> tuple[Coins | None, Coins | None]:
    coins = Coins(asset=row.asset.pk, units=row.amount)
    if row.kind is Kind.WITHDRAWAL:
        return replace(coins, fee=row.fee), None
    if row.kind is Kind.CONVERSION and row.to_asset is not None:
        return coins, Coins(asset=row.to_asset.pk, units=row.to_amount, fee=row.fee)
    return None, coins
