"""What one has, as the pages tell it: balances in their parts, and what they are worth.

1. What has no price has no worth: it is named, and never counted as zero.
2. A price that is too old is none.
3. Worth is rounded down, so that nobody counts on more than there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from echt.wallets.models import Account, Asset, Rate
from echt.wallets.rating import ONE, exchanged
from echt.wallets.settings import wallets_settings
from echt.wallets.standing import AssetStanding, standing

BITCOIN = "BTC"


@dataclass(frozen=True, kw_only=True)
class Prices:
    """The assets that there are, and the prices that count now."""

    assets: dict[int, Asset]
    values: dict[int, int]
    """By the asset's key: 10^-18 of the reference currency for one whole coin."""
    observed_at: datetime | None
    """The oldest observation among them."""

    @property
    def reference(self) -> Asset | None:
        return self.called(wallets_settings().reference)

    def called(self, code: str) -> Asset | None:
        return next((asset for asset in self.assets.values() if asset.code == code), None)

    def worth(self, units: int, asset: int, *, in_: Asset | None) -> int | None:
        """In units of another asset, rounded down; None: a price is missing (rule 1)."""
        value, other = self.values.get(asset), self.values.get(in_.pk) if in_ else None
        if value is None or other is None or in_ is None:
            return None
        return exchanged(units, self.assets[asset], value, in_, other, up=False)


def prices(*, at: datetime) -> Prices:
    """All assets and what they are worth at this time. The reference currency is worth itself."""
    assets = {asset.pk: asset for asset in Asset.objects.all()}
    good = [*Rate.objects.filter(good_until__gt=at)]
    values = {rate.asset_id: rate.value for rate in good}
    itself = {asset.pk: ONE for asset in assets.values() if asset.code == wallets_settings().reference}
    observed = min((rate.observed_at for rate in good), default=None)
    return Prices(assets=assets, values=values | itself, observed_at=observed)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One asset of an account. `worth` None: there is no price."""

    asset: Asset
    posted: int
    movable: int
    held: int
    worth: int | None
    held_worth: int | None

    def is_small(self, reference: Asset | None) -> bool:
        """Worth less than one whole unit of the reference currency; what has no price is not."""
        return reference is not None and self.worth is not None and self.worth < reference.unit


@dataclass(frozen=True, kw_only=True)
class Release:
    """Units that are free at one instant."""

    at: datetime
    asset: Asset
    units: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All of an account. Totals are worth in the reference currency, of what has a price."""

    holdings: list[Holding]
    assets: dict[int, Asset]
    """All that there are."""
    reference: Asset | None
    total: int
    held: int
    bitcoin: int | None
    """The total in the smallest units of Bitcoin; None: it has no price."""
    observed_at: datetime | None
    unpriced: list[Asset]
    """What is not in the totals (rule 1)."""
    next_release: Release | None

    @property
    def movable(self) -> int:
        return self.total - self.held

    @property
    def is_empty(self) -> bool:
        return not self.holdings

    @property
    def has_held(self) -> bool:
        return any(holding.held for holding in self.holdings)


def overview_of(account: Account, *, at: datetime) -> Overview:
    """What the account has and what may move."""
    known, told = prices(at=at), standing().of(account.pk, at=at)
    reference, bitcoin = known.reference, known.called(BITCOIN)
    holdings = sorted((holding_of(part, known) for part in told), key=_place)
    total = sum(holding.worth or 0 for holding in holdings)
    return Overview(
        holdings=holdings,
        assets=known.assets,
        reference=reference,
        total=total,
        held=sum(holding.held_worth or 0 for holding in holdings),
        bitcoin=known.worth(total, reference.pk, in_=bitcoin) if reference else None,
        observed_at=known.observed_at,
        unpriced=[holding.asset for holding in holdings if holding.worth is None],
        next_release=next_release(told, known.assets),
    )


def holding_of(part: AssetStanding, known: Prices) -> Holding:
    return Holding(
        asset=known.assets[part.asset],
        posted=part.posted,
        movable=part.movable,
        held=part.held,
        worth=known.worth(part.posted, part.asset, in_=known.reference),
        held_worth=known.worth(part.held, part.asset, in_=known.reference),
    )


def next_release(parts: Iterable[AssetStanding], assets: dict[int, Asset]) -> Release | None:
    """The units that are free next, of whatever asset."""
    coming = [(part.next_release_at, part) for part in parts if part.next_release_at is not None]
    if not coming:
        return None
    at, part = min(coming, key=lambda pair: (pair[0], assets[pair[1].asset].order))
    return Release(at=at, asset=assets[part.asset], units=part.next_release)


def _place(holding: Holding) -> tuple[int, str]:
    return (holding.asset.order, holding.asset.code)
