"""Background work of holds. Nothing that holds or frees money waits for it."""

from datetime import timedelta

from echt.holds import risk
from echt.work.jobs import job
from echt.work.schedules import every


@every(timedelta(minutes=5))
@job()
def rescore_open() -> None:
    """Look again at what speaks for looking at an open hold."""
    risk.rescore_open()
