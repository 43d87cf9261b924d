"""Work of dead workers, taken up again.

1. A worker without a sign of life for `stalled` is dead; what it had claimed goes back into the queue at
   once.
2. Entries are read before the signs: a worker gives a sign before it claims, so that no living one is missed.
3. A worker that asks here is between two jobs: an entry that still bears its name is one it could not
   report on.
"""

from datetime import timedelta

import structlog

from echt import clock
from echt.work import queue
from echt.work.attempts import lost
from echt.work.models import WorkerBeat

log = structlog.get_logger("echt.work")


def reap(*, stalled: timedelta, asking: str | None = None) -> int:
    """Take up the work of the dead; how many entries that were."""
    entries = queue.running()
    since = clock.now() - stalled
    seen = dict(WorkerBeat.objects.values_list("worker", "seen_at"))
    living = {worker for worker, at in seen.items() if at > since and worker != asking}
    taken = [entry for entry in entries if _worker_of(entry) not in living and _take_up(entry)]
    _forget([worker for worker, at in seen.items() if at <= since])
    return len(taken)


def _take_up(entry: queue.Entry) -> bool:
    log.warning("job.worker_died", job=entry.task_path, entry=str(entry.pk), worker=_worker_of(entry))
    return queue.settle(entry, lost(entry))


def _worker_of(entry: queue.Entry) -> str | None:
    return entry.worker_ids[-1] if entry.worker_ids else None


def _forget(dead: list[str]) -> None:
    if dead:
        WorkerBeat.objects.filter(pk__in=dead).delete()
