"""Compilation by numba, once per machine and version of this source.

What was compiled is kept in the user's cache, under a hash of all of the kernel's source: numba alone looks only at the
file of a function, not at the files of those that it calls.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import types

SOURCE = Path(__file__).parent


def _cache() -> Path:
    """A folder that we may write to, named for the source."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.glob("*.py")):
        digest.update(path.read_bytes())
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "echt" / f"kernel-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="echt-kernel-"))
    return folder


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(_cache())


def is_first_use() -> bool:
    """Whether nothing is compiled yet, so that importing the kernel takes a while."""
    return not any(Path(numba.config.CACHE_DIR).glob("**/*.nbi"))


def reading(kind: Any, dimensions: int = 1) -> Any:
    """The type of an array that is only read, so that buffers of other libraries will do."""
    return types.Array(kind, dimensions, "C", readonly=True)


def compiled(*signatures: Any) -> Callable[..., Any]:
    """A decorator: machine code beside which other threads run, for these signatures or what it is called with."""
    return numba.njit([*signatures] or None, nogil=True, cache=True, boundscheck=False)
