"""Keeping processes running until we are told to stop.

1. A process that ends is started again, after a pause that doubles up to `LONGEST` and is forgotten after `STEADY`
   seconds of work.
2. SIGTERM and SIGINT stop the processes and wait for them; what has not ended after `PATIENCE` seconds is killed.
3. No process outlives us, however we end (`lifeline`).
4. What an ended process has left behind (the web server's workers keep the port) is killed before its next start.
5. Where the first start of a process fails `TRIES` times, nothing is running that could help: we stop and say so.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import FrameType

import structlog

from echt.site.lifeline import Lifeline

PATIENCE = 30.0
STEADY = 30.0
SHORTEST, LONGEST = 0.5, 30.0
TRIES = 3
TICK = 0.1

logger = structlog.get_logger(__name__)


class Child:
    """One process, started again whenever it ends."""

    def __init__(self, name: str, command: Sequence[str], lifeline: Lifeline) -> None:
        self.name = name
        self.failures = 0
        self._command = command
        self._lifeline = lifeline
        self._due = 0.0
        self._started = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def tend(self) -> None:
        """Start the process where it is due; note where it has ended."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._due:
                self._start(now)
        elif (code := self._process.poll()) is not None:
            self._ended(now, code)

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for the end, and bring it about when the time is over."""
        if self._process is None:
            return
        try:
            self._process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            logger.warning("process_killed", name=self.name)
            self._process.kill()
            self._process.wait()

    def _start(self, now: float) -> None:
        self._started = now
        self._process = subprocess.Popen(  # noqa: S603
            self._command,
            env={**os.environ, **self._lifeline.environment()},
            pass_fds=(self._lifeline.reading,),
            start_new_session=True,
        )

    def _ended(self, now: float, code: int) -> None:
        self.failures = 1 if now - self._started >= STEADY else self.failures + 1
        pause = min(SHORTEST * 2 ** (self.failures - 1), LONGEST)
        self._clear_away()
        self._process, self._due = None, now + pause
        logger.warning("process_ended", name=self.name, code=code, again_in=pause)

    def _clear_away(self) -> None:
        """Each process leads a group of its own (`start_new_session`), which outlives it where it was killed."""
        assert self._process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


class Supervisor:
    """See the rules above."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self._commands = commands
        self._told = threading.Event()

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Keep everything running; call `announce` once, as soon as `ready`. 0 after a stop that was asked for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        with Lifeline() as lifeline:
            children = [Child(name, command, lifeline) for name, command in self._commands.items()]
            try:
                return self._tend(children, ready, announce)
            finally:
                _stop_all(children)

    def _tend(self, children: list[Child], ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        announced = False
        while not self._told.wait(TICK):
            for child in children:
                child.tend()
            if not announced and any(child.failures >= TRIES for child in children):
                print("A process does not start; the lines above say why.", file=sys.stderr)
                return 1
            if not announced and ready():
                announce()
                announced = True
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._told.set()


def _stop_all(children: list[Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait(deadline - time.monotonic())
