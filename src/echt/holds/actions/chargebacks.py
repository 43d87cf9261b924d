"""A payment was taken back: what it bought is frozen, if it is still there.

1. Told again, a chargeback changes nothing again.
2. What is free cannot be frozen. Then the account counts as high risk from now on, and the answer says so.
3. Either way the hold gets the mark, which puts it at the top of the desk's queue.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from echt.audit.record import record
from echt.holds.access import Locked, lock_hold
from echt.holds.actions.changing import freeze_locked
from echt.holds.causes import Cause
from echt.holds.events import Event
from echt.holds.models import Hold, HoldState
from echt.holds.risk import Mark, add_mark
from echt.wallets.models import Purchase
from echt.wallets.models.ledger import Risk


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What became of it. `hold` None: what was bought was never held."""

    hold: Hold | None
    is_frozen: bool


def freeze_for_chargeback(*, purchase: UUID) -> Frozen:
    """Freeze what a purchase brought in and is still held; for processors and the exchange's engine."""
    with transaction.atomic():
        found = Hold.objects.filter(purchase=purchase).values_list("pk", flat=True).first()
        if found is None:
            return Frozen(hold=None, is_frozen=False)
        locked = lock_hold(found)
        hold = locked.hold
        add_mark(hold, Mark.CHARGEBACK)
        hold.save(update_fields=["score", "marks"])
        if locked.held and hold.state != HoldState.FROZEN:
            freeze_locked(locked, actor=None, cause=Cause.CHARGEBACK)
        if not locked.held:
            _raise_risk(locked)
        return Frozen(hold=hold, is_frozen=hold.state == HoldState.FROZEN)


def _raise_risk(locked: Locked) -> None:
    account = locked.account
    if account.risk == Risk.HIGH:
        return
    account.risk = Risk.HIGH.value
    account.save(update_fields=["risk"])
    pk = str(locked.hold.pk)
    record(Event.RISK_CHANGED, actor=None, subject=locked.hold.pk, hold=pk, risk=account.risk, cause=Cause.CHARGEBACK)


def on_chargeback(purchase: Purchase, *, at: datetime) -> None:  # noqa: ARG001  # a hold is frozen now, whenever it was taken back
    """Called by wallets in the transaction that charges the purchase back (`wallets.chargebacks`)."""
    freeze_for_chargeback(purchase=purchase.pk)
