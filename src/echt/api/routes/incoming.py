"""What came in elsewhere: purchases and deposits."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.access import Absent
from echt.api.access import account_with
from echt.api.amounts import units_of
from echt.api.assets import asset_of, called
from echt.api.holding import given_for
from echt.api.idempotency import mark_replayed
from echt.api.problems import invalid
from echt.api.routing import Created, answered, changes, reads
from echt.api.schemas.incoming import DepositAsked, DepositGiven, PurchaseAsked, PurchaseGiven
from echt.api.scopes import Scope
from echt.wallets.actions import engine
from echt.wallets.amounts import as_text
from echt.wallets.models import Asset, Purchase
from echt.wallets.models.purchases import Channel, PurchaseState

AHEAD = timedelta(seconds=60)
"""How far another machine's clock may be ahead of ours."""
OLDEST = timedelta(days=31)


@changes("/purchases", Scope.PURCHASES_WRITE, gives={201: PurchaseGiven}, tag="purchases")
def record_purchase(request: HttpRequest, told: PurchaseAsked) -> Created:  # noqa: ARG001
    """Record a purchase, and get its hold.

    The coins are credited, and held as our policy says, from `bought_at` on. A reference of a processor counts once.
    """
    asset, currency = called(told.asset, "/asset"), called(told.currency, "/currency")
    if not currency.is_fiat:
        raise invalid("/currency", "not_fiat", _("What was paid with is a fiat currency."))
    if asset.is_fiat:
        raise invalid("/asset", "not_crypto", _("What was bought is not a fiat currency."))
    purchase, _terms = engine.record_purchase(
        told=engine.Bought(
            account=account_with(told.account).pk,
            channel=told.channel,
            asset=Asset.objects.get(pk=asset.pk),
            units=units_of(told.amount, asset, "/amount"),
            currency=Asset.objects.get(pk=currency.pk),
            paid=units_of(told.paid, currency, "/paid"),
            processor=told.processor,
            reference=told.processor_reference,
            at=_past(told.bought_at, "/bought_at"),
        )
    )
    return Created(_purchase(purchase))


@reads("/purchases/{uuid:purchase}", Scope.PURCHASES_READ, gives=PurchaseGiven, tag="purchases")
def read_purchase(request: HttpRequest, purchase: UUID) -> PurchaseGiven:  # noqa: ARG001
    """One purchase, and its hold."""
    found = Purchase.objects.filter(pk=purchase).first()
    if found is None:
        raise Absent
    return _purchase(found)


@changes("/purchases/{uuid:purchase}/chargeback", Scope.PURCHASES_WRITE, gives={200: PurchaseGiven}, tag="purchases")
def charge_back(request: HttpRequest, purchase: UUID) -> PurchaseGiven:  # noqa: ARG001
    """The payment was taken back.

    What is left of the purchase is frozen at once, wherever it was converted to. Told again, nothing changes.
    """
    return _purchase(engine.charge_back(purchase=purchase))


@changes("/deposits", Scope.DEPOSITS_WRITE, gives={201: DepositGiven}, tag="deposits")
def record_deposit(request: HttpRequest, told: DepositAsked) -> HttpResponse:  # noqa: ARG001
    """Credit what came in."""
    asset = called(told.asset, "/asset")
    units = units_of(told.amount, asset, "/amount")
    answer = engine.record_deposit(
        told=engine.Came(
            account=account_with(told.account).pk,
            asset=Asset.objects.get(pk=asset.pk),
            units=units,
            reference=told.reference,
            at=_past(told.came_at, "/came_at"),
        )
    )
    assert answer.transfer is not None  # it is kept with one
    given = DepositGiven(
        transfer=answer.transfer,
        account=told.account,
        asset=asset.code,
        amount=as_text(units, asset.decimals),
        reference=told.reference,
        hold=given_for(answer.transfer, clock.now()),
    )
    response = answered(Created(given))
    return mark_replayed(response) if answer.replayed else response


def _past(told: datetime | None, pointer: str) -> datetime:
    """When it happened.

    Raises:
        Problem: that is still to come, or too long ago to mean anything.
    """
    now = clock.now()
    if told is None:
        return now
    if not now - OLDEST <= told <= now + AHEAD:
        raise invalid(pointer, "not_now", _("This must lie in the past, and not more than 31 days ago."))
    return min(told, now)


def _purchase(purchase: Purchase) -> PurchaseGiven:
    asset = asset_of(purchase.asset_id)
    currency = asset_of(purchase.currency_id) if purchase.currency_id else None
    paid = as_text(purchase.paid, currency.decimals) if currency and purchase.paid is not None else None
    return PurchaseGiven(
        id=purchase.pk,
        account=purchase.account_id,
        channel=Channel(purchase.channel),
        state=PurchaseState(purchase.state),
        asset=asset.code,
        amount=as_text(purchase.amount, asset.decimals),
        currency=currency.code if currency else None,
        paid=paid,
        processor=purchase.processor,
        processor_reference=purchase.processor_reference,
        bought_at=purchase.created_at,
        hold=given_for(purchase.transfer_id, clock.now()),
    )
