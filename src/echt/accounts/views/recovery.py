"""Recovery codes: how many are left, and new ones, shown once."""

from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.actions.recovery_codes import NoSecondFactor, make_recovery_codes
from echt.accounts.factors import RECOVERY_CODES, has_second_factor, recovery_codes_left
from echt.accounts.proofs import RequestStepUp
from echt.accounts.views.answers import reader, show
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.ui.settings import brand_settings


@page(Audience.CUSTOMER, "GET", "POST")
@asks_for_proof
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    user = reader(request)
    if request.method == "POST":
        return _make(request)
    return show(
        request,
        "recovery_codes.html",
        left=recovery_codes_left(user),
        all=RECOVERY_CODES,
        has_factor=has_second_factor(user),
    )


def _make(request: HttpRequest) -> HttpResponseBase:
    try:
        codes = make_recovery_codes(actor=reader(request), step_up=RequestStepUp(request), where=where(request))
    except NoSecondFactor:
        return redirect("accounts:recovery_codes")
    return show(request, "recovery_codes_made.html", codes=codes, file=_as_file(codes))


def _as_file(codes: list[str]) -> str:
    """The codes as a text file inside a `data:` address: the server keeps none of them for a download."""
    title = _("Recovery codes for %(brand)s") % {"brand": brand_settings().name}
    text = "\n".join([title, "", *codes, ""])
    return f"data:text/plain;charset=utf-8,{quote(text)}"
