"""Background work keeps its own table small."""

from datetime import timedelta

from echt import clock
from echt.work import queue
from echt.work.jobs import job
from echt.work.schedules import every

KEPT = timedelta(days=7)
"""How long an entry stays in the queue's table after its job was done or given up; dead letters stay."""


@every(timedelta(hours=1))
@job()
def remove_finished() -> None:
    """Remove entries that nobody will ask about any more."""
    queue.remove_finished(before=clock.now() - KEPT)
