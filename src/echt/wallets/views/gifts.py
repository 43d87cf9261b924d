"""Gifts: making one, what became of them, and the page behind a link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from echt.accounts.proofs import RequestStepUp
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.ui.settings import web_settings
from echt.wallets.access import Absent, account_of, own_gift
from echt.wallets.actions.giving import behind, claim, give, is_claimable, require_giveable, take_back
from echt.wallets.gift_rows import gift_row, gift_rows
from echt.wallets.operations import Operation
from echt.wallets.outgoing import all_that_may_move, amount_of
from echt.wallets.outgoing_forms import Confirmation, GiftForm
from echt.wallets.refusals import Refusal
from echt.wallets.settings import wallets_settings
from echt.wallets.views.answers import reader, show, typed
from echt.wallets.views.leaving import REFUSALS, nothing_may_move, sentences, typed_again, units_of
from echt.wallets.views.leaving import confirm as confirmation

SHOWN = 20


@page(Audience.CUSTOMER, "GET", "POST")
def gifts(request: HttpRequest) -> HttpResponseBase:
    """How much and with which words."""
    form = _form(request, bound=True)
    if not form.is_valid():
        return _show(request, form)
    actor, asset, words = reader(request), form.chosen, form.cleaned_data["words"]
    units = units_of(form, lambda: all_that_may_move(account_of(actor), Operation.GIFT, asset))
    if not units:
        return _show(request, form, refused=nothing_may_move(asset))
    try:
        require_giveable(actor=actor, asset=asset, units=units, words=words)
    except REFUSALS as refused:
        return _show(request, form, refused=sentences(request, refused, asset, Operation.GIFT))
    facts = [{"label": _("You give"), "value": amount_of(units, asset)}, {"label": _("Fee"), "value": _("none")}]
    facts += [{"label": _("Your words"), "value": words}] if words else []
    return confirmation(
        request, "gift_confirm.html", place="gifts", units=units, facts=facts, asset=asset.code, words=words
    )


@page(Audience.CUSTOMER, "POST")
@asks_for_proof
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Make it, and show its link, this once."""
    told = Confirmation(request.POST)
    asset = told.chosen if told.is_valid() else None
    if asset is None:
        return redirect("wallets:gifts")
    try:
        made, secret = give(
            actor=reader(request),
            asset=asset,
            units=told.cleaned_data["units"],
            words=told.cleaned_data["words"],
            token=told.cleaned_data["token"],
            step_up=RequestStepUp(request),
            where=where(request),
        )
    except REFUSALS as refused:
        form = _form(request, first=typed_again(told, asset))
        return _show(request, form, refused=sentences(request, refused, asset, Operation.GIFT))
    link = f"{web_settings().origin}{reverse('wallets:gift_link', kwargs={'secret': secret})}"
    return show(request, "gift_made.html", place="gifts", row=gift_row(made), link=link)


@page(Audience.CUSTOMER, "GET")
def gift(request: HttpRequest, gift: UUID) -> HttpResponseBase:
    """One gift, for its giver."""
    return _one(request, gift)


@page(Audience.CUSTOMER, "POST")
def bring_back(request: HttpRequest, gift: UUID) -> HttpResponseBase:
    try:
        take_back(actor=reader(request), gift_id=gift)
    except Absent:
        raise Http404 from None
    except Refusal as refused:
        return _one(request, gift, refused=[refused.sentence])
    messages.success(request, _("The gift is taken back. The money is in your wallet."))
    return redirect("wallets:gift", gift=gift)


@page(Audience.ANYONE, "GET", secret=True)
def gift_link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What is behind a link, for anybody who has it: not by whom it is."""
    return _behind(request, secret)


@page(Audience.CUSTOMER, "POST")
def gift_claim(request: HttpRequest, secret: str) -> HttpResponseBase:
    try:
        claimed = claim(actor=reader(request), secret=secret)
    except Absent:
        raise Http404 from None
    except Refusal as refused:
        return _behind(request, secret, refused=[refused.sentence])
    messages.success(request, _("%(amount)s are in your wallet.") % {"amount": gift_row(claimed).amount})
    return redirect("wallets:overview")


def _behind(request: HttpRequest, secret: str, *, refused: list[str] | None = None) -> HttpResponseBase:
    try:
        found = behind(secret)
    except Absent:
        raise Http404 from None
    return show(
        request,
        "gift_link.html",
        refused=refused or [],
        row=gift_row(found),
        secret=secret,
        is_open=is_claimable(found),
        next=reverse("wallets:gift_link", kwargs={"secret": secret}),
    )


def _one(request: HttpRequest, pk: UUID, *, refused: list[str] | None = None) -> HttpResponseBase:
    try:
        found = own_gift(reader(request), pk)
    except Absent:
        raise Http404 from None
    return show(request, "gift_one.html", place="gifts", refused=refused or [], row=gift_row(found))


def _form(request: HttpRequest, *, bound: bool = False, first: dict[str, Any] | None = None) -> GiftForm:
    initial = first or {"asset": request.GET.get("asset", "")}
    return GiftForm(typed(request) if bound else None, account=account_of(reader(request)), initial=initial)


def _show(request: HttpRequest, form: GiftForm, *, refused: list[str] | None = None) -> HttpResponseBase:
    return show(
        request,
        "gifts.html",
        place="gifts",
        form=form,
        refused=refused or [],
        rows=gift_rows(account_of(reader(request)), most=SHOWN),
        days=wallets_settings().gift_days,
    )
