"""What the process that opens pictures gives up, before it sees one.

1. No file, no socket, no device: it has no descriptor left to open one with.
2. No further process, nothing of another one; no byte into a file; no core dump.
3. So much processor time and so much memory, and no more.
4. Where the system can, every call that computing does not need is refused (`system_calls`).
"""

import resource
from contextlib import suppress

from echt.identity.uploads.system_calls import shut

CPU_SECONDS = 8
MEMORY = 1 << 30
LIMITS = {
    "RLIMIT_CPU": CPU_SECONDS,
    "RLIMIT_AS": MEMORY,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_CORE": 0,
    "RLIMIT_NOFILE": 3,
}


def confine() -> None:
    """Give it up, for good: the hard limits go down with the soft ones."""
    for name, limit in LIMITS.items():
        _lower(name, limit)
    if not shut():
        _lower("RLIMIT_NPROC", 0)  # counts threads on Linux, so that HEIC is lost where there is no filter


def _lower(name: str, limit: int) -> None:
    with suppress(AttributeError, ValueError, OSError):  # macOS knows some of them by name only
        resource.setrlimit(getattr(resource, name), (limit, limit))
