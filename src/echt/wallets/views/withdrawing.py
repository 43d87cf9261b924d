"""Withdrawing: where to and how much, what it costs, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.proofs import RequestStepUp
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.wallets.access import Absent, account_of, own_address, own_withdrawal
from echt.wallets.actions.withdrawing import (
    can_be_cancelled,
    cancel_withdrawal,
    cancellable_until,
    most_of,
    operation_of,
    request_withdrawal,
    require_possible,
)
from echt.wallets.models import Address
from echt.wallets.outgoing import amount_of
from echt.wallets.outgoing_forms import Confirmation, WithdrawForm
from echt.wallets.refusals import Refusal
from echt.wallets.views.answers import reader, show, typed
from echt.wallets.views.leaving import REFUSALS, nothing_may_move, sentences, typed_again, units_of
from echt.wallets.views.leaving import confirm as confirmation
from echt.wallets.withdrawal_rows import steps_of, withdrawal_row, withdrawal_rows

SHOWN = 20


@page(Audience.CUSTOMER, "GET", "POST")
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """Where to and how much; with it the page tells what it costs."""
    form = _form(request, bound=True)
    if not form.is_valid():
        return _show(request, form)
    actor, address = reader(request), form.chosen
    units = units_of(form, lambda: most_of(actor=actor, address=address))
    if not units:
        return _show(request, form, refused=nothing_may_move(address.network.asset))
    try:
        require_possible(actor=actor, address=address, units=units)
    except REFUSALS as refused:
        return _show(request, form, refused=_sentences(request, refused, address))
    facts = _facts(address, units)
    return confirmation(
        request, "withdraw_confirm.html", place="withdraw", units=units, facts=facts, address=str(address.pk)
    )


@page(Audience.CUSTOMER, "POST")
@asks_for_proof
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Do what was told."""
    told = Confirmation(request.POST)
    actor = reader(request)
    try:
        address = own_address(actor, told.cleaned_data["address"]) if told.is_valid() else None
    except Absent:
        address = None
    if address is None:
        return redirect("wallets:withdraw")
    try:
        made = request_withdrawal(
            actor=actor,
            address_id=address.pk,
            units=told.cleaned_data["units"],
            token=told.cleaned_data["token"],
            step_up=RequestStepUp(request),
            where=where(request),
        )
    except REFUSALS as refused:
        first = typed_again(told, address.network.asset)
        return _show(request, _form(request, first=first), refused=_sentences(request, refused, address))
    return redirect("wallets:withdrawal", withdrawal=made.pk)


@page(Audience.CUSTOMER, "GET")
def withdrawal(request: HttpRequest, withdrawal: UUID) -> HttpResponseBase:
    """One withdrawal: what happens with it."""
    return _one(request, withdrawal)


@page(Audience.CUSTOMER, "POST")
def cancel(request: HttpRequest, withdrawal: UUID) -> HttpResponseBase:
    try:
        cancel_withdrawal(actor=reader(request), withdrawal_id=withdrawal)
    except Absent:
        raise Http404 from None
    except Refusal as refused:
        return _one(request, withdrawal, refused=[refused.sentence])
    messages.success(request, _("The withdrawal is cancelled. The money is back in your wallet."))
    return redirect("wallets:withdrawal", withdrawal=withdrawal)


def _one(request: HttpRequest, pk: UUID, *, refused: list[str] | None = None) -> HttpResponseBase:
    try:
        found = own_withdrawal(reader(request), pk)
    except Absent:
        raise Http404 from None
    return show(
        request,
        "withdraw_one.html",
        place="withdraw",
        refused=refused or [],
        row=withdrawal_row(found),
        steps=steps_of(found),
        until=cancellable_until(found) if can_be_cancelled(found) else None,
    )


def _form(request: HttpRequest, *, bound: bool = False, first: dict[str, Any] | None = None) -> WithdrawForm:
    account = account_of(reader(request))
    return WithdrawForm(typed(request) if bound else None, account=account, initial=first or {})


def _show(request: HttpRequest, form: WithdrawForm, *, refused: list[str] | None = None) -> HttpResponseBase:
    rows = withdrawal_rows(account_of(reader(request)), most=SHOWN)
    return show(request, "withdraw.html", place="withdraw", form=form, refused=refused or [], rows=rows)


def _sentences(request: HttpRequest, why: Any, address: Address) -> list[str]:
    asset = address.network.asset
    return sentences(request, why, asset, operation_of(asset))


def _facts(address: Address, units: int) -> list[dict[str, Any]]:
    network, asset = address.network, address.network.asset
    return [
        {"label": _("Arrives"), "value": amount_of(units, asset)},
        {"label": _("Fee of the network"), "value": amount_of(network.fee, asset)},
        {"label": _("Leaves your wallet"), "value": amount_of(units + network.fee, asset)},
        {"label": _("Network"), "value": f"{asset.code}, {network.name}"},
        {"label": _("Name"), "value": address.label},
        {"label": _("Address"), "value": address.value, "mono": True},
    ]
