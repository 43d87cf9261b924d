"""Purchases as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from echt.wallets.failures import SENTENCES, Failure
from echt.wallets.hold_rows import HoldRow, hold_row
from echt.wallets.models import Account, Asset, Callback, Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.purchase_words import CHANNELS, STATES, price_of
from echt.wallets.standing import standing
from echt.wallets.templatetags.wallets import told


@dataclass(frozen=True, kw_only=True)
class PurchaseRow:
    """A purchase in words."""

    purchase: Purchase
    amount: str
    price: str
    channel: str
    kind: str
    word: str


def purchase_rows(account: Account, *, most: int) -> Sequence[PurchaseRow]:
    """The latest first."""
    found = account.purchases.select_related("asset", "currency").order_by("-created_at", "-pk")
    return [purchase_row(purchase) for purchase in found[:most]]


def purchase_row(purchase: Purchase) -> PurchaseRow:
    kind, word = STATES[PurchaseState(purchase.state)]
    return PurchaseRow(
        purchase=purchase,
        amount=told(purchase.amount, purchase.asset, unit=True),
        price=price_of(purchase),
        channel=str(CHANNELS.get(Channel(purchase.channel), purchase.channel)),
        kind=kind,
        word=str(word),
    )


def failure_of(purchase: Purchase) -> str:
    """Why it was not completed, in a sentence, the latest that is known; empty where it was, or still may be."""
    if purchase.state not in {PurchaseState.FAILED, PurchaseState.EXPIRED}:
        return ""
    events = Callback.objects.filter(processor=purchase.processor, reference=purchase.processor_reference)
    latest = events.filter(result__contains=":").order_by("pk").last()
    why = latest.result.partition(":")[2] if latest else ""
    if why in {*Failure}:
        return str(SENTENCES[Failure(why)])
    return str(SENTENCES[Failure.EXPIRED]) if purchase.state == PurchaseState.EXPIRED else ""


def hold_of(purchase: Purchase, *, at: datetime) -> HoldRow | None:
    """The hold that it made; None: none."""
    if purchase.transfer_id is None:
        return None
    line = standing().of_purchase(purchase.pk, at=at)
    assets: dict[int, Asset] = {asset.pk: asset for asset in Asset.objects.all()}
    return hold_row(line, assets) if line else None
