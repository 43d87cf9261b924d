"""Clawing back by lineage: what a purchase left behind goes to the house, wherever it was converted to.

1. Exactly the units of the hold's open positions are taken, each from its balance: never more than is held of it there.
2. One transfer tells of all; its postings sum to zero in every asset.
3. What is missing against the purchase is told in the purchase's asset, at the prices that count now; without a price
   nothing is made up: it is not known.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from echt.accounts.models import User
from echt.audit.record import record
from echt.holds.access import Locked
from echt.holds.causes import Cause
from echt.holds.events import Event
from echt.holds.mails import HoldClawedBack
from echt.holds.models import Hold, HoldChange, HoldEvent, HoldPosition, HoldState
from echt.holds.worth import worth
from echt.mail.send import send
from echt.wallets.answers import Answer
from echt.wallets.house import House
from echt.wallets.models import Asset, Balance, Posting, Transfer
from echt.wallets.models.ledger import Outcome
from echt.wallets.operations import Operation


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """What was taken back, by asset, and what is missing, in the hold's asset; None: no price says it."""

    hold: Hold
    transfer: UUID
    units: dict[Asset, int]
    missing: int | None


def recover(locked: Locked, *, proposed_by: User, agreed_by: User, reason: str) -> Recovered:
    """Take back what is held; the caller holds the locks and has looked that something is."""
    hold, taken = locked.hold, [(position, position.remaining) for position in locked.held]
    transfer = _transfer(locked)
    for position, units in taken:
        _take(position, units, transfer)
        HoldEvent.objects.create(
            hold=hold,
            kind=HoldChange.CLAWED_BACK.value,
            transfer=transfer.pk,
            source=position.balance_id,
            taken=units,
            actor=proposed_by.pk,
            second=agreed_by.pk,
            reason=reason,
            at=locked.at,
        )
    hold.state, hold.release_at = HoldState.CLAWED_BACK.value, locked.at
    hold.save(update_fields=["state", "release_at"])
    recovered = _told(hold, transfer, taken)
    _record(recovered, proposed_by, agreed_by)
    if locked.owner:
        send(HoldClawedBack.about(hold, locked.owner, cause=Cause.CHARGEBACK, units=recovered.units))
    return recovered


def missing_of(hold: Hold, units: dict[Asset, int]) -> int | None:
    """What the purchase brought in, less what these units are worth in its asset (rule 3)."""
    values = [worth(amount, asset, in_=hold.asset) for asset, amount in units.items()]
    known = [value for value in values if value is not None]
    return max(0, hold.amount - sum(known)) if len(known) == len(values) else None


def _transfer(locked: Locked) -> Transfer:
    key = f"claw-back {locked.hold.pk}"
    return Transfer.objects.create(
        account=locked.account,
        key=key,
        digest=hashlib.sha256(key.encode()).hexdigest(),
        operation=Operation.CLAW_BACK.value,
        outcome=Outcome.DONE.value,
        answer=Answer(allowed=True, evaluated_at=locked.at).as_json(),
        reference=locked.hold.purchase,
        at=locked.at,
    )


def _take(position: HoldPosition, units: int, transfer: Transfer) -> None:
    balance: Balance = position.balance
    balance.posted -= units
    balance.version += 1
    balance.save(update_fields=["posted", "version"])
    position.remaining = 0
    position.release_at = transfer.at
    position.save(update_fields=["remaining", "release_at"])
    sides = [(balance.account_id, -units, balance.posted), (House.RECOVERED.pk, units, None)]
    Posting.objects.bulk_create(
        Posting(
            transfer=transfer,
            account_id=account,
            asset_id=balance.asset_id,
            amount=amount,
            after=after,
            at=transfer.at,
        )
        for account, amount, after in sides
    )


def _told(hold: Hold, transfer: Transfer, taken: list[tuple[HoldPosition, int]]) -> Recovered:
    assets = Asset.objects.in_bulk([position.balance.asset_id for position, _units in taken])
    units: dict[Asset, int] = {}
    for position, amount in taken:
        asset = assets[position.balance.asset_id]
        units[asset] = units.get(asset, 0) + amount
    return Recovered(hold=hold, transfer=transfer.pk, units=units, missing=missing_of(hold, units))


def _record(recovered: Recovered, proposed_by: User, agreed_by: User) -> None:
    hold = recovered.hold
    record(
        Event.HOLD_CLAWED_BACK,
        actor=agreed_by,
        subject=hold.pk,
        hold=str(hold.pk),
        proposed_by=str(proposed_by.pk),
        transfer=str(recovered.transfer),
        units={asset.code: str(amount) for asset, amount in recovered.units.items()},
        missing=None if recovered.missing is None else str(recovered.missing),
    )
