"""Uploads under way: what was announced, and the parts that have come so far, each a private file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from echt import clock
from echt.identity.items import PICTURES
from echt.vault.ids import uuid7
from echt.vault.models import PrivateFile


class Upload(models.Model):
    """A file of an applicant that is on its way, or has come and waits to be used (`parts`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    item = models.CharField(max_length=16, choices=[(item.value, item.value) for item in sorted(PICTURES)])
    size = models.PositiveIntegerField()
    """Bytes that were announced."""
    received = models.PositiveIntegerField(default=0)
    """Bytes that have come: the offset at which the next part begins."""
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_is_not_empty"),
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_holds_no_more_than_announced"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(received=F("size")), name="upload_finished_means_complete"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "changed_at"], name="upload_by_owner"),
            models.Index(fields=["created_at"], name="upload_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class UploadPart(models.Model):
    """A part of an upload, from `offset` on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    offset = models.PositiveIntegerField()
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_part_of_an_upload_at_an_offset")]
        ordering = ["offset"]

    def __str__(self) -> str:
        return f"{self.upload_id} from {self.offset}"
