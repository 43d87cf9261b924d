"""Consent to biometrics, and the challenges of the face step."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.identity.models.cases import Case
from echt.vault.fields import EncryptedJSONField, EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.models import PrivateFile
from echt.vault.purposes import Purpose


class Consent(models.Model):
    """That a person agreed to the processing of biometric data: to which text, when, and whether it still holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    text_version = models.CharField(max_length=16)
    text_digest = models.CharField(max_length=64)
    """SHA-256 of the text as it was shown."""
    language = models.CharField(max_length=2)
    where: Any = EncryptedJSONField(purpose=Purpose.IDENTITY, subject="applicant_id", null=True)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(withdrawn_at=None), name="one_consent_in_force_each"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Challenge(models.Model):
    """A liveness challenge, made by the server: once, for a short time, for one case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="challenges")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    movements = models.JSONField()
    """`findings.Movement` in the order asked for."""
    issued_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    camera: Any = EncryptedTextField(purpose=Purpose.BIOMETRIC, subject="applicant_id", null=True)
    """The name that the browser gives for the camera, which is often its owner's; None: it was not answered."""
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, null=True, related_name="+")
    """The frames as they came, until they were verified; then the ones worth keeping are pictures of the case."""
    findings: Any = EncryptedJSONField(purpose=Purpose.BIOMETRIC, subject="applicant_id", null=True)
    """`findings.Liveness` as a dictionary; None until it was verified."""
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("issued_at")), name="challenge_ends_after_it_began")
        ]

    def __str__(self) -> str:
        return str(self.pk)
