"""Jobs that repeat.

    @every(timedelta(hours=1))
    @job()
    def prune() -> None: ...

1. A tick is taken by one worker, however many look at the same time: whoever moves `next_run` on enqueues
   the job, in
   one transaction.
2. Ticks stand on a grid. Those that passed while no worker ran are not made up for: the job runs once, then
   on the grid.
3. While the job of an earlier tick is not finished, a tick passes without another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ParamSpec

from django.db import transaction

from echt import clock
from echt.work.jobs import Job
from echt.work.models import Schedule

P = ParamSpec("P")

KEY = "schedule"


@dataclass(frozen=True)
class Repeated:
    """A job and the time from one of its ticks to the next."""

    job: Job[Any]
    interval: timedelta

    def is_due(self, next_run: datetime, now: datetime) -> bool:
        """Whether a tick is to be taken now; a `next_run` two intervals away is left from a longer one.

        One interval would not do: where another worker's clock is a little ahead, its next tick lies beyond it.
        """
        return next_run <= now or next_run > now + 2 * self.interval

    def following(self, next_run: datetime, now: datetime) -> datetime:
        """The first tick of the grid that lies in the future."""
        if next_run > now:
            return now + self.interval
        return next_run + ((now - next_run) // self.interval + 1) * self.interval


registry: dict[str, Repeated] = {}


def every(interval: timedelta | float) -> Callable[[Job[P]], Job[P]]:
    """Have a job without arguments run again and again; the interval is a `timedelta` or in seconds."""
    if not isinstance(interval, timedelta):
        interval = timedelta(seconds=interval)

    def repeat(job: Job[P]) -> Job[P]:
        registry[job.module_path] = Repeated(job, interval)
        return job

    return repeat


def tick(repeated: Mapping[str, Repeated] = registry) -> int:
    """Enqueue what is due; how many ticks this call took.

    The clock is read after the table: a time from before would call a tick late that another worker has just set.
    """
    known = Schedule.objects.in_bulk()
    now = clock.now()
    return sum(_take(job, known.get(path) or _first(path, now), now) for path, job in repeated.items())


def _first(path: str, now: datetime) -> Schedule:
    """The schedule of a job that has none yet: its first tick is now."""
    Schedule.objects.bulk_create([Schedule(job=path, next_run=now)], ignore_conflicts=True)
    return Schedule.objects.get(job=path)


def _take(repeated: Repeated, schedule: Schedule, now: datetime) -> bool:
    if not repeated.is_due(schedule.next_run, now):
        return False
    with transaction.atomic():
        following = repeated.following(schedule.next_run, now)
        unmoved = Schedule.objects.filter(job=schedule.job, next_run=schedule.next_run)
        if not unmoved.update(last_run=now, next_run=following):
            return False
        repeated.job.enqueue(key=KEY)
    return True
