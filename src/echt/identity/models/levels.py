"""Levels that were granted."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.identity.levels import TO_VERIFY, last_day
from echt.identity.models.cases import Case
from echt.vault.ids import uuid7


class LevelGrant(models.Model):
    """A level of a person, from its decision until the document expires or somebody revokes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="level_grants")
    level = models.CharField(max_length=16, choices=[(level.value, level.value) for level in TO_VERIFY])
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    begins_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    """The first instant at which the document is no longer valid; None: it has no date of expiry."""
    revoked_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    """When its holder was told that it will end."""
    end_told_at = models.DateTimeField(null=True)
    """When its holder was told that it has ended."""

    class Meta:
        indexes = [models.Index(fields=["applicant", "level"], name="grant_of_applicant")]
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_grant_of_a_case"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("begins_at")), name="grant_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.pk}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it is held, in UTC; None: it has no end."""
        return None if self.ends_at is None else last_day(self.ends_at)
