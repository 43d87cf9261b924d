"""The address book."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.proofs import RequestStepUp
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.wallets.access import Absent, account_of
from echt.wallets.actions.addresses import add_address, remove_address
from echt.wallets.outgoing_forms import AddressForm
from echt.wallets.refusals import AddressInUse, LooksAlike, Refusal
from echt.wallets.settings import wallets_settings
from echt.wallets.views.answers import reader, show, typed


@page(Audience.CUSTOMER, "GET", "POST")
@asks_for_proof
def addresses(request: HttpRequest) -> HttpResponseBase:
    """The book, and adding to it."""
    form = AddressForm(typed(request))
    if not form.is_valid():
        return _show(request, form)
    told = form.cleaned_data
    try:
        add_address(
            actor=reader(request),
            network=form.network_chosen,
            value=told["value"],
            label=told["label"],
            compared=told["compared"],
            step_up=RequestStepUp(request),
            where=where(request),
        )
    except LooksAlike as alike:
        form = AddressForm(request.POST, asks_to_compare=True)
        return _show(request, form, refused=[alike.sentence], other=alike.other, entered=told["value"])
    except Refusal as refused:
        form.add_error("value", refused.sentence)
        return _show(request, form)
    messages.success(request, _("The address is in your book."))
    return redirect("wallets:addresses")


@page(Audience.CUSTOMER, "POST")
def remove(request: HttpRequest, address: UUID) -> HttpResponseBase:
    try:
        remove_address(actor=reader(request), address_id=address, where=where(request))
    except Absent:
        raise Http404 from None
    except AddressInUse as refused:
        return _show(request, AddressForm(), refused=[refused.sentence])
    messages.success(request, _("The address is removed."))
    return redirect("wallets:addresses")


def _show(
    request: HttpRequest, form: AddressForm, *, refused: list[str] | None = None, **context: Any
) -> HttpResponseBase:
    now = clock.now()
    found = account_of(reader(request)).addresses.filter(removed_at=None).select_related("network__asset")
    rows = [{"address": it, "is_new": now < it.active_from} for it in found.order_by("-added_at")]
    return show(
        request,
        "addresses.html",
        place="addresses",
        form=form,
        refused=refused or [],
        rows=rows,
        hours=wallets_settings().address_delay,
        **context,
    )
