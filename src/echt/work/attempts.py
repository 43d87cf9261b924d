"""One attempt at a job: run it, and say what came of it."""

from contextlib import suppress

import structlog
from django.core.exceptions import SuspiciousOperation
from django.utils.module_loading import import_string

from echt import clock
from echt.work import queue
from echt.work.failure import describe
from echt.work.jobs import Backoff, GiveUp, Job, Later

log = structlog.get_logger("echt.work")


def attempt_next(worker: str, name: str | None = None) -> bool:
    """Claim the entry that is due next in the queue of that name, or in any, and attempt it; whether there was one."""
    entry = queue.claim(worker, name)
    if entry is None:
        return False
    attempt(entry)
    return True


def attempt(entry: queue.Entry) -> None:
    """Run the claimed entry's job once and write down what came of it."""
    outcome = _run(entry)
    kept = queue.settle(entry, outcome)
    log.info(
        "job.attempted",
        job=entry.task_path,
        entry=str(entry.pk),
        attempt=len(entry.worker_ids),
        outcome=type(outcome).__name__ if kept else "Ignored",
    )


def lost(entry: queue.Entry) -> queue.Outcome:
    """What follows for an entry whose worker died: the next attempt at once, unless it was the last."""
    error = "The worker died during the attempt."
    if len(entry.worker_ids) >= _limits(entry.task_path)[0]:
        return queue.Dead(error)
    return queue.Again(clock.now(), error)


def _run(entry: queue.Entry) -> queue.Outcome:
    try:
        _job(entry.task_path).call(**entry.args_kwargs["kwargs"])
    except Later as later:
        return _postponed(entry, later)
    except GiveUp as end:
        return queue.Dead(str(end) or describe(end))
    except Exception as error:  # noqa: BLE001 (whatever a job raises is its failure, never the worker's)
        return _failed(entry, describe(error))
    return queue.Done()


def _postponed(entry: queue.Entry, later: Later) -> queue.Outcome:
    """The later time, if it is one; a job that names a past one would come round without an end."""
    if later.at <= clock.now():
        return _failed(entry, describe(later))
    return queue.Postponed(later.at)


def _failed(entry: queue.Entry, error: str) -> queue.Outcome:
    made = len(entry.worker_ids)
    attempts, backoff = _limits(entry.task_path)
    if made >= attempts:
        return queue.Dead(error)
    return queue.Again(clock.now() + backoff.after(made), error)


def _job(path: str) -> Job[...]:
    """The job that a path names.

    Raises:
        ImportError: there is nothing of that name, perhaps because this worker is older than the entry.
        SuspiciousOperation: it names something else.
    """
    found = import_string(path)
    if not isinstance(found, Job):
        raise SuspiciousOperation(f"{path} is not a job.")
    return found


def _limits(path: str) -> tuple[int, Backoff]:
    """Attempts and waits of a job; the usual ones for a job that this worker does not know."""
    with suppress(ImportError, SuspiciousOperation):
        return _job(path).attempts, _job(path).backoff
    return Job.attempts, Job.backoff
