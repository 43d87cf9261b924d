"""Tables of holds: policies, holds and where their value sits, limits and what counts against them.

1. `Hold` is what a purchase made; `HoldPosition` says where its units are now, one row for each balance however often
   they were converted; `HoldEvent` is how they came there, and is never changed.
2. A unit is held while `release_at` lies in the future: a comparison, so no job has to run and no flag can be stale.
3. Frozen is held until `FOREVER`; released early is held until the instant of the release.
4. Who writes a position has locked its balance first (`engine`).
"""

from datetime import UTC, datetime
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose
from echt.wallets.exact import AmountField
from echt.wallets.models import Account, Asset, Balance, Transfer
from echt.wallets.models.ledger import Risk
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import ALL_RESTRICTED, Class

FOREVER = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
"""Stands for no end: PostgreSQL's `infinity` is no instant that Python or SQLite could hold."""


class Policy(models.Model):
    """How long what comes by a channel is held. An empty criterion means any.

    Of the policies in force that apply, the one with most criteria counts, of equals the longest (`policies`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    channel = models.CharField(max_length=12, blank=True, default="", choices=[(it.value, it.value) for it in Channel])
    country = models.CharField(max_length=3, blank=True, default="")
    """ISO 3166 alpha-3, of the person's identification."""
    level = models.CharField(max_length=12, blank=True, default="")
    risk = models.CharField(max_length=8, blank=True, default="", choices=[(it.value, it.value) for it in Risk])
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="+")
    hours = models.PositiveIntegerField()
    """N; 0: not held."""
    restricts = models.PositiveIntegerField(default=ALL_RESTRICTED)
    """`operations.bits_of` what may not be done."""
    restarts = models.BooleanField(default=False)
    """Whether a conversion begins the hours anew."""
    extends_open = models.BooleanField(default=False)
    """Whether open holds of this policy were extended when this version raised N."""
    firm_hours = models.PositiveIntegerField(default=0)
    """Hours that no early release can cut: the part that cannot be appealed."""
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="a_version_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(valid_until=None), name="one_version_in_force"),
            models.CheckConstraint(condition=Q(firm_hours__lte=models.F("hours")), name="firm_part_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Exemption(models.Model):
    """An account whose purchases are not held, for a while; decided by two people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="exemptions")
    channel = models.CharField(max_length=12, blank=True, default="", choices=[(it.value, it.value) for it in Channel])
    reason = models.TextField()
    begins_at = models.DateTimeField(null=True)
    """When the second person agreed; null: proposed."""
    ends_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("proposed_by")), name="exemption_by_two"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HoldState(StrEnum):
    """What people did with it. That its time is over is no state: it is a comparison. Stored, so never renamed."""

    RUNNING = "running"
    FROZEN = "frozen"
    RELEASED_EARLY = "released_early"
    CLAWED_BACK = "clawed_back"


class Hold(models.Model):
    """Units that came in by a purchase and may not leave before its time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="hold", db_constraint=False)
    """The transfer that brought the units in. The engine writes the hold first, so the database does not check it."""
    purchase = models.UUIDField(null=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="holds")
    channel = models.CharField(max_length=12, choices=[(it.value, it.value) for it in Channel])
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    amount = AmountField()
    acquired_at = models.DateTimeField()
    """From when N counts."""
    hours = models.PositiveIntegerField()
    release_at = models.DateTimeField()
    """Of the units that were not converted under a policy that restarts; each position has its own."""
    state = models.CharField(max_length=16, choices=[(it.value, it.value) for it in HoldState], default="running")
    score = models.PositiveSmallIntegerField(default=0)
    """0 to 100, how much it should be looked at (`risk`)."""
    marks = models.JSONField(default=list)
    """Why: values of `risk.Mark`."""

    class Meta:
        indexes = [
            models.Index(fields=["account", "-acquired_at"], name="hold_of_account"),
            models.Index(fields=["-score", "release_at"], name="hold_by_risk"),
            models.Index(fields=["release_at"], name="hold_by_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="hold_of_something"),
            models.CheckConstraint(condition=Q(score__lte=100), name="score_is_at_most_100"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class HoldPosition(models.Model):
    """Units of a hold in a balance. One row for both, however often they were converted there."""

    id = models.BigAutoField(primary_key=True)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="positions")
    balance = models.ForeignKey(Balance, on_delete=models.PROTECT, related_name="positions", db_index=False)
    remaining = AmountField()
    release_at = models.DateTimeField()
    acquired_at = models.DateTimeField()
    """Of the hold: the oldest goes first."""
    restricts = models.PositiveIntegerField()
    restart_hours = models.PositiveIntegerField(default=0)
    """Hours that a conversion begins anew; 0: it changes nothing about the end."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hold", "balance"], name="one_position_in_a_balance"),
            models.CheckConstraint(condition=Q(remaining__gte=0), name="position_is_never_negative"),
        ]
        indexes = [
            models.Index(
                fields=["balance", "release_at"],
                include=["remaining", "restricts"],
                condition=Q(remaining__gt=0),
                name="position_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.balance_id}"


class HoldChange(StrEnum):
    """What happened to a hold; the value is stored, so it is never renamed."""

    PLACED = "placed"
    MOVED = "moved"
    """Units went from one balance to another, or left with an operation that the hold does not restrict."""
    EXTENDED = "extended"
    FROZEN = "frozen"
    UNFROZEN = "unfrozen"
    RELEASED_EARLY = "released_early"
    CLAWED_BACK = "clawed_back"


class HoldEvent(models.Model):
    """A step of a hold's way; from all of them its positions can be made again (`replay`)."""

    id = models.BigAutoField(primary_key=True)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=[(it.value, it.value) for it in HoldChange])
    transfer = models.UUIDField(null=True)
    source = models.BigIntegerField(null=True)
    """The balance that units left."""
    target = models.BigIntegerField(null=True)
    """The balance that units went to."""
    taken = AmountField(default=0)
    """Units that left `source`, in its asset."""
    given = AmountField(default=0)
    """Units that came to `target`, in its asset."""
    release_at = models.DateTimeField(null=True)
    """The end that holds from here on: of the units in `target`, else of all of the hold's."""
    actor = models.UUIDField(null=True)
    second = models.UUIDField(null=True)
    """Who agreed, where two have to."""
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.hold_id}"


