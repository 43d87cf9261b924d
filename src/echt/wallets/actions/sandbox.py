"""What whoever pays at the sandbox lets happen, and when its processors tell us.

1. Only the purchase's own customer plays for the other side, and only while the sandbox is open.
2. Nothing here touches purchase or money: jobs hand in what a real processor would send, signed and as bytes.
3. Chosen twice, an outcome is told with the same events: each counts once.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from echt import clock
from echt.accounts.models import User
from echt.wallets.access import Absent, lock_account, own_purchase
from echt.wallets.actions.callbacks import UnknownReference, receive
from echt.wallets.actions.settling import NotNow
from echt.wallets.failures import Failure
from echt.wallets.models import Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.processors import messages, signatures
from echt.wallets.processors.contract import Happened, Told
from echt.wallets.processors.register import called, sandbox_is_open
from echt.wallets.processors.sandbox import OUTCOMES, Outcome, Sandbox, Telling, event_of, tellings
from echt.wallets.refusals import NotOffered
from echt.work.jobs import GiveUp, Later, job

AGAIN = timedelta(seconds=30)
BACK_NOW = Telling(event="back", happened=Happened.CHARGED_BACK)


def play(*, actor: User, purchase_id: UUID, outcome: str) -> None:
    """Let something happen to a payment that is waited for: a value of `Outcome`.

    Raises:
        Absent: there is no such purchase, or it is paid elsewhere.
        NotOffered: it cannot happen to this one, or something has happened already.
    """
    with transaction.atomic():
        purchase = _locked(actor, purchase_id)
        if purchase.state != PurchaseState.PENDING or outcome not in OUTCOMES[Channel(purchase.channel)]:
            raise NotOffered
        for number, telling in enumerate(tellings(Outcome(outcome))):
            _enqueue(purchase, telling, number)


def charge_back_now(*, actor: User, purchase_id: UUID) -> None:
    """Take the payment of a completed purchase back.

    Raises:
        Absent, NotOffered: as `play`.
    """
    with transaction.atomic():
        purchase = _locked(actor, purchase_id)
        if purchase.state != PurchaseState.COMPLETED:
            raise NotOffered
        _enqueue(purchase, BACK_NOW, 0)


def sandbox_of(purchase: Purchase) -> Sandbox:
    """The sandbox that takes this payment.

    Raises:
        Absent: none does, or it is closed.
    """
    found = called(purchase.processor)
    if not isinstance(found, Sandbox) or not sandbox_is_open():
        raise Absent
    return found


@job()
def tell(*, purchase: str, event: str, happened: str, short: int, failure: str) -> None:
    """Hand in what a processor would send (rule 2)."""
    found = Purchase.objects.select_related("currency").filter(pk=UUID(purchase)).first()
    taker = called(found.processor) if found else None
    if found is None or taker is None:
        raise GiveUp("The sandbox is closed, or there is no such purchase.")
    telling = Telling(event=event, happened=Happened(happened), short=short, failure=Failure(failure))
    body = messages.write(told_of(found, telling))
    try:
        receive(processor=taker, signature=signatures.sign(taker.name, body), body=body)
    except (NotNow, UnknownReference):
        raise Later(at=clock.now() + AGAIN) from None


def told_of(purchase: Purchase, telling: Telling) -> Told:
    """The event as the processor tells it, now."""
    return Told(
        event=event_of(purchase.pk, telling.event),
        happened=telling.happened,
        reference=purchase.processor_reference,
        at=clock.now(),
        paid=(purchase.paid or 0) - telling.short,
        currency=purchase.currency.code if purchase.currency else "",
        failure=telling.failure,
    )


def _locked(actor: User, purchase_id: UUID) -> Purchase:
    purchase = own_purchase(actor, purchase_id)
    sandbox_of(purchase)
    lock_account(purchase.account_id)
    return own_purchase(actor, purchase_id)


def _enqueue(purchase: Purchase, telling: Telling, number: int) -> None:
    tell.enqueue(
        after=clock.now() + telling.after,
        key=f"{event_of(purchase.pk, telling.event)}-{number}",
        purchase=str(purchase.pk),
        event=telling.event,
        happened=telling.happened.value,
        short=telling.short,
        failure=telling.failure.value,
    )
