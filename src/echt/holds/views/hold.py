"""One hold: until when, what may and may not be done meanwhile, what happened to it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from echt import clock
from echt.holds.actions.proposing import firm_until
from echt.holds.causes import SENTENCES
from echt.holds.models import Appeal, AppealState, Hold
from echt.holds.numbers import number_of
from echt.holds.settings import holds_settings
from echt.holds.standing import line_of
from echt.holds.telling import cause_of, parts_of, steps_of, unblocking
from echt.holds.views.answers import of_hold, show
from echt.ui.audience import Audience, page
from echt.wallets.hold_rows import hold_row
from echt.wallets.models import Asset


@page(Audience.CUSTOMER, "GET")
@of_hold
def hold(request: HttpRequest, hold: Hold) -> HttpResponseBase:
    return show(request, "hold.html", **context_of(hold))


def context_of(hold: Hold) -> dict[str, Any]:
    """What the page of a hold shows its owner."""
    positions = list(hold.positions.select_related("balance"))
    row = hold_row(line_of(hold, positions, clock.now()), Asset.objects.in_bulk())
    appeals = list(Appeal.objects.filter(hold=hold).order_by("-made_at"))
    cause = cause_of(hold)
    return {
        "hold": hold,
        "number": number_of(hold.pk),
        "row": row,
        "parts": [part for part in parts_of(hold) if not part.is_free],
        "steps": steps_of(hold),
        "why": str(SENTENCES[cause]) if cause else "",
        "unblocks": unblocking(cause),
        "appeal": appeals[0] if appeals else None,
        **asking(hold, appeals, is_open=row.line.end is None),
    }


def asking(hold: Hold, appeals: list[Appeal], *, is_open: bool) -> dict[str, Any]:
    """Whether the owner may ask for an earlier release, and from when one can be granted."""
    waits = any(appeal.state == AppealState.OPEN for appeal in appeals)
    left = holds_settings().appeals - len(appeals)
    return {
        "waits": waits,
        "may_ask": is_open and not waits and left > 0,
        "asks_left": max(0, left),
        "firm_until": firm_until(hold),
        "is_firm": firm_until(hold) > clock.now(),
    }
