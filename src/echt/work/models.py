"""What background work keeps beside the queue itself: keys, dead letters, schedules, signs of life.

The queue is the table of django-tasks; only `queue` touches it.
"""

from django.db import models


class JobKey(models.Model):
    """A key under which an unfinished job stands, so that the same work is not put into the queue twice."""

    task = models.UUIDField(primary_key=True, help_text="The queue's entry that holds the key.")
    job = models.CharField(max_length=200, help_text="Module and name of the job's function.")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="work_one_job_per_key")]

    def __str__(self) -> str:
        return f"{self.job} {self.key}"


class DeadLetter(models.Model):
    """A job that was given up, kept until somebody has it tried again."""

    id = models.UUIDField(primary_key=True, help_text="The queue's entry that was given up.")
    job = models.CharField(max_length=200)
    arguments = models.JSONField()
    key = models.CharField(max_length=200, null=True)
    attempts = models.PositiveIntegerField()
    error = models.TextField(help_text="What kind of error and where; never a value that the job worked on.")
    at = models.DateTimeField()
    retried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["retried_at", "-at"], name="work_open_dead_letters")]

    def __str__(self) -> str:
        return f"{self.job} {self.at}"


class Schedule(models.Model):
    """When a job that repeats runs next."""

    job = models.CharField(primary_key=True, max_length=200)
    last_run = models.DateTimeField(null=True)
    next_run = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job} {self.next_run}"


class WorkerBeat(models.Model):
    """A worker's last sign of life."""

    worker = models.CharField(primary_key=True, max_length=64)
    queue = models.CharField(max_length=32, default="default", help_text="The queue whose jobs it takes.")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.seen_at}"
