"""What processors tell of payments: the one path for all of them, whatever the processor, however often, in any order.

1. Each event of a processor counts once, by its own identifier; told again it changes nothing.
2. An event about a payment that we do not know is not counted: it may be told again.
3. A purchase is settled once. What is told of it later changes nothing, except a chargeback of a completed one.
4. Coins for exactly what was agreed, paid in time: with another amount, or later, the purchase fails and the payment
   goes back. The instant at which it was paid counts, as the processor signed it.
5. The hold begins when the coins come. What was told counts, if the policy's version is the same or the hold would not
   be longer now. Where it would be, the policy's option decides: open holds are extended by it (`extends_open`), so
   this one is too; else what was told counts.
6. The gate is asked under lock. If it says no for good, the purchase fails and the payment goes back; if it only cannot
   say now (no fresh price, our clocks disagree), nothing is counted and the event is to be told again.
7. A chargeback freezes what is left of the purchase, in the same transaction (`chargebacks`). One that comes before the
   coins makes the purchase fail: what is told as paid afterwards brings no coins.

Lock order: the account first. Its lock is that of its purchases too.
"""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from echt.wallets.access import lock_account
from echt.wallets.actions.settling import charge_back, complete, end_unpaid, fail, tell_late
from echt.wallets.failures import PAID, Failure
from echt.wallets.models import Callback, Purchase
from echt.wallets.models.purchases import PurchaseState
from echt.wallets.processors.contract import CallbackRefused, Happened, Processor, Told
from echt.wallets.processors.register import called
from echt.work.jobs import job

GRACE = timedelta(minutes=2)
"""How long an event may be on its way before a purchase counts as unpaid."""


class UnknownReference(CallbackRefused):
    """No payment of this processor has this reference (rule 2)."""


class Result(StrEnum):
    """What came of an event; the value is stored, so it is never renamed."""

    DUPLICATE = "duplicate"
    COMPLETED = "completed"
    FAILED = "failed"
    EXPIRED = "expired"
    CHARGED_BACK = "charged_back"
    SETTLED = "settled"
    """The purchase was settled already."""


def receive(*, processor: Processor, signature: str, body: bytes) -> Result:
    """Count what a processor has sent.

    Raises:
        BadSignature, Malformed, UnknownReference: it is not counted.
        NotNow: it is to be told again.
    """
    return take(processor, processor.read(signature=signature, body=body))


def take(processor: Processor, told: Told) -> Result:
    """Count one event (rules 1 to 3)."""
    with transaction.atomic():
        purchase = _locked(processor.name, told.reference)
        row, is_new = Callback.objects.get_or_create(
            processor=processor.name,
            event=told.event,
            defaults={"kind": told.happened.value, "reference": told.reference, "at": told.at},
        )
        if not is_new:
            return Result.DUPLICATE
        result, why = _counted(purchase, told)
        if why in PAID:
            give_back.enqueue(processor=processor.name, reference=told.reference, why=why.value, key=told.reference)
        row.result = f"{result.value}:{why.value}" if why else result.value
        row.save(update_fields=["result"])
        return result


@job()
def expire(*, purchase: str) -> None:
    """Nobody paid in time. Of a purchase that is settled nothing changes."""
    found = Purchase.objects.filter(pk=UUID(purchase)).first()
    if found is None:
        return
    with transaction.atomic():
        lock_account(found.account_id)
        found.refresh_from_db()
        if found.state == PurchaseState.PENDING:
            end_unpaid(found, Failure.EXPIRED, state=PurchaseState.EXPIRED)


@job()
def give_back(*, processor: str, reference: str, why: str) -> None:
    """Have a payment go back to where it came from."""
    taker = called(processor)
    if taker is not None:
        taker.give_back(reference, Failure(why))


def _locked(processor: str, reference: str) -> Purchase:
    """The purchase, its account locked."""
    found = Purchase.objects.filter(processor=processor, processor_reference=reference).first()
    if found is None:
        raise UnknownReference
    lock_account(found.account_id)
    return Purchase.objects.select_related("account__owner", "asset", "currency").get(pk=found.pk)


def _counted(purchase: Purchase, told: Told) -> tuple[Result, Failure | None]:
    if told.happened is Happened.CHARGED_BACK:
        return _charged_back(purchase)
    if purchase.state != PurchaseState.PENDING:
        return _settled(purchase, told)
    if told.happened is Happened.COMPLETED:
        return _completed(purchase, told)
    if told.happened is Happened.EXPIRED:
        end_unpaid(purchase, Failure.EXPIRED, state=PurchaseState.EXPIRED)
        return Result.EXPIRED, Failure.EXPIRED
    fail(purchase, told.failure)
    return Result.FAILED, told.failure


def _completed(purchase: Purchase, told: Told) -> tuple[Result, Failure | None]:
    """Rules 4 to 6."""
    why = _fault(purchase, told) or complete(purchase)
    if why is None:
        return Result.COMPLETED, None
    fail(purchase, why)
    return Result.FAILED, why


def _fault(purchase: Purchase, told: Told) -> Failure | None:
    """What is wrong with the payment (rule 4)."""
    if purchase.expires_at is not None and told.at > purchase.expires_at:
        return Failure.LATE
    currency = purchase.currency.code if purchase.currency else ""
    if (told.paid, told.currency) != (purchase.paid, currency):
        return Failure.WRONG_AMOUNT
    return None


def _charged_back(purchase: Purchase) -> tuple[Result, Failure | None]:
    """Rule 7."""
    if purchase.state == PurchaseState.COMPLETED:
        charge_back(purchase)
        return Result.CHARGED_BACK, None
    if purchase.state == PurchaseState.PENDING:
        fail(purchase, Failure.TAKEN_BACK)
        return Result.FAILED, Failure.TAKEN_BACK
    return Result.SETTLED, None


def _settled(purchase: Purchase, told: Told) -> tuple[Result, Failure | None]:
    """Rule 3. What was paid after the purchase had ended without coins goes back."""
    if told.happened is not Happened.COMPLETED or purchase.state not in {PurchaseState.FAILED, PurchaseState.EXPIRED}:
        return Result.SETTLED, None
    tell_late(purchase)
    return Result.SETTLED, Failure.LATE


__all__ = ["GRACE", "Result", "UnknownReference", "expire", "give_back", "receive", "take"]
