"""Purchases with fiat money, and what processors told of them."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.ids import uuid7
from echt.wallets.exact import AmountField
from echt.wallets.models.assets import Asset
from echt.wallets.models.ledger import Account, Transfer


class Channel(StrEnum):
    """How money or coins come in; policies know them. The value is stored, so it is never renamed."""

    CARD = "card"
    BANK = "bank"
    PROCESSOR = "processor"
    """A third party that sells."""
    P2P = "p2p"
    ONCHAIN = "onchain"
    """Not fiat: held only where a policy says so."""


FIAT_CHANNELS = (Channel.CARD, Channel.BANK, Channel.PROCESSOR, Channel.P2P)


class PurchaseState(StrEnum):
    """The value is stored, so it is never renamed."""

    PENDING = "pending"
    """The processor has not answered yet."""
    COMPLETED = "completed"
    """Paid; the coins are there, under their hold."""
    FAILED = "failed"
    EXPIRED = "expired"
    """Nobody paid in time."""
    CHARGED_BACK = "charged_back"
    """The money was taken back after the coins were there."""


class Purchase(models.Model):
    """Coins for fiat money. What was told before it was confirmed is kept: hours and policy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="purchases")
    channel = models.CharField(max_length=12, choices=[(it.value, it.value) for it in Channel])
    state = models.CharField(
        max_length=12, choices=[(it.value, it.value) for it in PurchaseState], default=PurchaseState.PENDING.value
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    amount = AmountField()
    currency = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+", null=True)
    paid = AmountField(null=True)
    """What it costs, in the currency's units."""
    told_hours = models.PositiveIntegerField(null=True)
    """N as it stood on the page that was confirmed; null: recorded by the exchange's engine."""
    told_policy = models.UUIDField(null=True)
    processor = models.CharField(max_length=24)
    processor_reference = models.CharField(max_length=120)
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, null=True, related_name="purchase")
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    """When it was completed, failed or expired."""
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-created_at"], name="purchase_of_account")]
        constraints = [
            models.UniqueConstraint(fields=["processor", "processor_reference"], name="a_reference_once_each"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="purchase_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Callback(models.Model):
    """What a processor told, as it came: each of its own events counts once, however often it comes."""

    id = models.BigAutoField(primary_key=True)
    processor = models.CharField(max_length=24)
    event = models.CharField(max_length=120)
    """The processor's own identifier of the event."""
    kind = models.CharField(max_length=24)
    reference = models.CharField(max_length=120)
    """Which purchase or withdrawal it is about, in the processor's words."""
    at = models.DateTimeField(default=clock.now)
    result = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["processor", "event"], name="an_event_counts_once")]

    def __str__(self) -> str:
        return f"{self.processor} {self.event}"
