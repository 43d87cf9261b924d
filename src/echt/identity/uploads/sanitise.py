"""From what came to what may be kept: `sanitise(content)`.

1. Size and kind are judged first, then the scanner looks at the bytes as they came, and only then are they opened.
2. They are opened in a process of their own (`workers`), never in this one.
3. What comes back is a JPEG made from pixels; of the original nothing is kept.
"""

from collections.abc import Callable, Sequence

import structlog

from echt.identity.settings import identity_settings
from echt.identity.uploads.kinds import kind_of
from echt.identity.uploads.refusals import Reason, Unfit, UploadRefused
from echt.identity.uploads.scanning import Scanner, ScannerSilent, scanner_at
from echt.identity.uploads.workers import Clean, workers

__all__ = ["Clean", "sanitise", "sanitise_all"]

logger = structlog.get_logger(__name__)


def sanitise(content: bytes, *, scanner: Scanner | None = None) -> Clean:
    """The picture, made anew.

    Args:
        content: the file as it came.
        scanner: what looks at it first; the installation's own where none is given.

    Raises:
        UploadRefused: it will not do, with a sentence that says what to do.
    """
    [remade] = _remade([content], scanner or _own_scanner(), judge=kind_of)
    if isinstance(remade, Reason):
        raise UploadRefused(remade)
    return remade


def sanitise_all(contents: Sequence[bytes], *, scanner: Scanner | None = None) -> list[Clean | None]:
    """The many small pictures of one upload, made anew in one process; None for each that will not do.

    Raises:
        UploadRefused: one of them is harmful, or nobody can look at them now.
    """
    remade = _remade(contents, scanner or _own_scanner())
    return [None if isinstance(each, Reason) else each for each in remade]


def _remade(
    contents: Sequence[bytes], scanner: Scanner, judge: Callable[[bytes], object] = len
) -> list[Clean | Reason]:
    try:
        for content in contents:
            judge(content)
            _scan(content, scanner)
        return workers().remake(contents)
    except Unfit as unfit:
        raise UploadRefused(unfit.reason) from None


def _own_scanner() -> Scanner:
    return scanner_at(identity_settings().clamd)


def _scan(content: bytes, scanner: Scanner) -> None:
    try:
        found = scanner.scan(content)
    except ScannerSilent:
        logger.exception("scanner_silent")
        raise Unfit(Reason.BUSY) from None
    if found:
        logger.warning("upload_infected", found=found[:80])
        raise Unfit(Reason.INFECTED)
