"""The queue, a table in our own database. Nothing else touches it.

1. What is put into it in a transaction that is undone was never in it.
2. An entry has one worker at a time: it is claimed under a lock, and what a worker reports about an entry
   that meanwhile
   went to another is ignored.
3. What came of an attempt and what follows from it (another attempt, a dead letter, the key set free) are
   one transaction.
4. Every claim counts as an attempt, one whose worker died too; only a `Later` that lies ahead does not.
5. A key is held from enqueueing until the job is done or given up.
6. A worker of a queue is given that queue's entries alone.

Lock order: the entry, then its key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID, uuid4

from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from echt import clock
from echt.work.models import DeadLetter, JobKey

Entry: TypeAlias = DBTaskResult[Any, Any]

DEFAULT = "default"
"""The queue of every job that names no other."""


class Outcome(Protocol):
    """What came of an attempt."""

    def write(self, entry: Entry) -> None:
        """Write it into the entry, which is locked."""


def put(task: Task[..., None], arguments: Mapping[str, Any], *, after: datetime, key: str | None) -> UUID:
    """Put work into the queue; the entry that stands for it now."""
    entry = uuid4()
    with transaction.atomic():
        holder = entry if key is None else _hold(task.module_path, key, entry)
        if holder == entry:
            _create(entry, task, arguments, after)
    return holder


def claim(worker: str, name: str | None = None) -> Entry | None:
    """The entry that is due next in the queue of that name, or in any; now the worker's. `None`: nothing is due.

    Looking before locking keeps idle workers from taking the one write lock of SQLite twice a second.
    """
    due = DBTaskResult.objects.ready()
    if name is not None:
        due = due.filter(queue_name=name)
    if not due.exists():
        return None
    with transaction.atomic():
        entry = due.get_locked()
        if entry is not None:
            entry.claim(worker)
        return entry


def settle(claimed: Entry, outcome: Outcome) -> bool:
    """Write what came of an attempt; whether the entry was still the claimant's to write to."""
    with transaction.atomic():
        entry = DBTaskResult.objects.select_for_update().filter(pk=claimed.pk).first()
        if entry is None or entry.status != TaskResultStatus.RUNNING:
            return False
        if entry.worker_ids != claimed.worker_ids:
            return False
        outcome.write(entry)
    return True


def running() -> list[Entry]:
    """Entries that some worker claimed and has not reported on."""
    return list(DBTaskResult.objects.running())


def remove_finished(*, before: datetime) -> None:
    """Remove entries whose job was done or given up before an instant."""
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


@dataclass(frozen=True)
class Done:
    """The job did its work."""

    def write(self, entry: Entry) -> None:
        _finish(entry, TaskResultStatus.SUCCESSFUL, error="")


@dataclass(frozen=True)
class Again:
    """The attempt failed; there will be another."""

    at: datetime
    error: str

    def write(self, entry: Entry) -> None:
        entry.traceback = self.error
        _put_back(entry, self.at)


@dataclass(frozen=True)
class Postponed:
    """The job asked for a later time."""

    at: datetime

    def write(self, entry: Entry) -> None:
        entry.worker_ids = entry.worker_ids[:-1]
        _put_back(entry, self.at)


@dataclass(frozen=True)
class Dead:
    """No further attempt is made."""

    error: str

    def write(self, entry: Entry) -> None:
        key = JobKey.objects.filter(task=entry.pk).values_list("key", flat=True).first()
        DeadLetter.objects.create(
            id=entry.pk,
            job=entry.task_path,
            arguments=entry.args_kwargs["kwargs"],
            key=key,
            attempts=len(entry.worker_ids),
            error=self.error,
            at=clock.now(),
        )
        _finish(entry, TaskResultStatus.FAILED, error=self.error)


def _create(entry: UUID, task: Task[..., None], arguments: Mapping[str, Any], after: datetime) -> None:
    DBTaskResult.objects.create(
        id=entry,
        args_kwargs=normalize_json({"args": [], "kwargs": arguments}),
        priority=task.priority,
        task_path=task.module_path,
        queue_name=task.queue_name,
        backend_name=task.backend,
        run_after=after,
    )


def _hold(job: str, key: str, entry: UUID) -> UUID:
    """The entry that holds the key: `entry`, or another that is not finished.

    Between the refused insert and the look at who holds the key, its holder may finish: then it is asked
    for again.
    """
    while True:
        JobKey.objects.bulk_create([JobKey(job=job, key=key, task=entry)], ignore_conflicts=True)
        holder = JobKey.objects.filter(job=job, key=key).values_list("task", flat=True).first()
        if holder is not None:
            return holder


def _put_back(entry: Entry, at: datetime) -> None:
    entry.status = TaskResultStatus.READY
    entry.run_after = at
    entry.save(update_fields=["status", "run_after", "traceback", "worker_ids"])


def _finish(entry: Entry, status: TaskResultStatus, error: str) -> None:
    entry.status = status
    entry.traceback = error
    entry.finished_at = clock.now()
    entry.save(update_fields=["status", "traceback", "finished_at"])
    JobKey.objects.filter(task=entry.pk).delete()
