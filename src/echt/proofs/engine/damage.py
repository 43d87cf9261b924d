"""A finished folder that is no longer what the build has left."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from echt.proofs.refusals import Refused
from echt.proofs.verify.note import BadNote
from echt.proofs.verify.reasons import Unreadable

SIGNS = (ArithmeticError, BadNote, LookupError, OSError, TypeError, Unreadable, ValueError, pa.ArrowException)
"""What reading it may bring up."""


def damaged(path: Path) -> Refused:
    return Refused(
        f"{path} is damaged: what is in it does not lead to its own statement. Fetch it from a copy, or build the"
        " snapshot again from the same balances with the same master key."
    )


@contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """Say in our words that the folder is damaged.

    Raises:
        Refused: it is.
    """
    try:
        yield
    except PermissionError:
        raise
    except SIGNS:
        raise damaged(path) from None
