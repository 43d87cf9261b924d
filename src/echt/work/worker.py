"""The worker: takes jobs from the queue, one after the other, until it is told to stop.

1. On SIGTERM or SIGINT the current job is finished, no other is begun, and the worker ends. A second signal
   ends it at
   once; its job is then taken up by another.
2. Nothing that a job raises, and no trouble with the database, ends the worker.
3. Between jobs it takes the work of dead workers, whatever their queue; and ticks of schedules, where it is a worker of
   the queue `default`.
4. It takes jobs of its own queue alone: one whose jobs need models of a gigabyte is not asked to send a mail, nor the
   other way round.
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_hex
from types import FrameType

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils.module_loading import autodiscover_modules

from echt.work.attempts import attempt_next
from echt.work.heartbeat import Heartbeat
from echt.work.queue import DEFAULT
from echt.work.reaping import reap
from echt.work.schedules import tick
from echt.work.settings import work_settings

log = structlog.get_logger("echt.work")

SIGNALS = (signal.SIGTERM, signal.SIGINT)
NAP = 0.2
"""The longest sleep in seconds, so that an idle worker stops soon."""


def queues() -> list[str]:
    """The queues there are."""
    return list(settings.TASKS["default"]["QUEUES"])


def run(queue: str = DEFAULT, poll: float | None = None) -> None:
    """Be a worker of a queue until a signal comes; `poll`: seconds between looks, instead of the setting's."""
    autodiscover_modules("tasks")
    Worker(queue, poll).run()


def run_until_idle(queue: str | None = None) -> int:
    """Do here and now everything that is due, in one queue or all, but no schedules; how many attempts that took."""
    attempts = 0
    while attempt_next(f"idle-{os.getpid()}", queue):
        attempts += 1
    return attempts


class Worker:
    def __init__(self, queue: str = DEFAULT, poll: float | None = None) -> None:
        self.name = f"{socket.gethostname()[:32]}-{os.getpid()}-{token_hex(4)}"
        self.queue = queue
        self.poll = poll or work_settings().poll
        self.round = max(self.poll, work_settings().poll)
        self.stalled = timedelta(seconds=work_settings().stalled)
        self.stopping = False
        self._next_round = 0.0

    def run(self) -> None:
        """Work until `stop`."""
        log.info("worker.started", worker=self.name, queue=self.queue)
        with _signals(self), Heartbeat(self.name, stalled=self.stalled, queue=self.queue):
            while not self.stopping:
                if not self._turn():
                    self._rest()
        log.info("worker.stopped", worker=self.name)

    def stop(self) -> None:
        """End after the current job."""
        self.stopping = True

    def _turn(self) -> bool:
        """Do one job, if one is due; whether there was one."""
        close_old_connections()
        try:
            self._go_round()
            return attempt_next(self.name, self.queue)
        except Error as error:
            log.warning("worker.database_failed", worker=self.name, error=type(error).__name__)
            connection.close()
            return False

    def _go_round(self) -> None:
        """Look after schedules and dead workers, at most once per round however many jobs there are."""
        if time.monotonic() < self._next_round:
            return
        self._next_round = time.monotonic() + self.round
        if self.queue == DEFAULT:
            tick()
        reap(stalled=self.stalled, asking=self.name)

    def _rest(self) -> None:
        until = time.monotonic() + self.poll
        while not self.stopping and time.monotonic() < until:
            time.sleep(min(NAP, self.poll))


@contextmanager
def _signals(worker: Worker) -> Iterator[None]:
    """Let the first signal stop the worker; a second one acts as it would without us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(_number: int, _frame: FrameType | None) -> None:
        worker.stop()
        restore()

    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
