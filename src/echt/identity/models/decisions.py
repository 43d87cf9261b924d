"""Decisions about cases, proposed and confirmed, and the notes of the desk."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.identity.models.cases import Case
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose


class Verdict(StrEnum):
    """What is decided; the value is stored, so it is never renamed."""

    APPROVE = "approve"
    RETURN = "return"
    """Some items are asked for again."""
    REFUSE = "refuse"
    REVOKE = "revoke"
    """A level that was granted is taken away."""


class Decision(models.Model):
    """A decision: who proposed it, on which evidence, and who confirmed it.

    In force once `decided_at` is set; void once `voided_at` is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=16, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    reasons = models.JSONField(default=list)
    """`[{"reason", "item"}]`; at least one, unless approved."""
    message: Any = EncryptedTextField(purpose=Purpose.IDENTITY, subject="applicant_id", blank=True, default="")
    """What the reviewer adds for the applicant, in their own words."""
    note: Any = EncryptedTextField(purpose=Purpose.IDENTITY, subject="applicant_id", blank=True, default="")
    """For the desk alone."""
    evidence = models.CharField(max_length=64)
    """Digest of everything that the decision rests on (`evidence.digest_of`)."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    """None: the product itself, where the operator lets clear cases pass."""
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_because = models.CharField(max_length=32, blank=True, default="")
    """`evidence_changed`, `rejected`, `withdrawn`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at=None, voided_at=None), name="one_proposal_of_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=models.F("confirmed_by")), name="four_eyes_are_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(voided_at=None), name="a_void_decision_is_not_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.pk}"


class Note(models.Model):
    """A note of the desk about a case. Notes are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text: Any = EncryptedTextField(purpose=Purpose.IDENTITY, subject="applicant_id")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.pk)
