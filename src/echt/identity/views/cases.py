"""An application as a whole: beginning it, where it stands, taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.where import where
from echt.identity.actions.applying import begin as begin_application
from echt.identity.actions.applying import withdraw as withdraw_application
from echt.identity.levels import LABELS, TO_VERIFY, Level
from echt.identity.models import Case
from echt.identity.settings import identity_settings
from echt.identity.states import WITH_APPLICANT, State
from echt.identity.views.answers import REFUSALS, of_case, reader, refusal, show
from echt.identity.views.standing import standing_of
from echt.identity.views.steps import next_url
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "POST")
def begin(request: HttpRequest, level: str) -> HttpResponseBase:
    if level not in TO_VERIFY:
        raise Http404
    try:
        case = begin_application(actor=reader(request), level=Level(level), where=where(request))
    except REFUSALS as refused:
        messages.warning(request, refusal(refused))
        return redirect("identity:overview")
    return redirect("identity:case", case=case.pk)


@page(Audience.CUSTOMER, "GET")
@of_case
def case(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Leads to the next step while the case is with its applicant; later it tells where it stands."""
    if State(case.state) in WITH_APPLICANT:
        return redirect(next_url(case))
    return show(request, "case.html", line=standing_of(case))


@page(Audience.CUSTOMER, "GET", "POST")
@of_case
def withdraw(request: HttpRequest, case: Case) -> HttpResponseBase:
    if request.method != "POST":
        return show(request, "withdraw.html", name=LABELS[Level(case.level)], kept=_kept(), withdrawn=case)
    try:
        withdraw_application(actor=reader(request), case_id=case.pk, where=where(request))
    except REFUSALS as refused:
        messages.warning(request, refusal(refused))
        return redirect("identity:overview")
    messages.success(request, _("Your application is withdrawn."))
    return redirect("identity:overview")


def _kept() -> str:
    days = identity_settings().refused_days
    return _("Photos and data are deleted after %(days)s days.") % {"days": days}
