"""The ledger: accounts, balances, transfers and their postings.

1. The postings of a transfer sum to zero in every asset.
2. Postings and transfers are never changed or removed; the database refuses.
3. A customer's balance is the sum of their postings of the asset, is never negative, and every posting of a customer
   names the balance after it.
4. A key names one request of an account for ever; its answer is kept with it, a refusal too.

Postings name account and asset without foreign keys: only the engine writes them, from rows that it has locked, and
checking four keys of each would cost a fifth of a transfer. `echt doctor` looks for what should not be.
"""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.ids import uuid7
from echt.wallets.exact import AmountField
from echt.wallets.models.assets import Asset
from echt.wallets.operations import Operation


class AccountKind(StrEnum):
    """The value is stored, so it is never renamed."""

    CUSTOMER = "customer"
    HOUSE = "house"


class Risk(StrEnum):
    """How risky we hold an account to be; the value is stored, so it is never renamed."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Account(models.Model):
    """Somebody's money with us, or a side of the house. Its row is the lock of its limits and keys."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=[(it.value, it.value) for it in AccountKind], default="customer")
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="account")
    reference = models.CharField(max_length=64, null=True, unique=True)
    """How the exchange's own engine names it; for an account of the house its `house.House`."""
    risk = models.CharField(max_length=8, choices=[(risk.value, risk.value) for risk in Risk], default="normal")
    institution_until = models.DateTimeField(null=True)
    """Until when it is held by a verified institution; never set: by a person."""
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[it.value for it in AccountKind]), name="account_kind_known"),
            models.CheckConstraint(condition=Q(risk__in=[risk.value for risk in Risk]), name="account_risk_known"),
            models.CheckConstraint(condition=Q(kind="customer") | Q(owner=None), name="house_has_no_owner"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Balance(models.Model):
    """How much of an asset a customer has. `posted` holds held units too: those are in `holds.HoldPosition`."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="balances")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    posted = AmountField(default=0)
    version = models.BigIntegerField(default=0)
    """How many postings made it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "asset"], name="one_balance_of_an_asset"),
            models.CheckConstraint(condition=Q(posted__gte=0), name="balance_is_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.asset_id}"


class Outcome(StrEnum):
    """The value is stored, so it is never renamed."""

    DONE = "done"
    REFUSED = "refused"


class Transfer(models.Model):
    """One request to move money and its answer; a refused one has no postings."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    """Whose request it was: who pays, or who is credited."""
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    """Of the request, so that the same key with another one is found (`moving.Movement.digest`)."""
    operation = models.CharField(max_length=16, choices=[(it.value, it.value) for it in Operation])
    outcome = models.CharField(max_length=8, choices=[(it.value, it.value) for it in Outcome])
    answer = models.JSONField()
    """What was answered, with everything that it rested on (`answers.Answer`)."""
    reference = models.UUIDField(null=True)
    """The purchase, withdrawal, gift ... that it belongs to."""
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="a_key_once_for_an_account")]
        indexes = [
            models.Index(fields=["reference"], condition=~Q(reference=None), name="transfer_of_reference"),
            models.Index(fields=["account", "-id"], condition=Q(outcome="refused"), name="transfer_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.pk}"


class Posting(models.Model):
    """One side of a transfer. `after`: the balance with it; null for an account of the house."""

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, related_name="postings", db_constraint=False, db_index=True
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    amount = AmountField()
    after = AmountField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="posting_of_account")]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.account_id}"
