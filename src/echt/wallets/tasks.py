"""Background work of wallets. Each job may run any number of times, and finds out itself what is still to do."""

from datetime import timedelta

from django.conf import settings

from echt import clock
from echt.wallets.actions import custody, giving
from echt.wallets.models import Price
from echt.wallets.prices import demo, refreshing
from echt.wallets.prices.register import sources
from echt.work.jobs import Backoff, job
from echt.work.schedules import every

PRICES_KEPT = timedelta(days=1)
"""How long is kept what sources said; rates rest on seconds of it."""
PRICES_EVERY = timedelta(seconds=15)


@every(PRICES_EVERY)
@job(attempts=2, backoff=Backoff(first=5), priority=5)
def refresh_prices() -> None:
    """Ask the sources, and work the rates out anew."""
    if settings.ECHT.demo.on:
        demo.write(settings.DATA, clock.now())
    refreshing.refresh(sources())


@every(timedelta(hours=1))
@job()
def prune_prices() -> None:
    """Remove what sources said long ago."""
    Price.objects.filter(fetched_at__lt=clock.now() - PRICES_KEPT).delete()


@every(timedelta(seconds=10))
@job()
def listen_to_custody() -> None:
    """Take what custody has told of withdrawals."""
    custody.listen()


@every(timedelta(minutes=1))
@job()
def hand_over_left() -> None:
    """Hand over withdrawals that a crash left behind."""
    custody.hand_over_left()


@every(timedelta(minutes=5))
@job()
def bring_back_gifts() -> None:
    """Bring back gifts that nobody claimed in their time."""
    giving.bring_back_ended()
