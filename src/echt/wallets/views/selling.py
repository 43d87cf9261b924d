"""Selling for fiat money: what one would get, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.ui.audience import Audience, page
from echt.ui.formats import money
from echt.wallets.access import account_of
from echt.wallets.actions.selling import SALES, Sale, offer_sale, sales_offered, sell
from echt.wallets.exchange_forms import SALES as WORDS
from echt.wallets.exchange_forms import SellForm, as_typed
from echt.wallets.gate import Refused
from echt.wallets.models import Asset
from echt.wallets.operations import Operation
from echt.wallets.quotes import Quote
from echt.wallets.refusals import QuoteOver, QuoteWrong, Refusal
from echt.wallets.templatetags.wallets import told
from echt.wallets.views.answers import reader, show, typed
from echt.wallets.views.exchanging import REFUSALS, cash, coins, movable_of, rate, sentences, signed_quote


@page(Audience.CUSTOMER, "GET", "POST")
def sale(request: HttpRequest) -> HttpResponseBase:
    """What one wants; with it the page tells what one gets."""
    form = SellForm(
        typed(request),
        initial={"asset": request.GET.get("asset", ""), "operation": Operation.SELL.value},
        operations=sales_offered(),
    )
    if not form.is_valid():
        return _show(request, form)
    asset, operation = form.chosen("asset"), Operation(form.cleaned_data["operation"])
    try:
        offer = offer_sale(actor=reader(request), asset=asset, operation=operation, units=form.cleaned_data["units"])
    except REFUSALS as refused:
        return _refused(request, refused, asset, operation)
    return _confirm(request, offer)


@page(Audience.CUSTOMER, "POST")
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Do what was told; where that is over, tell anew."""
    actor, signed = reader(request), signed_quote(request)
    try:
        quote = sell(actor=actor, signed=signed)
    except QuoteWrong as refused:
        return _show(request, _form(None, Operation.SELL), refused=[refused.sentence])
    except QuoteOver as refused:
        return _anew(request, signed, refused)
    except REFUSALS as refused:
        quote = Quote.opened(signed, account_of(actor), *SALES)
        return _refused(request, refused, _asset(quote.pays), quote.operation)
    currency = _asset(quote.gets)
    said = {
        "paid": told(quote.paid, _asset(quote.pays), unit=True),
        "got": money(quote.got, currency.decimals, currency.code),
    }
    messages.success(request, _("Sold: %(paid)s for %(got)s.") % said)
    return redirect("wallets:overview")


def _anew(request: HttpRequest, signed: str, why: QuoteOver) -> HttpResponseBase:
    """A new price for the same."""
    actor = reader(request)
    quote = Quote.opened(signed, account_of(actor), *SALES)
    asset = _asset(quote.pays)
    try:
        offer = offer_sale(actor=actor, asset=asset, operation=quote.operation, units=quote.paid)
    except REFUSALS as refused:
        return _refused(request, refused, asset, quote.operation)
    return _confirm(request, offer, refused=[why.sentence])


def _refused(request: HttpRequest, why: Refusal | Refused, asset: Asset, operation: Operation) -> HttpResponseBase:
    """The form again, with what may be sold now."""
    return _show(
        request,
        _form(asset, operation, movable_of(why)),
        refused=sentences(why, asset, operation, account_of(reader(request))),
    )


def _form(asset: Asset | None, operation: Operation, movable: int = 0) -> SellForm:
    first = {"asset": asset.code if asset else "", "operation": operation.value}
    if asset and movable:
        first["amount"] = as_typed(movable, asset)
    return SellForm(initial=first, operations=sales_offered())


def _show(request: HttpRequest, form: SellForm, *, refused: list[str] | None = None) -> HttpResponseBase:
    return show(request, "sell.html", place="buy", form=form, refused=refused or [])


def _confirm(request: HttpRequest, offer: Sale, *, refused: list[str] | None = None) -> HttpResponseBase:
    quote, currency = offer.quote, offer.currency
    return show(
        request,
        "sell_confirm.html",
        place="buy",
        refused=refused or [],
        quote=quote,
        signed=quote.signed(),
        facts=_facts(offer),
        got=cash(quote.got, currency),
    )


def _facts(offer: Sale) -> list[dict[str, Any]]:
    quote, currency = offer.quote, offer.currency
    return [
        {"label": _("You sell"), "value": coins(quote.paid, offer.asset)},
        {"label": _("To whom"), "value": WORDS[quote.operation]},
        {"label": _("Price"), "value": rate(offer.asset, currency)},
        {"label": _("At this price"), "value": cash(quote.got + quote.fee, currency)},
        {"label": _("Fee"), "value": cash(quote.fee, currency)},
    ]


def _asset(pk: int) -> Asset:
    return Asset.objects.get(pk=pk)
