"""Files that a power cut or a killed process leaves whole: the old one or the new one, never half of either."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from echt.proofs.refusals import Refused

PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755
"""A web server that runs as somebody else has to read a log, whatever the umask of the one who writes it."""
PRIVATE_FILE = 0o600


def replace(path: Path, content: bytes, *, mode: int = PUBLIC_FILE) -> None:
    """Put the content there, on the disk, in one step.

    The draft beside it has a fixed name: one writer at a time is what the lock is for, and what was killed half-way is
    overwritten by the next.
    """
    draft = path.with_name(f".{path.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    names_to_disk(path.parent)


def make_folders(folder: Path, *, below: Path) -> None:
    """Make the folder and those between it and `below`, on the disk, for everybody to read.

    Their names are brought to the disk also where they are there: who made them may have been killed before that.
    """
    if folder == below:
        return
    make_folders(folder.parent, below=below)
    if not folder.is_dir():
        folder.mkdir()
        folder.chmod(PUBLIC_FOLDER)
    names_to_disk(folder.parent)


def names_to_disk(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone_with(lock: Path) -> Iterator[None]:
    """Hold the lock. The operating system lets go of it when the process ends, however it ends.

    Raises:
        Refused: another holds it.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        _take(descriptor, lock)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, lock: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(f"Another process is writing in {lock.parent}. Try again when it is done.") from None
