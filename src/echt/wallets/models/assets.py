"""Assets, the networks on which they move, and what they are worth."""

from enum import StrEnum

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from echt import clock
from echt.wallets.exact import AmountField

PRICE_DECIMALS = 18
"""A price is a whole number of 10^-18 of the reference currency for one whole coin."""
MOST_DECIMALS = 30


class AssetKind(StrEnum):
    """The value is stored, so it is never renamed."""

    CRYPTO = "crypto"
    FIAT = "fiat"


class Asset(models.Model):
    """Something of which customers have balances. Its decimals never change: every amount counts in them."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in AssetKind])
    decimals = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST_DECIMALS)])
    order = models.PositiveSmallIntegerField(default=100)
    """Where lists show it; equal ones by their code."""
    is_active = models.BooleanField(default=True)
    """Whether it can be bought, converted and withdrawn; what is there stays visible in any case."""
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(decimals__lte=MOST_DECIMALS), name="asset_decimals_are_bounded"),
            models.CheckConstraint(condition=Q(kind__in=[it.value for it in AssetKind]), name="asset_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_fiat(self) -> bool:
        return self.kind == AssetKind.FIAT

    @property
    def unit(self) -> int:
        """Smallest units of one whole coin."""
        return int(10**self.decimals)


class Network(models.Model):
    """A chain, or for fiat money a way, on which an asset leaves. `least` and `fee` are in the asset's units."""

    id = models.SmallAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="networks")
    code = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    rule = models.CharField(max_length=16)
    """How its addresses are checked: a name in `addressing.RULES`."""
    least = AmountField(default=1)
    fee = AmountField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "code"], name="a_network_once_for_an_asset"),
            models.CheckConstraint(condition=Q(least__gt=0), name="network_least_is_something"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="network_fee_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.code


class Price(models.Model):
    """What one source said of an asset. Append-only; old ones are removed by `tasks.prune_prices`."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="prices")
    source = models.CharField(max_length=40)
    value = AmountField()
    observed_at = models.DateTimeField()
    """When the source says that it held; never later than `fetched_at`."""
    fetched_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["asset", "source", "-observed_at"], name="price_latest")]
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="price_is_positive")]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.source}"


class Rate(models.Model):
    """The price that counts now: the median of the sources that are fresh enough (`rating`).

    It counts until `good_until`, by comparison at the moment of the question; after that it is missing.
    """

    asset = models.OneToOneField(Asset, on_delete=models.PROTECT, primary_key=True, related_name="rate")
    value = AmountField()
    observed_at = models.DateTimeField()
    """The oldest of the observations that it rests on."""
    good_until = models.DateTimeField()
    sources = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="rate_is_positive")]

    def __str__(self) -> str:
        return f"{self.asset_id}"
