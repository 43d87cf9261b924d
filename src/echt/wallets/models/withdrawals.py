"""Withdrawals, from the request to what custody made of it."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.ids import uuid7
from echt.wallets.exact import AmountField
from echt.wallets.models.addresses import Address
from echt.wallets.models.assets import Asset, Network
from echt.wallets.models.ledger import Account, Transfer


class WithdrawalState(StrEnum):
    """The value is stored, so it is never renamed."""

    REQUESTED = "requested"
    """The money has left the balance; custody has not been asked yet. It can be cancelled."""
    HANDED_OVER = "handed_over"
    """Custody has it."""
    SENT = "sent"
    """On its way; `chain_reference` says where to look."""
    DONE = "done"
    FAILED = "failed"
    """Custody could not; the money is back."""
    CANCELLED = "cancelled"
    """By the customer in time; the money is back."""


OVER = (WithdrawalState.DONE, WithdrawalState.FAILED, WithdrawalState.CANCELLED)


class Withdrawal(models.Model):
    """Money that leaves, to an address of the customer's book."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="withdrawals")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="withdrawals")
    amount = AmountField()
    """What arrives, in the asset's units; `fee` was paid in addition."""
    fee = AmountField(default=0)
    state = models.CharField(
        max_length=12, choices=[(it.value, it.value) for it in WithdrawalState], default=WithdrawalState.REQUESTED.value
    )
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="withdrawal")
    returned_by = models.OneToOneField(Transfer, on_delete=models.PROTECT, null=True, related_name="+")
    custody_reference = models.CharField(max_length=120, blank=True, default="")
    chain_reference = models.CharField(max_length=120, blank=True, default="")
    requested_at = models.DateTimeField(default=clock.now)
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-requested_at"], name="withdrawal_of_account"),
            models.Index(fields=["state"], condition=Q(over_at=None), name="withdrawal_running"),
        ]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="withdrawal_of_something")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
