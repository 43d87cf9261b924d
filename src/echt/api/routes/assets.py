"""Assets, and what they are worth."""

from django.http import HttpRequest

from echt import clock
from echt.api.amounts import RATE_DECIMALS
from echt.api.routing import reads
from echt.api.schemas.accounts import AssetGiven, Assets, RateGiven, Rates
from echt.api.scopes import Scope
from echt.wallets.amounts import as_text
from echt.wallets.models import Asset, Rate
from echt.wallets.models.assets import AssetKind
from echt.wallets.settings import wallets_settings


@reads("/assets", Scope.ASSETS_READ, gives=Assets, tag="assets")
def list_assets(request: HttpRequest) -> Assets:  # noqa: ARG001
    """All assets."""
    items = [
        AssetGiven(
            code=asset.code,
            name=asset.name,
            kind=AssetKind(asset.kind),
            decimals=asset.decimals,
            is_active=asset.is_active,
        )
        for asset in Asset.objects.all()
    ]
    return Assets(items=items)


@reads("/rates", Scope.ASSETS_READ, gives=Rates, tag="assets")
def list_rates(request: HttpRequest) -> Rates:  # noqa: ARG001
    """What a whole coin is worth.

    The median of the sources that were fresh enough. An asset without a rate can be counted against no limit.
    """
    now, currency = clock.now(), wallets_settings().reference
    items = [
        RateGiven(
            asset=rate.asset.code,
            currency=currency,
            price=as_text(rate.value, RATE_DECIMALS),
            observed_at=rate.observed_at,
            good_until=rate.good_until,
            is_good=rate.good_until > now,
            sources=rate.sources,
        )
        for rate in Rate.objects.select_related("asset").order_by("asset__order", "asset__code")
    ]
    return Rates(items=items)
