"""How a purchase ends. Only `callbacks` calls this, inside its transaction and with the account's row locked."""

from dataclasses import replace
from datetime import datetime, timedelta

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.mail.send import send
from echt.wallets import chargebacks
from echt.wallets.answers import Answer, Code
from echt.wallets.events import Event
from echt.wallets.failures import Failure
from echt.wallets.gate import NoPolicy, gate
from echt.wallets.house import House
from echt.wallets.mails import PurchaseChargedBack, PurchaseCompleted, PurchaseFailed
from echt.wallets.models import Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.moving import Coins, Movement, Terms
from echt.wallets.operations import ALL_RESTRICTED, Operation
from echt.wallets.purchase_words import mail_of

PASSING = frozenset({Code.PRICE_MISSING, Code.PRICE_STALE, Code.CLOCK})
"""Reasons that say nothing about the purchase: the gate only cannot say now."""


class NotNow(Exception):
    """The gate cannot say now. Nothing has changed; the event is to be told again."""


def complete(purchase: Purchase) -> Failure | None:
    """Bring the coins in under their hold; what stood against it, if the gate refused.

    Raises:
        NotNow: see the class.
    """
    now = clock.now()
    _require_an_answer(purchase)
    terms = _terms(purchase, now)
    answer = gate().commit(_movement(purchase, terms))
    if not answer.allowed:
        return Failure.NOT_ALLOWED
    purchase.state, purchase.settled_at, purchase.transfer_id = PurchaseState.COMPLETED.value, now, answer.transfer
    purchase.save(update_fields=["state", "settled_at", "transfer"])
    _tell_completed(purchase, terms, now)
    return None


def fail(purchase: Purchase, why: Failure) -> None:
    end_unpaid(purchase, why, state=PurchaseState.FAILED)


def end_unpaid(purchase: Purchase, why: Failure, *, state: PurchaseState) -> None:
    """End it without coins."""
    purchase.state, purchase.settled_at = state.value, clock.now()
    purchase.save(update_fields=["state", "settled_at"])
    _record(Event.PURCHASE_FAILED, purchase, why=why.value)
    owner = purchase.account.owner
    if owner is not None:
        send(mail_of(PurchaseFailed, purchase, owner, failure=why))


def tell_late(purchase: Purchase) -> None:
    """What was paid after the end brings no coins and goes back: whoever paid hears of it."""
    owner = purchase.account.owner
    if owner is not None:
        send(mail_of(PurchaseFailed, purchase, owner, failure=Failure.LATE))


def charge_back(purchase: Purchase) -> None:
    """The money was taken back: freeze what is left of the coins."""
    now = clock.now()
    purchase.state = PurchaseState.CHARGED_BACK.value
    purchase.save(update_fields=["state"])
    chargebacks.answer(purchase, at=now)
    _record(Event.PURCHASE_CHARGED_BACK, purchase)
    owner = purchase.account.owner
    if owner is not None:
        send(mail_of(PurchaseChargedBack, purchase, owner, at=now))


def _require_an_answer(purchase: Purchase) -> None:
    """Ask before the commit whether the gate can say at all: what `commit` refuses is refused for ever."""
    told = gate().ask(
        account=purchase.account_id, operation=Operation.BUY, asset=purchase.asset_id, units=purchase.amount
    )
    if not told.allowed and _is_passing(told):
        raise NotNow


def _is_passing(answer: Answer) -> bool:
    return any(reason.code in PASSING for reason in answer.reasons)


def _movement(purchase: Purchase, terms: Terms | None) -> Movement:
    return Movement(
        account=purchase.account_id,
        operation=Operation.BUY,
        gets=Coins(asset=purchase.asset_id, units=purchase.amount),
        other=House.TRADING.pk,
        held=terms,
        key=f"purchase:{purchase.pk}",
        reference=purchase.pk,
    )


# What was told --------------------------------------------------------------------------------------------


def _terms(purchase: Purchase, now: datetime) -> Terms | None:
    """How it is held: rule 5 of `callbacks`. Where nothing was told, the policies of now count.

    Raises:
        NoPolicy: nothing was told, and no policy says.
    """
    if purchase.told_hours is None:
        return _policies(purchase, now)
    current = _current(purchase, now)
    if current is not None and _counts(current, purchase):
        return current
    return _as_told(purchase, current, now)


def _counts(current: Terms, purchase: Purchase) -> bool:
    """Whether the terms of now count, and not those that were told."""
    if current.policy == purchase.told_policy and current.hours == purchase.told_hours:
        return True
    return current.hours > (purchase.told_hours or 0) and current.extends_open


def _current(purchase: Purchase, now: datetime) -> Terms | None:
    """What the policies say now; nothing where they do not hold it, or no longer name it."""
    try:
        return _policies(purchase, now)
    except NoPolicy:
        return None


def _policies(purchase: Purchase, now: datetime) -> Terms | None:
    return gate().terms(
        account=purchase.account,
        asset=purchase.asset,
        units=purchase.amount,
        channel=Channel(purchase.channel),
        at=now,
        purchase=purchase.pk,
    )


def _as_told(purchase: Purchase, current: Terms | None, now: datetime) -> Terms | None:
    """The hold that the confirmed page told, from now on."""
    if not purchase.told_hours or purchase.told_policy is None:
        return None
    hours = purchase.told_hours
    told = current or Terms(
        policy=purchase.told_policy,
        channel=purchase.channel,
        hours=hours,
        acquired_at=now,
        release_at=now + timedelta(hours=hours),
        restricts=ALL_RESTRICTED,
        purchase=purchase.pk,
    )
    restart = hours if told.restart_hours else 0
    return replace(
        told,
        policy=purchase.told_policy,
        hours=hours,
        release_at=now + timedelta(hours=hours),
        restart_hours=restart,
    )


# Record and mail ------------------------------------------------------------------------------------------


def _tell_completed(purchase: Purchase, terms: Terms | None, now: datetime) -> None:
    _record(Event.PURCHASE_COMPLETED, purchase, hours=terms.hours if terms else 0)
    owner = purchase.account.owner
    if owner is not None:
        until = terms.release_at if terms else None
        hours = terms.hours if terms else 0
        send(mail_of(PurchaseCompleted, purchase, owner, at=now, hours=hours, held_until=until))


def _record(event: Event, purchase: Purchase, **details: str | int) -> None:
    owner: User | None = purchase.account.owner
    record(event, actor=None, subject=owner.pk if owner else None, purchase=str(purchase.pk), **details)
