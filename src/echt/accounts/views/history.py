"""The history of one's account."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from echt.accounts.history import page_of
from echt.accounts.views.answers import reader, show
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET")
def history(request: HttpRequest) -> HttpResponseBase:
    before = request.GET.get("before", "")
    begins = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None  # noqa: PLR2004  # a bigint's digits
    found = page_of(reader(request), before=begins)
    here = reverse("accounts:history")
    older = f"{here}?before={found.older}" if found.older else ""
    return show(request, "history.html", lines=found.lines, older=older, newest=here if begins else "")
