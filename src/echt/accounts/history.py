"""What happened to a person's account, in words. Rooms above add the words of their events: `register(LABELS)`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from echt.accounts.events import LABELS
from echt.accounts.freeze_words import REASONS
from echt.accounts.models import FreezeReason, User
from echt.accounts.where import Where
from echt.audit.selectors import Entry, history_of

A_PAGE = 50

_labels: dict[str, Promise] = {str(event): label for event, label in LABELS.items()}


def register(labels: Mapping[Any, Promise]) -> None:
    """Know the words of these events too."""
    _labels.update({str(event): label for event, label in labels.items()})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event as its reader sees it. `more`, `device` and `address` are empty where nothing is known."""

    at: datetime
    words: str
    more: str
    device: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some events, newest first; `older` is the place where the next page begins, `None` at the end."""

    lines: list[Line]
    older: int | None


def page_of(user: User, *, before: int | None = None) -> Page:
    """The person's history from this place on."""
    entries = history_of(user.pk, limit=A_PAGE + 1, before=before)
    shown = entries[:A_PAGE]
    older = shown[-1].seq if len(entries) > A_PAGE else None
    return Page(lines=[_line(entry) for entry in shown], older=older)


def _line(entry: Entry) -> Line:
    details = entry.details or {}
    told = Where(browser=str(details.get("browser", "")), system=str(details.get("system", "")))
    return Line(
        at=entry.at,
        words=str(_labels.get(entry.event, entry.event)),
        more=_more(details),
        device=told.device if "browser" in details else "",
        address=str(details.get("ip", "")),
    )


def _more(details: Mapping[str, Any]) -> str:
    """What else the event knows that says something to its reader."""
    if "name" in details:
        return str(details["name"])
    if "days" in details:
        return ngettext("%(count)s day", "%(count)s days", details["days"]) % {"count": details["days"]}
    if "count" in details:
        return ngettext("%(count)s session", "%(count)s sessions", details["count"]) % {"count": details["count"]}
    if details.get("reason") in set(FreezeReason):
        return _("Reason: %(reason)s") % {"reason": REASONS[FreezeReason(details["reason"])]}
    return ""
