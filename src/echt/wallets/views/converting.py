"""Converting one asset into another: what one would get, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.ui.audience import Audience, page
from echt.ui.formats import exact
from echt.wallets.access import account_of
from echt.wallets.actions.converting import Conversion, convert, offer_conversion
from echt.wallets.exchange_forms import ConvertForm, as_typed
from echt.wallets.gate import Refused
from echt.wallets.models import Asset
from echt.wallets.operations import Operation
from echt.wallets.quotes import Quote
from echt.wallets.refusals import QuoteOver, QuoteWrong, Refusal
from echt.wallets.templatetags.wallets import told
from echt.wallets.views.answers import reader, show, typed
from echt.wallets.views.exchanging import REFUSALS, coins, movable_of, rate, sentences, signed_quote

OPERATION = Operation.CONVERT


@page(Audience.CUSTOMER, "GET", "POST")
def conversion(request: HttpRequest) -> HttpResponseBase:
    """What one wants; with it the page tells what one gets."""
    form = ConvertForm(typed(request), initial={"source": request.GET.get("asset", "")})
    if not form.is_valid():
        return _show(request, form)
    source, target = form.chosen("source"), form.chosen("target")
    try:
        offer = offer_conversion(actor=reader(request), source=source, target=target, units=form.cleaned_data["units"])
    except REFUSALS as refused:
        return _refused(request, refused, source, target)
    return _confirm(request, offer)


@page(Audience.CUSTOMER, "POST")
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Do what was told; where that is over, tell anew."""
    actor, signed = reader(request), signed_quote(request)
    try:
        quote = convert(actor=actor, signed=signed)
    except QuoteWrong as refused:
        return _show(request, ConvertForm(), refused=[refused.sentence])
    except QuoteOver as refused:
        return _anew(request, signed, refused)
    except REFUSALS as refused:
        source, target = _assets(Quote.opened(signed, account_of(actor), OPERATION))
        return _refused(request, refused, source, target)
    source, target = _assets(quote)
    said = {"paid": told(quote.paid, source, unit=True), "got": told(quote.got, target, unit=True)}
    messages.success(request, _("Converted: %(paid)s into %(got)s.") % said)
    return redirect("wallets:overview")


def _anew(request: HttpRequest, signed: str, why: QuoteOver) -> HttpResponseBase:
    """A new price for the same."""
    actor = reader(request)
    quote = Quote.opened(signed, account_of(actor), OPERATION)
    source, target = _assets(quote)
    try:
        offer = offer_conversion(actor=actor, source=source, target=target, units=quote.paid)
    except REFUSALS as refused:
        return _refused(request, refused, source, target)
    return _confirm(request, offer, refused=[why.sentence])


def _refused(request: HttpRequest, why: Refusal | Refused, source: Asset, target: Asset) -> HttpResponseBase:
    """The form again, with what could be converted."""
    first = {"source": source.code, "target": target.code}
    if movable := movable_of(why):
        first["amount"] = as_typed(movable, source)
    return _show(
        request, ConvertForm(initial=first), refused=sentences(why, source, OPERATION, account_of(reader(request)))
    )


def _show(request: HttpRequest, form: ConvertForm, *, refused: list[str] | None = None) -> HttpResponseBase:
    return show(request, "convert.html", place="convert", form=form, refused=refused or [])


def _confirm(request: HttpRequest, offer: Conversion, *, refused: list[str] | None = None) -> HttpResponseBase:
    return show(
        request,
        "convert_confirm.html",
        place="convert",
        refused=refused or [],
        quote=offer.quote,
        signed=offer.quote.signed(),
        facts=_facts(offer),
        got=coins(offer.quote.got, offer.target),
        held=told(offer.held, offer.source, unit=True) if offer.held else "",
        held_until=exact(offer.held_until) if offer.held_until else "",
    )


def _facts(offer: Conversion) -> list[dict[str, Any]]:
    quote, target = offer.quote, offer.target
    return [
        {"label": _("You convert"), "value": coins(quote.paid, offer.source)},
        {"label": _("Rate"), "value": rate(offer.source, target)},
        {"label": _("At this rate"), "value": coins(quote.got + quote.fee, target)},
        {"label": _("Fee"), "value": coins(quote.fee, target)},
        {"label": _("You get"), "value": coins(quote.got, target)},
    ]


def _assets(quote: Quote) -> tuple[Asset, Asset]:
    return Asset.objects.get(pk=quote.pays), Asset.objects.get(pk=quote.gets)
