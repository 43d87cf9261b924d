"""Big files past the page cache (O_DIRECT), where the system can do that.

What we put aside is read once and then thrown away: the cache would only copy it, and push out what others need. On
virtual machines whose memory is lent by the host, each new page of cache costs far more than the write itself
(`benchmarks/README.md`). A file system that cannot do it is written to in the ordinary way.
"""

import errno
import mmap
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ALIGNED = 4096
STAGE = 8 << 20
DIRECT = getattr(os, "O_DIRECT", 0)
PRIVATE = 0o600
Bytes = NDArray[np.uint8]

_own = threading.local()


def write(path: Path, content: Bytes) -> None:
    """A new file with this content, on the disk when we return."""
    stage = _stage()
    with _opened(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as descriptor:
        for start in range(0, len(content), STAGE):
            piece = content[start : start + STAGE]
            stage[: len(piece)] = piece
            _write(descriptor, stage[: _up(len(piece))], start)
        os.ftruncate(descriptor, len(content))
        os.fsync(descriptor)


def read(path: Path, offset: int, into: Bytes) -> None:
    """Fill `into` from the file.

    Raises:
        EOFError: the file ends before.
    """
    with _opened(path, os.O_RDONLY) as descriptor:
        while len(into):
            skipped = offset % ALIGNED
            stage = _stage()[: min(STAGE, _up(skipped + len(into)))]
            got = os.preadv(descriptor, [stage.data], offset - skipped) - skipped
            if got <= 0:
                raise EOFError(path)
            got = min(got, len(into))
            into[:got] = stage[skipped : skipped + got]
            into, offset = into[got:], offset + got


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    try:
        descriptor = os.open(path, flags | DIRECT, PRIVATE)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        descriptor = os.open(path, flags, PRIVATE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: Bytes, offset: int) -> None:
    while len(content):
        written = os.pwrite(descriptor, content.data, offset)
        content, offset = content[written:], offset + written


def _stage() -> Bytes:
    """Page-aligned memory of the thread, through which everything goes."""
    if not hasattr(_own, "stage"):
        _own.stage = np.frombuffer(mmap.mmap(-1, STAGE), np.uint8)
    stage: Bytes = _own.stage
    return stage


def _up(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
