"""What units of one asset are worth in another, at the prices that count now."""

from echt import clock
from echt.wallets.models import Asset, Rate


def worth(units: int, asset: Asset, *, in_: Asset) -> int | None:
    """Units of the other asset, rounded down; None where a price is missing or too old."""
    if asset.pk == in_.pk:
        return units
    fresh = Rate.objects.filter(asset__in=[asset.pk, in_.pk], good_until__gt=clock.now())
    rates = dict(fresh.values_list("asset_id", "value"))
    if len(rates) < 2:  # noqa: PLR2004  # both
        return None
    return units * rates[asset.pk] * in_.unit // (asset.unit * rates[in_.pk])
