"""Smaller steps on a case: notes, hold, list hits."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.desk.answers import at_desk, reader, show
from echt.desk.identity.forms import HitForm, HoldForm
from echt.desk.identity.hits import hit_for, open_hits
from echt.desk.identity.views.case import refuse, show_case
from echt.identity.actions.holding import hold, resume
from echt.identity.actions.noting import add_note
from echt.identity.actions.screening import decide_hit
from echt.identity.models.cases import WrongState
from echt.identity.permissions import Permission
from echt.identity.refusals import Refused


@at_desk(Permission.CASES_DECIDE, "POST")
def note(request: HttpRequest, case: UUID) -> HttpResponseBase:
    try:
        add_note(actor=reader(request), case_id=case, text=request.POST.get("text", ""))
    except Refused as refused:
        return refuse(request, case, refused)
    messages.success(request, _("Your note is kept."))
    return redirect("desk:case", case=case)


@at_desk(Permission.CASES_DECIDE, "POST")
def put_on_hold(request: HttpRequest, case: UUID) -> HttpResponseBase:
    form = HoldForm(request.POST, auto_id="hold_%s")
    if not form.is_valid():
        return show_case(request, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, hold_form=form)
    try:
        hold(
            actor=reader(request),
            case_id=case,
            version=form.cleaned_data["version"],
            why=form.cleaned_data["text"],
        )
    except (Refused, WrongState) as refused:
        return refuse(request, case, refused, hold_form=form)
    messages.success(request, _("On hold. The clock stands."))
    return redirect("desk:case", case=case)


@at_desk(Permission.CASES_DECIDE, "POST")
def take_off_hold(request: HttpRequest, case: UUID) -> HttpResponseBase:
    try:
        resume(actor=reader(request), case_id=case)
    except (Refused, WrongState) as refused:
        return refuse(request, case, refused)
    messages.success(request, _("Back in review. The clock goes on."))
    return redirect("desk:case", case=case)


@at_desk(Permission.HITS_DECIDE, "GET")
def hits(request: HttpRequest) -> HttpResponseBase:
    """Every undecided hit, also of persons who hold a level already."""
    return show(request, "hits.html", place="hits", lines=open_hits(reader(request)))


@at_desk(Permission.HITS_DECIDE, "POST")
def hit(request: HttpRequest, hit: UUID) -> HttpResponseBase:
    found = hit_for(reader(request), hit)
    form = HitForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether it is the same person, and write down what shows it."))
        return show_case(request, found.case_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        same = form.cleaned_data["same"] == "yes"
        decide_hit(actor=reader(request), hit_id=hit, same=same, why=form.cleaned_data["why"])
    except (Refused, WrongState) as refused:
        return refuse(request, found.case_id, refused)
    messages.success(request, _("Recorded."))
    return redirect("desk:case", case=found.case_id)
