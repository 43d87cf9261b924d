"""A child process that ends with its parent, however the parent ends.

1. The parent holds the writing end of a pipe and never writes. The operating system closes it when the parent is
   gone, also after `kill -9`, on Linux and macOS alike.
2. The child reads. The end of the file is the end of the parent: the child stops as on SIGTERM, and is gone
   `GRACE` seconds later in any case.
3. Only the supervisor's own children hold the reading end; nothing else inherits either.
"""

import os
import signal
import threading
import time
from typing import Self

VARIABLE = "ECHT_LIFELINE"
GRACE = 20
"""Seconds that the work in hand may take."""


class Lifeline:
    """The parent's side."""

    def __init__(self) -> None:
        self.reading, self._writing = os.pipe()

    def environment(self) -> dict[str, str]:
        """What tells the child where to read."""
        return {VARIABLE: str(self.reading)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.reading)
        os.close(self._writing)


def hold() -> None:
    """The child's side: from now on, end with the parent. Without a parent that watches, nothing happens."""
    given = os.environ.pop(VARIABLE, None)
    if given is None:
        return
    descriptor = int(given)
    os.set_inheritable(descriptor, False)
    threading.Thread(target=_wait, args=(descriptor,), name="lifeline", daemon=True).start()


def _wait(descriptor: int) -> None:
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
