"""All holds of an account, page by page: open ones, and earlier ones with what happened to each."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from echt import clock
from echt.ui.audience import Audience, page
from echt.wallets.access import account_of
from echt.wallets.hold_rows import hold_rows
from echt.wallets.models import Asset
from echt.wallets.standing import HoldPage, standing
from echt.wallets.views.answers import reader, show

EARLIER = "earlier"


@page(Audience.CUSTOMER, "GET")
def held(request: HttpRequest) -> HttpResponseBase:
    earlier, after = request.GET.get("show") == EARLIER, request.GET.get("after", "")
    found = _page(request, earlier=earlier, after=after)
    here = f"{reverse('wallets:held')}?show={EARLIER if earlier else 'open'}"
    return show(
        request,
        "held.html",
        place="overview",
        holds=hold_rows(found.lines, Asset.objects.in_bulk()),
        earlier=earlier,
        kinds=_kinds(earlier=earlier),
        older=f"{here}&{urlencode({'after': found.more})}" if found.more else "",
        newer=here if after else "",
    )


def _page(request: HttpRequest, *, earlier: bool, after: str) -> HoldPage:
    account = account_of(reader(request))
    try:
        return standing().holds(account.pk, at=clock.now(), earlier=earlier, after=after)
    except ValueError:
        raise Http404 from None


def _kinds(*, earlier: bool) -> list[dict[str, object]]:
    here = reverse("wallets:held")
    return [
        {"label": pgettext("holds", "Open"), "url": here, "current": not earlier},
        {"label": _("Earlier"), "url": f"{here}?show={EARLIER}", "current": earlier},
    ]
