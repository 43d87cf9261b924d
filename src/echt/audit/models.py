"""The record's two tables: its events, and the head that says where the chain ends.

Both are guarded by triggers in the database (migration 0002): nobody who uses the tables through this
program, or through a database client, changes an event, takes one out, or puts one anywhere but at the end.
"""

from django.db import models

DIGEST = 32
"""Bytes of a SHA-256 digest."""

GENESIS = bytes(DIGEST)
"""What the first event has for the digest of the one before it."""


class AuditEvent(models.Model):
    """Something that happened, bound to everything that happened before it."""

    seq = models.BigIntegerField(primary_key=True, help_text="Place in the record: 1, 2, 3 ... without a gap.")
    at = models.DateTimeField()
    event = models.CharField(max_length=64, help_text="The value of the room's event, as `subject.past_participle`.")
    actor = models.UUIDField(null=True, help_text="Who did it; null is the system.")
    subject = models.UUIDField(null=True, help_text="Whom it concerns; the key of the details belongs to them.")
    details = models.BinaryField(help_text="A JSON object, sealed.")
    previous = models.BinaryField(max_length=DIGEST)
    digest = models.BinaryField(max_length=DIGEST)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["subject", "seq"], name="audit_of_subject"),
            models.Index(fields=["actor", "seq"], name="audit_by_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_begins_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"


class Head(models.Model):
    """Where the chain ends. Its one row is the lock under which the next event gets its place."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    seq = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=DIGEST, default=GENESIS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}"
