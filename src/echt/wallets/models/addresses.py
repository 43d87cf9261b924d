"""The address book: where a customer's withdrawals may go."""

from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose
from echt.wallets.models.assets import Network
from echt.wallets.models.ledger import Account


class Address(models.Model):
    """An address, or for fiat money a bank account. It may be used from `active_from` on, by comparison."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="addresses")
    subject = models.UUIDField()
    """The owner, whose key seals."""
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    value = EncryptedTextField(purpose=Purpose.WALLET, subject="subject")
    label = EncryptedTextField(purpose=Purpose.WALLET, subject="subject")
    index = models.CharField(max_length=64)
    """Blind index of the value: the same address in several books is found by it."""
    added_at = models.DateTimeField(default=clock.now)
    active_from = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["index"], name="address_by_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "network", "index"], condition=Q(removed_at=None), name="an_address_once_in_a_book"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
