"""Figures of the desk's work."""

from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from echt import clock
from echt.desk.answers import at_desk, show
from echt.desk.identity import figures
from echt.identity import sla
from echt.identity.permissions import Permission
from echt.identity.reasons import TEXTS
from echt.ui.formats import MINUTE, duration, in_words

PERIODS = (7, 30, 90)


@at_desk(Permission.FIGURES_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    days = _days(request)
    since = clock.now() - timedelta(days=days)
    decisions = figures.decided_since(since)
    waits = figures.waits_of(decisions)
    return show(
        request,
        "figures.html",
        place="figures",
        days=days,
        periods=PERIODS,
        waits=waits,
        median=_told(waits.median),
        p90=_told(waits.p90),
        allowed=in_words(sla.allowed()),
        passed=figures.passed_of(decisions),
        per_day=figures.per_day(since),
        reasons=[(TEXTS[reason].label, count) for reason, count in figures.reasons_of(decisions)],
        reviewers=figures.by_reviewer(since),
        queue=figures.queue_now(),
    )


def _told(wait: timedelta | None) -> str:
    """A wait is no countdown: below two minutes the seconds count, in words."""
    if wait is None:
        return "–"
    return in_words(wait) if wait < timedelta(seconds=2 * MINUTE) else duration(wait)


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(period) for period in PERIODS} else PERIODS[1]
