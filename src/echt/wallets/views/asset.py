"""One asset of one's wallets: the balance in its parts, its holds, what happened to it last."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from echt import clock
from echt.ui.audience import Audience, page
from echt.wallets.access import account_of
from echt.wallets.history import Wanted, page_of
from echt.wallets.hold_rows import hold_rows
from echt.wallets.selectors import holding_of, prices
from echt.wallets.standing import AssetStanding, standing
from echt.wallets.views.answers import reader, show

SHOWN = 10


@page(Audience.CUSTOMER, "GET")
def asset(request: HttpRequest, code: str) -> HttpResponseBase:
    account, now = account_of(reader(request)), clock.now()
    known, told = prices(at=now), standing()
    shown = known.called(code)
    if shown is None:
        raise Http404
    part = next((part for part in told.of(account.pk, at=now) if part.asset == shown.pk), None)
    found = part or AssetStanding(asset=shown.pk, posted=0, held=0, movable=0)
    lines = page_of(account, Wanted(asset=shown.pk), size=SHOWN)
    holds = told.holds(account.pk, at=now, asset=shown.pk, size=SHOWN)
    return show(
        request,
        "asset.html",
        place="overview",
        asset=shown,
        holding=holding_of(found, known),
        reference=known.reference,
        next_release_at=found.next_release_at,
        next_release=found.next_release,
        holds=hold_rows(holds.lines, known.assets),
        more_holds=bool(holds.more),
        lines=lines.lines,
        more_lines=lines.older is not None,
    )
