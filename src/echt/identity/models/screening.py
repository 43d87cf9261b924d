"""Lists of sanctioned and politically exposed persons that the operator imports, and hits of applicants on them."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.identity.models.cases import Case
from echt.vault.fields import EncryptedJSONField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose


class ListKind(StrEnum):
    """What a list is about; the value is stored, so it is never renamed."""

    SANCTIONS = "sanctions"
    PEP = "pep"


class ScreeningList(models.Model):
    """A version of an imported list. The one in force is the latest of its name that is not retired."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in ListKind])
    version = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    entries_count = models.PositiveIntegerField()
    imported_at = models.DateTimeField(default=clock.now)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(retired_at=None), name="one_version_of_a_list_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class ScreeningEntry(models.Model):
    """A person on a list, as the list has it. Public data."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=120)
    """The list's own identifier."""
    names = models.JSONField()
    """All names and aliases, as the list writes them."""
    born = models.JSONField(default=list)
    """Dates or years of birth, `1970-01-31` or `1970`."""
    countries = models.JSONField(default=list)
    remarks = models.TextField(blank=True, default="")
    list = models.ForeignKey(ScreeningList, on_delete=models.CASCADE, related_name="entries")
    # The last field: from here on, `list` is no longer Python's.

    def __str__(self) -> str:
        return self.key


class ScreeningToken(models.Model):
    """A key of a word of a name (`screening.folding.keys`): how the few worth comparing are found in a million."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(ScreeningEntry, on_delete=models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["token", "entry"], name="screening_by_token")]

    def __str__(self) -> str:
        return self.token


class HitState(StrEnum):
    """What became of a hit; the value is stored, so it is never renamed."""

    OPEN = "open"
    CLEARED = "cleared"
    """Another person of a like name."""
    CONFIRMED = "confirmed"


class ScreeningHit(models.Model):
    """An applicant who is like an entry. A person decides whether it is the same one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hits")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(ScreeningEntry, on_delete=models.SET_NULL, null=True, related_name="+")
    shown: Any = EncryptedJSONField(purpose=Purpose.IDENTITY, subject="applicant_id")
    """The entry as it was: list, version, key, names, born, countries; outlives the entry."""
    score = models.PositiveSmallIntegerField()
    """0 to 100."""
    state = models.CharField(
        max_length=16, choices=[(state.value, state.value) for state in HitState], default=HitState.OPEN.value
    )
    found_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.score} {self.state}"
