"""The sandbox's page: where one pays without money, and chooses what happens."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.ui.audience import Audience, page
from echt.wallets.access import Absent, own_purchase
from echt.wallets.actions.sandbox import charge_back_now, play, sandbox_of
from echt.wallets.models import Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.processors.sandbox import LABELS, OUTCOMES
from echt.wallets.purchase_rows import purchase_row
from echt.wallets.refusals import NotOffered
from echt.wallets.views.answers import reader, show

BACK_NOW = "charge_back_now"


@page(Audience.CUSTOMER, "GET", "POST")
def sandbox(request: HttpRequest, purchase: UUID) -> HttpResponseBase:
    """Where the customer pays, in the demo."""
    try:
        found = own_purchase(reader(request), purchase)
        sandbox_of(found)
        return _played(request, found) if request.method == "POST" else _show(request, found)
    except Absent:
        raise Http404 from None


def _played(request: HttpRequest, purchase: Purchase) -> HttpResponseBase:
    actor, chosen = reader(request), request.POST.get("outcome", "")
    try:
        if chosen == BACK_NOW:
            charge_back_now(actor=actor, purchase_id=purchase.pk)
        else:
            play(actor=actor, purchase_id=purchase.pk, outcome=chosen)
    except NotOffered as refused:
        return _show(request, purchase, refused=[refused.sentence])
    messages.info(request, _("The sandbox tells us in a moment what happened."))
    return redirect("wallets:purchase", purchase=purchase.pk)


def _show(request: HttpRequest, purchase: Purchase, *, refused: list[str] | None = None) -> HttpResponseBase:
    outcomes = OUTCOMES[Channel(purchase.channel)]
    return show(
        request,
        "sandbox.html",
        place="buy",
        refused=refused or [],
        row=purchase_row(purchase),
        waits=purchase.state == PurchaseState.PENDING,
        can_be_charged_back=purchase.state == PurchaseState.COMPLETED,
        outcomes=[(outcome.value, LABELS[outcome]) for outcome in outcomes],
        back_now=BACK_NOW,
    )
