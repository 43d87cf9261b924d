"""Purchases in words: their state, their channel, and their mails."""

from typing import Any, TypeVar

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.accounts.models import User
from echt.ui.formats import money
from echt.wallets.mails import OfPurchase
from echt.wallets.models import Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.templatetags.wallets import told

CHANNELS: dict[Channel, Promise] = {
    Channel.CARD: _("Card"),
    Channel.BANK: _("Bank transfer"),
    Channel.PROCESSOR: _("Payment service"),
    Channel.P2P: _("From another person (P2P)"),
}
STATES: dict[PurchaseState, tuple[str, Promise]] = {
    PurchaseState.PENDING: ("info", _("Waits for payment")),
    PurchaseState.COMPLETED: ("success", _("Completed")),
    PurchaseState.FAILED: ("danger", _("Not completed")),
    PurchaseState.EXPIRED: ("", _("Not paid in time")),
    PurchaseState.CHARGED_BACK: ("danger", _("Charged back")),
}
"""Kind of the component and its word."""
Kind = TypeVar("Kind", bound=OfPurchase)


def mail_of(kind: type[Kind], purchase: Purchase, owner: User, **values: Any) -> Kind:
    """A mail about the purchase, its amounts as its reader writes them."""
    with translation.override(owner.language):
        amount, paid = told(purchase.amount, purchase.asset, unit=True), price_of(purchase)
    address = reverse("wallets:purchase", kwargs={"purchase": purchase.pk})
    return kind(to=owner, amount=amount, paid=paid, address=address, **values)


def price_of(purchase: Purchase) -> str:
    """What it cost; nothing where that is not known."""
    if purchase.paid is None or purchase.currency is None:
        return "–"
    return money(purchase.paid, purchase.currency.decimals, purchase.currency.code)
