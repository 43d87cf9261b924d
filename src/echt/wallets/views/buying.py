"""Buying: what one wants, what it costs and how long it is held, and what became of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from echt import clock
from echt.ui.audience import Audience, page
from echt.wallets import hold_words
from echt.wallets.access import Absent, account_of, own_purchase
from echt.wallets.actions.buying import Offer, begin_purchase, offer_purchase
from echt.wallets.exchange_forms import COINS, BuyForm
from echt.wallets.gate import Refused
from echt.wallets.models import Asset, Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.operations import Operation, operations_of
from echt.wallets.processors.register import called, offered
from echt.wallets.purchase_rows import failure_of, hold_of, purchase_row, purchase_rows
from echt.wallets.purchase_words import CHANNELS
from echt.wallets.quotes import Quote
from echt.wallets.refusals import NotOffered, QuoteChanged, QuoteOver, QuoteWrong, Refusal
from echt.wallets.views.answers import reader, show, typed
from echt.wallets.views.exchanging import REFUSALS, cash, coins, rate, sentences, signed_quote

SHOWN = 20


@page(Audience.CUSTOMER, "GET", "POST")
def buy(request: HttpRequest) -> HttpResponseBase:
    """What one wants; with it the page tells what it costs and how it is held."""
    form = _form(request)
    if form is None or not form.is_valid():
        return _show(request, form)
    in_coins = form.cleaned_data["counted_in"] == COINS
    units = form.cleaned_data["units"]
    try:
        offer = offer_purchase(
            actor=reader(request),
            asset=form.chosen("asset"),
            channel=Channel(form.cleaned_data["channel"]),
            units=units if in_coins else None,
            paid=None if in_coins else units,
        )
    except REFUSALS as refused:
        return _show(request, form, refused=_why(request, refused, form.chosen("asset")))
    return _confirm(request, offer)


@page(Audience.CUSTOMER, "POST")
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Begin what was told; where that is over, tell anew."""
    actor, signed = reader(request), signed_quote(request)
    try:
        purchase = begin_purchase(actor=actor, signed=signed)
    except (QuoteOver, QuoteChanged) as refused:
        return _anew(request, signed, refused)
    except QuoteWrong as refused:
        return _show(request, _form(request, bound=False), refused=[refused.sentence])
    except REFUSALS as refused:
        asset = _asset(Quote.opened(signed, account_of(actor), Operation.BUY))
        return _show(request, _form(request, bound=False), refused=_why(request, refused, asset))
    return redirect(_next(purchase))


@page(Audience.CUSTOMER, "GET")
def purchase(request: HttpRequest, purchase: UUID) -> HttpResponseBase:
    """One purchase: what happened, and its hold."""
    try:
        found = own_purchase(reader(request), purchase)
    except Absent:
        raise Http404 from None
    waits = found.state == PurchaseState.PENDING
    return show(
        request,
        "buy_purchase.html",
        place="buy",
        row=purchase_row(found),
        hold=hold_of(found, at=clock.now()),
        failure=failure_of(found),
        pay=_next(found) if waits else "",
        told=hold_words.hours(found.told_hours) if found.told_hours else "",
    )


def _form(request: HttpRequest, *, bound: bool = True) -> BuyForm | None:
    """The form; nothing where nobody takes a payment now, or the currency is not active."""
    channels = list(offered())
    first = {
        "asset": request.GET.get("asset", ""),
        "counted_in": COINS,
        "channel": channels[0].value if channels else "",
    }
    try:
        return BuyForm(typed(request) if bound else None, initial=first, channels=channels) if channels else None
    except NotOffered:
        return None


def _show(request: HttpRequest, form: BuyForm | None, *, refused: list[str] | None = None) -> HttpResponseBase:
    account = account_of(reader(request))
    return show(
        request,
        "buy.html",
        place="buy",
        form=form,
        refused=refused or [],
        rows=purchase_rows(account, most=SHOWN),
    )


def _confirm(request: HttpRequest, offer: Offer, *, refused: list[str] | None = None) -> HttpResponseBase:
    quote, terms, currency = offer.quote, offer.terms, offer.currency
    restricts = operations_of(terms.restricts) if terms else []
    return show(
        request,
        "buy_confirm.html",
        place="buy",
        refused=refused or [],
        quote=quote,
        signed=quote.signed(),
        asset=offer.asset,
        terms=terms,
        facts=_facts(offer),
        total=cash(quote.paid, currency),
        hours=terms.hours if terms else 0,
        not_yet=hold_words.not_yet(restricts),
        allowed=hold_words.allowed(restricts),
    )


def _facts(offer: Offer) -> list[dict[str, Any]]:
    quote, currency = offer.quote, offer.currency
    return [
        {"label": _("You get"), "value": coins(quote.got, offer.asset)},
        {"label": _("How you pay"), "value": CHANNELS[Channel(quote.channel)]},
        {"label": _("Price"), "value": rate(offer.asset, currency)},
        {"label": _("Coins"), "value": cash(quote.paid - quote.fee, currency)},
        {"label": _("Fee"), "value": cash(quote.fee, currency)},
    ]


def _anew(request: HttpRequest, signed: str, why: QuoteOver | QuoteChanged) -> HttpResponseBase:
    """A new price for the same coins."""
    actor = reader(request)
    quote = Quote.opened(signed, account_of(actor), Operation.BUY)
    asset = _asset(quote)
    try:
        offer = offer_purchase(actor=actor, asset=asset, channel=Channel(quote.channel), units=quote.got)
    except REFUSALS as refused:
        return _show(request, _form(request, bound=False), refused=_why(request, refused, asset))
    return _confirm(request, offer, refused=[why.sentence])


def _asset(quote: Quote) -> Asset:
    return Asset.objects.get(pk=quote.gets)


def _why(request: HttpRequest, refused: Refusal | Refused, asset: Asset) -> list[str]:
    return sentences(refused, asset, Operation.BUY, account_of(reader(request)))


def _next(purchase: Purchase) -> str:
    """Where the customer pays; the purchase's own page where that is over."""
    taker = called(purchase.processor)
    if taker is None or purchase.state != PurchaseState.PENDING:
        return reverse("wallets:purchase", kwargs={"purchase": purchase.pk})
    return taker.address(purchase)
