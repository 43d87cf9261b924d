"""Tables of the pages: only what limits have counted."""

from django.db import models


class LimitWindow(models.Model):
    """What one key took of one limit since its window opened. Written by `rate_limits` alone."""

    bucket = models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the limit's name and the key.")
    taken = models.PositiveBigIntegerField()
    ends = models.BigIntegerField(help_text="When the window closes, in milliseconds since 1970, UTC.")

    class Meta:
        db_table = "ui_ratelimit"
        indexes = [models.Index(fields=["ends"], name="ui_ratelimit_ends")]
        constraints = [models.CheckConstraint(condition=models.Q(taken__gte=1), name="ui_ratelimit_taken")]

    def __str__(self) -> str:
        return f"{self.bucket[:8]}: {self.taken}"
