"""The data folder of an installation: its own user's only, and served by one `echt serve` at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "serve.lock"


class InUse(Exception):
    """Another process serves this folder. `process` is its number, or 0 where it has not said it yet."""

    def __init__(self, process: int) -> None:
        super().__init__(f"Another echt serve (process {process}) already works on this data folder.")
        self.process = process


def make(folder: Path) -> None:
    """Make the folder, for its own user only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder. The operating system lets go of it when the process ends, however it ends.

    Raises:
        InUse: somebody else holds it.
    """
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse(int(os.pread(descriptor, 20, 0) or 0)) from None
