"""Tables of the API: its keys, and the answers that it gives again."""

from django.conf import settings
from django.db import models

from echt import clock
from echt.vault.ids import uuid7


class ApiKey(models.Model):
    """A key. Its secret is shown once and kept as a digest alone; the prefix is how one recognises it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of the whole key, in hex. It has 256 random bits, so it needs no slow hash."""
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    """Empty: the operator, at the machine."""
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    """When it was last used, to the hour."""

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.prefix


class StoredAnswer(models.Model):
    """The answer to a request that changes something, for whoever sends it again with the same idempotency key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    api_key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """SHA-256 of the request: method, path and body."""
    status = models.PositiveSmallIntegerField(null=True)
    """Null only inside the transaction that finds the answer."""
    kind = models.CharField(max_length=60, blank=True, default="")
    body = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["api_key", "key"], name="an_answer_once_for_a_key")]

    def __str__(self) -> str:
        return f"{self.status} {self.pk}"
