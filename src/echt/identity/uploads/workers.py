"""The processes in which pictures are opened, seen from outside.

1. Each upload has a process of its own, which ends with it; `child` and `confinement` say what that can do.
2. It knows nothing of us: no environment, no descriptor but its two pipes, nothing on its command line.
3. It has `SECONDS`; then it is killed. So much it may answer and no more.
4. What it answers is a stranger's word: the JPEG must be plain (`plain_jpeg`), and the facts are cleaned once more.
5. At most `MOST` at a time; who waits longer than `PATIENCE` is told to come back.

One is kept warm while somebody uploads, so that a photo waits for no start of a process.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from signal import SIGKILL, SIGXCPU
from typing import IO, Any

from echt.identity.uploads import plain_jpeg
from echt.identity.uploads.origin import WORDS, plain
from echt.identity.uploads.reasons import Reason, Unfit

COMMAND = (sys.executable, "-I", "-m", "echt.identity.uploads.child")
SECONDS = 12.0
PATIENCE = 20.0
MOST = 2
LENGTH = 4
MOST_FACTS = 8_000
MOST_JPEG = 60_000_000

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, kw_only=True)
class Clean:
    """A picture that our own code made from pixels, and what the file it came from said of itself (`origin.WORDS`)."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    origin: dict[str, str] = field(default_factory=dict, repr=False)


class Workers:
    """The processes of this one."""

    def __init__(
        self, command: Sequence[str] = COMMAND, *, seconds: float = SECONDS, patience: float = PATIENCE
    ) -> None:
        self._command = command
        self._seconds = seconds
        self._patience = patience
        self._free = threading.BoundedSemaphore(MOST)
        self._lock = threading.Lock()
        self._warm: Process | None = None

    def warm_up(self) -> None:
        """Have a process ready."""
        with self._lock:
            self._warm = _living(self._warm) or self._started()

    def remake(self, contents: Sequence[bytes]) -> list[Clean | Reason]:
        """The pictures of one upload anew, in their order; for each that will not do, the reason.

        Raises:
            Unfit: too many are waiting (rule 5).
        """
        if not self._free.acquire(timeout=self._patience):
            raise Unfit(Reason.BUSY)
        try:
            with self._process() as process:
                _hand_over(process.stdin, contents)
                return [_answer(process) for _ in contents]
        finally:
            self._free.release()

    def close(self) -> None:
        """End the process that is warm."""
        with self._lock:
            warm, self._warm = self._warm, None
        if warm is not None:
            _ended(warm)

    @contextmanager
    def _process(self) -> Iterator[Process]:
        """A process for one upload; killed when the time is over, and in any case afterwards."""
        process = self._taken()
        over = threading.Timer(self._seconds, process.kill)
        over.start()
        try:
            yield process
        finally:
            over.cancel()
            _ended(process)

    def _taken(self) -> Process:
        with self._lock:
            process, self._warm = self._warm, None
        return _living(process) or self._started()

    def _started(self) -> Process:
        return subprocess.Popen(  # noqa: S603  # our own command, nothing of it from outside
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )


def workers() -> Workers:
    """The workers of this process; a forked one gets its own."""
    with _lock:
        found = _of_process.get(os.getpid())
        if found is None:
            found = _of_process[os.getpid()] = Workers()
            atexit.register(found.close)
    return found


_of_process: dict[int, Workers] = {}
_lock = threading.Lock()


def _living(process: Process | None) -> Process | None:
    """The process, unless it has ended by itself."""
    if process is None or process.poll() is None:
        return process
    _ended(process)
    return None


def _hand_over(stdin: IO[bytes] | None, contents: Sequence[bytes]) -> None:
    """Give it everything. One that has ended before is found out when it does not answer."""
    assert stdin is not None
    with suppress(BrokenPipeError):
        for content in contents:
            stdin.write(len(content).to_bytes(LENGTH, "big"))
            stdin.write(content)
        stdin.close()


def _answer(process: Process) -> Clean | Reason:
    assert process.stdout is not None
    try:
        facts = json.loads(_framed(process.stdout, MOST_FACTS))
        jpeg = _framed(process.stdout, MOST_JPEG)
        reason = facts.get("reason")
        return _clean(jpeg, facts) if reason is None else Reason(reason)
    except EOFError:
        return _why_it_ended(process)
    except (ValueError, AttributeError):
        process.kill()
        return Reason.DAMAGED


def _why_it_ended(process: Process) -> Reason:
    """Killed by us or by its limits, or fallen over what it read."""
    return Reason.TOO_DEMANDING if -process.wait() in {SIGKILL, SIGXCPU} else Reason.DAMAGED


def _framed(stdout: IO[bytes], most: int) -> bytes:
    length = int.from_bytes(_exactly(stdout, LENGTH), "big")
    if length > most:
        raise ValueError(length)
    return _exactly(stdout, length)


def _exactly(stdout: IO[bytes], length: int) -> bytes:
    data = stdout.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _clean(jpeg: bytes, facts: dict[str, Any]) -> Clean:
    width, height = plain_jpeg.size_of(jpeg)
    told = facts.get("origin", {})
    origin = {name: plain(told.get(name)) for name in WORDS if plain(told.get(name))}
    return Clean(jpeg=jpeg, width=width, height=height, origin=origin)


def _ended(process: Process) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.wait()