class Limit(models.Model):
    """How much of a class may pass in a rolling window, in satoshis. Every limit that applies binds.

    `sats` null: no limit; 0: nothing. A level for which none is in force may nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    level = models.CharField(max_length=12, blank=True, default="")
    """none, primary, advanced, institution; empty: whatever the level (a cap of a country)."""
    country = models.CharField(max_length=3, blank=True, default="")
    """ISO 3166 alpha-3; empty: everywhere."""
    counts = models.CharField(max_length=12, choices=[(it.value, it.value) for it in Class])
    window = models.PositiveIntegerField(default=24)
    """Hours."""
    sats = AmountField(null=True)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "country", "counts", "window"],
                condition=Q(valid_until=None),
                name="one_limit_in_force",
            ),
            models.CheckConstraint(condition=~Q(level="") | ~Q(country=""), name="limit_is_for_somebody"),
            models.CheckConstraint(condition=Q(sats=None) | Q(sats__gte=0), name="limit_is_not_negative"),
            models.CheckConstraint(condition=Q(window__gt=0), name="limit_has_a_window"),
        ]

    def __str__(self) -> str:
        return f"{self.level or self.country} {self.counts}"


class Usage(models.Model):
    """What counts against limits, valued once: never again at another day's price."""

    transfer = models.UUIDField(primary_key=True)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    counts = models.CharField(max_length=12, choices=[(it.value, it.value) for it in Class])
    sats = AmountField()
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    """When what did not leave gave its room back."""

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "counts", "at"],
                include=["sats"],
                condition=Q(returned_at=None),
                name="usage_of_account",
            ),
        ]

    def __str__(self) -> str:
        return str(self.transfer)


class ProposalKind(StrEnum):
    """What needs two people; the value is stored, so it is never renamed."""

    RELEASE = "release"
    CLAW_BACK = "claw_back"


class Proposal(models.Model):
    """What one person wants done with a hold and another has to agree to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12, choices=[(it.value, it.value) for it in ProposalKind])
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hold"], condition=Q(settled_at=None), name="one_open_proposal_for_a_hold"),
            models.CheckConstraint(
                condition=~Q(agreed=True) | ~Q(settled_by=models.F("proposed_by")), name="proposal_agreed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AppealState(StrEnum):
    """The value is stored, so it is never renamed."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Appeal(models.Model):
    """The customer asks for an early release, with words and documents."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="appeals")
    subject = models.UUIDField()
    """The customer, whose key seals."""
    words = EncryptedTextField(purpose=Purpose.WALLET, subject="subject")
    state = models.CharField(max_length=12, choices=[(it.value, it.value) for it in AppealState], default="open")
    made_at = models.DateTimeField(default=clock.now)
    answer = EncryptedTextField(purpose=Purpose.WALLET, subject="subject", blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hold"], condition=Q(state="open"), name="one_open_appeal_for_a_hold")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class AppealFile(models.Model):
    """A document of an appeal, sealed in the private files (`vault.files`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("vault.PrivateFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    """jpeg, png, pdf ..., found in the bytes."""
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.pk)
