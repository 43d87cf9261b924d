"""Data keys, which seal, each wrapped under a master key; and private files, which are sealed under them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from echt import clock
from echt.vault.ids import uuid7

IN_USE = Q(retired_at=None, destroyed_at=None)
RETIRED = Q(retired_at__isnull=False, destroyed_at=None)


class DataKey(models.Model):
    """A key for one purpose, and for one person or institution (`subject`) or for nobody in particular.

    In use: seals and opens. Retired: opens only. Destroyed: the row stays, without the key, so that what was
    sealed under it is known to be unreadable on purpose.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=32)
    subject = models.UUIDField(null=True)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject"],
                condition=IN_USE & Q(subject__isnull=False),
                name="vault_one_key_of_a_subject_in_use",
            ),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=IN_USE & Q(subject__isnull=True),
                name="vault_one_key_of_nobody_in_use",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, wrapped__isnull=False)
                | Q(destroyed_at__isnull=False, wrapped__isnull=True),
                name="vault_destroyed_means_gone",
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="vault_key_by_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} key of {self.subject or 'nobody'}"

    @property
    def context(self) -> bytes:
        """What the wrapped key is bound to: this row, its purpose and its subject."""
        return f"{self.pk}|{self.purpose}|{self.subject}".encode()


class PrivateFile(models.Model):
    """A file that lies sealed in the file store (`files`), and whom it is about.

    `place` is where it lies, and changes when it is sealed anew. Once discarded, the row says only that it was there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=32)
    subject = models.UUIDField()
    size = models.PositiveIntegerField()
    """Bytes of the content, unsealed."""
    sha256 = models.CharField(max_length=64)
    """Blind index of the content's digest: equal files have equal ones, whomever they are about."""
    place = models.UUIDField(null=True, default=uuid4, unique=True)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_at=None, place__isnull=False)
                | Q(discarded_at__isnull=False, place__isnull=True, sha256=""),
                name="vault_discarded_means_gone",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="vault_file_by_content"),
            models.Index(fields=["subject", "purpose"], name="vault_file_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} file {self.pk}"
