"""Gifts: coins that wait for whoever has the link."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose
from echt.wallets.exact import AmountField
from echt.wallets.models.assets import Asset
from echt.wallets.models.ledger import Account, Transfer


class GiftState(StrEnum):
    """The value is stored, so it is never renamed."""

    OPEN = "open"
    CLAIMED = "claimed"
    TAKEN_BACK = "taken_back"
    """By the giver, or because its time was over."""


class Gift(models.Model):
    """Coins given away by a link. The link's secret is kept as a digest alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="gifts")
    subject = models.UUIDField()
    """The giver, whose key seals the words."""
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    amount = AmountField()
    words = EncryptedTextField(purpose=Purpose.WALLET, subject="subject", blank=True, default="")
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=[(it.value, it.value) for it in GiftState], default="open")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="gift")
    ended_by = models.OneToOneField(Transfer, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-given_at"], name="gift_of_account")]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="gift_of_something")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
