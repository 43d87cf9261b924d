"""Taking one's data along, and closing the account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.actions.closing import CannotClose, close_account, export_data, objections
from echt.accounts.models import User
from echt.accounts.proofs import RequestStepUp
from echt.accounts.step_up import Sensitive
from echt.accounts.views.answers import reader, show
from echt.accounts.views.step_up import asks_for_proof, begins_with_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET", "POST")
@begins_with_proof(Sensitive.EXPORT_DATA)
def data(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return show(request, "data.html")
    told = export_data(actor=reader(request), step_up=RequestStepUp(request), where=where(request))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{clock.now():%Y-%m-%d}.json"'
    return answer


@page(Audience.CUSTOMER, "GET", "POST")
@asks_for_proof
def close(request: HttpRequest) -> HttpResponseBase:
    user = reader(request)
    if request.method != "POST":
        return show(request, "close.html", against=_against(user))
    try:
        close_account(actor=user, step_up=RequestStepUp(request), where=where(request))
    except CannotClose as refused:
        return show(request, "close.html", against=refused.sentences)
    logout(request)
    messages.success(request, _("Your account is closed. We have sent you a message about it."))
    return redirect("ui:landing")


def _against(user: User) -> list[str]:
    return [sentence for objection in objections if (sentence := objection(user))]
