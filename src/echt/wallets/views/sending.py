"""Sending to another customer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.proofs import RequestStepUp
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.wallets.access import account_of
from echt.wallets.actions.sending import masked, require_sendable, send_money
from echt.wallets.models import Asset
from echt.wallets.operations import Operation
from echt.wallets.outgoing import all_that_may_move, amount_of
from echt.wallets.outgoing_forms import Confirmation, SendForm
from echt.wallets.views.answers import reader, show, typed
from echt.wallets.views.leaving import REFUSALS, nothing_may_move, sentences, typed_again, units_of
from echt.wallets.views.leaving import confirm as confirmation


@page(Audience.CUSTOMER, "GET", "POST")
def send(request: HttpRequest) -> HttpResponseBase:
    """To whom and how much; the page that follows says the same of every recipient."""
    form = _form(request, bound=True)
    if not form.is_valid():
        return _show(request, form)
    actor, asset, recipient = reader(request), form.chosen, form.cleaned_data["recipient"]
    units = units_of(form, lambda: all_that_may_move(account_of(actor), Operation.SEND, asset))
    if not units:
        return _show(request, form, refused=nothing_may_move(asset))
    try:
        require_sendable(actor=actor, asset=asset, units=units, recipient=recipient)
    except REFUSALS as refused:
        return _show(request, form, refused=sentences(request, refused, asset, Operation.SEND))
    facts = [
        {"label": _("You send"), "value": amount_of(units, asset)},
        {"label": _("To whom"), "value": masked(recipient)},
        {"label": _("Fee"), "value": _("none")},
    ]
    return confirmation(
        request, "send_confirm.html", place="send", units=units, facts=facts, asset=asset.code, recipient=recipient
    )


@page(Audience.CUSTOMER, "POST")
@asks_for_proof
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Do what was told."""
    told = Confirmation(request.POST)
    asset = told.chosen if told.is_valid() else None
    if asset is None:
        return redirect("wallets:send")
    units, recipient = told.cleaned_data["units"], told.cleaned_data["recipient"]
    try:
        send_money(
            actor=reader(request),
            asset=asset,
            units=units,
            recipient=recipient,
            token=told.cleaned_data["token"],
            step_up=RequestStepUp(request),
            where=where(request),
        )
    except REFUSALS as refused:
        form = _form(request, first=typed_again(told, asset))
        return _show(request, form, refused=sentences(request, refused, asset, Operation.SEND))
    return _sent(request, units, asset, recipient)


def _sent(request: HttpRequest, units: int, asset: Asset, recipient: str) -> HttpResponseBase:
    said = {"amount": amount_of(units, asset), "recipient": masked(recipient)}
    messages.success(request, _("%(amount)s were sent to %(recipient)s.") % said)
    return redirect("wallets:history")


def _form(request: HttpRequest, *, bound: bool = False, first: dict[str, Any] | None = None) -> SendForm:
    initial = first or {"asset": request.GET.get("asset", "")}
    return SendForm(typed(request) if bound else None, account=account_of(reader(request)), initial=initial)


def _show(request: HttpRequest, form: SendForm, *, refused: list[str] | None = None) -> HttpResponseBase:
    number = str(account_of(reader(request)).pk)
    return show(request, "send.html", place="send", form=form, refused=refused or [], number=number)
