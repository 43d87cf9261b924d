"""Before a worker of the queue `vision` takes its first job.

1. Without packages or models it takes none: jobs stay in the queue. It says so once, and begins when they are there.
2. Models are loaded beside the work, from the start, so that the first picture does not wait for all of them.
3. It gives way to the pages: the processor is theirs first.
"""

import os
import threading
import time
from pathlib import Path

import structlog
from django.conf import settings

from echt.identity.vision.carriers import default_folder
from echt.identity.vision.readiness import lacking

QUEUE = "vision"
PAUSE = 5.0
NICER = 5

log = structlog.get_logger(__name__)


def folder() -> Path:
    """Where the models are on this installation."""
    return settings.ECHT.identity.models or default_folder()


def prepare() -> None:
    """Wait until everything is there; then load it beside the work that begins now."""
    os.nice(NICER)
    _wait()
    threading.Thread(target=_warm, name="models", daemon=True).start()


def _wait() -> None:
    told = False
    while absent := list(lacking(folder())):
        if not told:
            for what, advice in absent:
                log.warning("vision.not_ready", what=what, advice=advice)
            told = True
        time.sleep(PAUSE)


def _warm() -> None:
    """What cannot be loaded now fails again in the job that needs it, where it is written down."""
    from echt.identity.vision.warming import warm

    began = time.monotonic()
    try:
        warm(folder())
    except Exception as error:  # noqa: BLE001 (a thread that nobody waits for has nobody to tell)
        log.warning("vision.not_loaded", error=type(error).__name__)
    else:
        log.info("vision.loaded", seconds=round(time.monotonic() - began, 1))
