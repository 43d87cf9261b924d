"""A worker's sign of life, given beside its work from a thread of its own.

1. A worker gives a sign before its first claim, so that nobody takes its work for a dead one's.
2. It gives five signs in the time after which it would count as dead.
3. A sign that fails does not end the worker; the next one follows.
"""

import threading
from datetime import timedelta
from types import TracebackType

import structlog
from django.db import Error, connection

from echt import clock
from echt.work.models import WorkerBeat
from echt.work.queue import DEFAULT

log = structlog.get_logger("echt.work")

SIGNS = 5


class Heartbeat:
    """Gives signs of life while it is entered; leaving it takes the worker off the list of the living."""

    def __init__(self, worker: str, *, stalled: timedelta, queue: str = DEFAULT) -> None:
        self.worker = worker
        self.queue = queue
        self.pause = stalled.total_seconds() / SIGNS
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        beat(self.worker, self.queue)
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        WorkerBeat.objects.filter(pk=self.worker).delete()

    def _go_on(self) -> None:
        while not self._ended.wait(self.pause):
            self._try_to_beat()
        connection.close()

    def _try_to_beat(self) -> None:
        try:
            beat(self.worker, self.queue)
        except Error as error:
            log.warning("worker.sign_failed", worker=self.worker, error=type(error).__name__)
            connection.close()


def beat(worker: str, queue: str = DEFAULT) -> None:
    """Say that the worker lives, also if others already took it for dead."""
    now = clock.now()
    if not WorkerBeat.objects.filter(pk=worker).update(seen_at=now):
        WorkerBeat.objects.create(worker=worker, queue=queue, started_at=now, seen_at=now)
