"""Selling coins for fiat money: to us, or to another person (P2P).

1. Only free units are sold: what is held stays until its end. The gate decides, under lock; the page says how much may
   be sold now and when the rest may.
2. What was told is what happens, as in `converting`; a quote moves money once.
3. A sale to another person is a sale of its own kind for holds and limits, not a way around them.
"""

from dataclasses import dataclass

from django.db import transaction

from echt.accounts.models import User
from echt.audit.record import record
from echt.wallets.access import account_of
from echt.wallets.actions.converting import is_done, movement_of
from echt.wallets.events import Event
from echt.wallets.gate import KeyReused, Refused, gate
from echt.wallets.models import Account, Asset
from echt.wallets.offers import coin, fiat, reference
from echt.wallets.operations import Operation
from echt.wallets.processors.register import sandbox_is_open
from echt.wallets.quotes import Quote, exchanged, good_until
from echt.wallets.refusals import NotOffered, QuoteWrong

SALES = (Operation.SELL, Operation.SELL_P2P)


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What the page tells before it is confirmed."""

    quote: Quote
    asset: Asset
    currency: Asset


def sales_offered() -> list[Operation]:
    """To whom one can sell now. Another person who buys is known to the sandbox alone."""
    return list(SALES) if sandbox_is_open() else [Operation.SELL]


def offer_sale(*, actor: User, asset: Asset, operation: Operation, units: int) -> Sale:
    """What one would get. Nothing happens.

    Raises:
        Refused: the gate says no; its answer says what may be sold now.
        NotOffered, NoPrice, TooLittle, TooMuch: see the classes.
    """
    if operation not in sales_offered():
        raise NotOffered
    account, asset, currency = account_of(actor), coin(asset.pk), reference()
    got, fee = exchanged(units, asset, currency)
    _require_allowed(account, operation, asset, units)
    quote = Quote(
        operation=operation,
        account=account.pk,
        pays=asset.pk,
        paid=units,
        gets=currency.pk,
        got=got,
        fee=fee,
        until=good_until(),
    )
    return Sale(quote=quote, asset=asset, currency=currency)


def sell(*, actor: User, signed: str) -> Quote:
    """Do what was told.

    Raises:
        Refused: the gate says no.
        QuoteOver, QuoteWrong, NotOffered: see the classes.
    """
    account = account_of(actor)
    quote = Quote.opened(signed, account, *SALES)
    if is_done(account, quote):
        return quote
    quote.require_fresh()
    coin(quote.pays), fiat(quote.gets)
    if quote.operation not in sales_offered():
        raise NotOffered
    _move(actor, quote)
    return quote


def _move(actor: User, quote: Quote) -> None:
    """Carry it out and record it; a refusal is kept, and raised after its transaction."""
    try:
        with transaction.atomic():
            answer = gate().commit(movement_of(quote))
            if answer.allowed and not answer.replayed:
                _record(actor, quote)
    except KeyReused:
        raise QuoteWrong from None
    if not answer.allowed:
        raise Refused(answer)


def _record(actor: User, quote: Quote) -> None:
    record(
        Event.MONEY_SOLD,
        actor=actor,
        subject=actor.pk,
        asset=quote.pays,
        amount=str(quote.paid),
        operation=quote.operation.value,
    )


def _require_allowed(account: Account, operation: Operation, asset: Asset, units: int) -> None:
    answer = gate().ask(account=account.pk, operation=operation, asset=asset.pk, units=units)
    if not answer.allowed:
        raise Refused(answer)
