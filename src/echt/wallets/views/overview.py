"""Wallets, Overview: what one has, what may move now, what is held and until when, how much may leave."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from echt import clock
from echt.ui.audience import Audience, page
from echt.wallets.access import account_of
from echt.wallets.hold_rows import hold_rows
from echt.wallets.limit_rows import limit_rows
from echt.wallets.selectors import Overview, overview_of
from echt.wallets.standing import standing
from echt.wallets.views.answers import HIDDEN, reader, show

SHOWN = 10
"""Holds on the overview; all of them have a page of their own."""
WHOLE = 1000


@page(Audience.CUSTOMER, "GET")
def overview(request: HttpRequest) -> HttpResponseBase:
    account, now = account_of(reader(request)), clock.now()
    found, told = overview_of(account, at=now), standing()
    hides_small = request.GET.get("small") == HIDDEN
    small = [holding for holding in found.holdings if holding.is_small(found.reference)]
    return show(
        request,
        "overview.html",
        place="overview",
        found=found,
        bar=_bar(found),
        shown=[holding for holding in found.holdings if not (hides_small and holding in small)],
        small=len(small),
        hides_small=hides_small,
        toggle_small=_with(request, small="" if hides_small else HIDDEN),
        count=told.count(account.pk, at=now),
        holds=hold_rows(told.holds(account.pk, at=now, size=SHOWN).lines, found.assets),
        limits=limit_rows(told.limits(account.pk, at=now)),
    )


def _bar(found: Overview) -> dict[str, str]:
    """The shares of the bar; empty where nothing has a price. What there is a little of is seen too."""
    if not found.total:
        return {}
    held = min(max(WHOLE * found.held // found.total, 1), WHOLE) if found.held else 0
    told = _("%(movable)s per cent may move now, %(held)s per cent is held")
    whole = (held + 5) // 10
    return {
        "free": _share(WHOLE - held),
        "gap": _share(WHOLE - held + (3 if 0 < held < WHOLE else 0)),
        "held": _share(held),
        "words": told % {"movable": 100 - whole, "held": whole},
    }


def _share(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"


def _with(request: HttpRequest, **changed: str) -> str:
    """The page with other words in its address; empty ones go."""
    kept = {name: value for name in ("small", "amounts") if (value := request.GET.get(name, ""))} | changed
    words = urlencode({name: value for name, value in kept.items() if value})
    return f"{reverse('wallets:overview')}?{words}"
