"""A countdown: the time left first, the exact end below it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from echt import clock
from echt.ui import formats

SOON = timedelta(hours=4)
VERY_SOON = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """What the countdown's template shows."""

    seconds: int
    """Left now; 0 when it is over."""
    left: str
    share: int | None
    """Passed, 0 to 100; nothing where the begin is not known."""
    kind: str
    until: str
    iso: str
    exact: str
    reason: str
    icon: str


def remaining(
    until: datetime,
    *,
    since: datetime | None = None,
    share: int | None = None,
    reason: str = "",
    held: bool = False,
    icon: str = "",
) -> dict[str, Any]:
    """The context of the countdown. `held`: it is about what may not move, and never looks harmless."""
    left = max(until - clock.now(), timedelta())
    return asdict(
        Remaining(
            seconds=int(left.total_seconds()),
            left=_left(left),
            share=share if since is None else _share(until - since, left),
            kind=_kind(left, held=held),
            until=gettext("until %(moment)s") % {"moment": formats.day_and_time(until)},
            iso=formats.iso(until),
            exact=formats.exact(until),
            reason=gettext("Reason: %(reason)s") % {"reason": reason} if reason else "",
            icon=icon or ("hold" if held else "clock"),
        )
    )


def _left(time: timedelta) -> str:
    return gettext("%(time)s left") % {"time": formats.duration(time)} if time else gettext("over")


def _share(whole: timedelta, left: timedelta) -> int:
    return 100 if whole <= timedelta() else 100 * (whole - min(left, whole)) // whole


def _kind(left: timedelta, *, held: bool) -> str:
    if left < VERY_SOON:
        return "danger"
    return "warning" if held or left < SOON else ""
