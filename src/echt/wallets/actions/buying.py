"""Buying coins with fiat money, until it is paid. What happens then is in `callbacks`.

1. What it costs, what one gets, how long it is held and until when is told before it is confirmed; what was told is
   kept with the purchase.
2. The gate is asked before anything begins, and again when it is paid: who may not buy is not led to pay.
3. What no policy holds cannot be bought.
4. A quote begins one purchase: its key is the purchase's. Confirmed again it leads to the same one.
5. If the hold has become longer since the page was shown, nothing begins: the page tells the new one first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.ui.rate_limits import RateLimit
from echt.wallets.access import account_of, lock_account
from echt.wallets.actions.callbacks import GRACE, expire
from echt.wallets.events import Event
from echt.wallets.gate import NoPolicy, Refused, gate
from echt.wallets.models import Account, Asset, Purchase
from echt.wallets.models.purchases import Channel
from echt.wallets.moving import Terms
from echt.wallets.offers import coin, fiat, reference
from echt.wallets.operations import Operation
from echt.wallets.processors.contract import Away, Order, Processor
from echt.wallets.processors.register import for_channel
from echt.wallets.quotes import Quote, coins_for, cost_of, good_until
from echt.wallets.refusals import NotForSale, ProcessorAway, QuoteChanged
from echt.wallets.settings import wallets_settings

BEGUN = RateLimit("wallets.purchase", count=30, seconds=3600)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the page tells before it is confirmed. `terms` None: it would not be held."""

    quote: Quote
    terms: Terms | None
    asset: Asset
    currency: Asset


def offer_purchase(
    *, actor: User, asset: Asset, channel: Channel, units: int | None = None, paid: int | None = None
) -> Offer:
    """What so many coins would cost, or what so much money would buy, and how it would be held. Nothing begins.

    Raises:
        Refused: the gate says no.
        NotForSale, NotOffered, NoPrice, TooLittle, TooMuch: see the classes.
    """
    for_channel(channel)
    account, asset, currency = account_of(actor), coin(asset.pk), reference()
    if units is None:
        paid = paid or 0
        units, fee = coins_for(paid, asset, currency)
    else:
        paid, fee = cost_of(units, asset, currency)
    _require_allowed(account, asset, units)
    terms = _terms(account, asset, units, channel, clock.now())
    quote = Quote(
        operation=Operation.BUY,
        account=account.pk,
        pays=currency.pk,
        paid=paid,
        gets=asset.pk,
        got=units,
        fee=fee,
        until=good_until(),
        channel=channel.value,
        hours=terms.hours if terms else 0,
        policy=terms.policy if terms else None,
    )
    return Offer(quote=quote, terms=terms, asset=asset, currency=currency)


def begin_purchase(*, actor: User, signed: str) -> Purchase:
    """Begin what was told, at the processor of its channel.

    Raises:
        Refused: the gate says no.
        QuoteOver, QuoteWrong, QuoteChanged, NotForSale, NotOffered, ProcessorAway: see the classes.
    """
    account = account_of(actor)
    quote = Quote.opened(signed, account, Operation.BUY)
    earlier = _begun(account, quote.key)
    if earlier is not None:
        return earlier
    quote.require_fresh()
    asset, currency, processor = coin(quote.gets), fiat(quote.pays), for_channel(Channel(quote.channel))
    _require_as_told(account, asset, quote)
    _require_allowed(account, asset, quote.got)
    BEGUN.require(str(account.pk))
    expires_at = _expires_at(processor.channel)
    reference = _begin_there(processor, quote, currency, expires_at)
    return _write(actor, quote, processor, reference, expires_at)


def _write(actor: User, quote: Quote, processor: Processor, reference: str, expires_at: datetime) -> Purchase:
    """The purchase, once (rule 4)."""
    with transaction.atomic():
        account = lock_account(quote.account)
        purchase = _begun(account, quote.key)
        if purchase is not None:
            return purchase
        purchase = Purchase.objects.create(
            pk=quote.key,
            account=account,
            channel=quote.channel,
            asset_id=quote.gets,
            amount=quote.got,
            currency_id=quote.pays,
            paid=quote.paid,
            told_hours=quote.hours,
            told_policy=quote.policy,
            processor=processor.name,
            processor_reference=reference,
            expires_at=expires_at,
        )
        expire.enqueue(after=expires_at + GRACE, key=str(purchase.pk), purchase=str(purchase.pk))
        record(
            Event.PURCHASE_BEGUN,
            actor=actor,
            subject=actor.pk,
            purchase=str(purchase.pk),
            channel=quote.channel,
            asset=quote.gets,
            amount=str(quote.got),
        )
        return purchase


def _begun(account: Account, key: UUID) -> Purchase | None:
    return Purchase.objects.filter(pk=key, account=account).first()


def _begin_there(processor: Processor, quote: Quote, currency: Asset, expires_at: datetime) -> str:
    order = Order(
        purchase=quote.key,
        paid=quote.paid,
        currency=currency.code,
        decimals=currency.decimals,
        expires_at=expires_at,
    )
    try:
        return processor.begin(order)
    except Away:
        raise ProcessorAway from None


def _expires_at(channel: Channel) -> datetime:
    ours = wallets_settings()
    is_bank = channel is Channel.BANK
    return clock.now() + (timedelta(hours=ours.bank_hours) if is_bank else timedelta(minutes=ours.purchase_minutes))


def _require_allowed(account: Account, asset: Asset, units: int) -> None:
    """Rule 2."""
    answer = gate().ask(account=account.pk, operation=Operation.BUY, asset=asset.pk, units=units)
    if not answer.allowed:
        raise Refused(answer)


def _require_as_told(account: Account, asset: Asset, quote: Quote) -> None:
    """Rule 5."""
    terms = _terms(account, asset, quote.got, Channel(quote.channel), clock.now())
    if terms is not None and terms.hours > quote.hours:
        raise QuoteChanged


def _terms(account: Account, asset: Asset, units: int, channel: Channel, at: datetime) -> Terms | None:
    """Rule 3."""
    try:
        return gate().terms(account=account, asset=asset, units=units, channel=channel, at=at)
    except NoPolicy:
        raise NotForSale from None
