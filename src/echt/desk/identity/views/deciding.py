"""Decisions: made, looked at before they are made, confirmed, rejected, taken back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.desk.answers import at_desk, reader, show
from echt.desk.identity.forms import DecisionForm, RevokeForm
from echt.desk.identity.letters import letter_of
from echt.desk.identity.numbers import number_of
from echt.desk.identity.views.case import refuse, show_case
from echt.identity.access import Absent, case_at_desk
from echt.identity.actions.confirming import confirm, reject, take_back
from echt.identity.actions.deciding import propose
from echt.identity.actions.revoking import revoke_level
from echt.identity.models import Decision
from echt.identity.models.cases import WrongState
from echt.identity.models.decisions import Verdict
from echt.identity.permissions import Permission
from echt.identity.refusals import Refused

DONE: dict[Verdict, Promise] = {
    Verdict.APPROVE: _("Approved. The applicant gets a message."),
    Verdict.RETURN: _("Sent back. The applicant gets a message."),
    Verdict.REFUSE: _("Refused. The applicant gets a message."),
    Verdict.REVOKE: _("The level is revoked. The applicant gets a message."),
}
WAITS = _("Proposed. Another person must confirm it before it counts.")


@at_desk(Permission.CASES_DECIDE, "POST")
def decide(request: HttpRequest, case: UUID) -> HttpResponseBase:
    form = DecisionForm(request.POST, auto_id="decision_%s")
    if not form.is_valid():
        return show_case(request, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, decision_form=form)
    try:
        decision = propose(
            actor=reader(request),
            case_id=case,
            version=form.cleaned_data["version"],
            verdict=Verdict(form.cleaned_data["verdict"]),
            reasons=form.chosen(),
            message=form.cleaned_data["message"],
            note=form.cleaned_data["note"],
        )
    except (Refused, WrongState) as refused:
        return refuse(request, case, refused, decision_form=form)
    _say(request, decision)
    return redirect("desk:queue")


@at_desk(Permission.CASES_DECIDE, "POST")
def preview(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """The message that the applicant would get; nothing is decided."""
    found = case_at_desk(reader(request), case)
    form = DecisionForm(request.POST, auto_id="decision_%s")
    if not form.is_valid():
        return show_case(request, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, decision_form=form)
    letter = letter_of(found, Verdict(form.cleaned_data["verdict"]), form.chosen(), form.cleaned_data["message"])
    return show(request, "preview.html", place="queue", case=found, number=number_of(found.pk), letter=letter)


@at_desk(Permission.LEVELS_REVOKE, "POST")
def revoke(request: HttpRequest, case: UUID) -> HttpResponseBase:
    form = RevokeForm(request.POST, auto_id="revoke_%s")
    if not form.is_valid():
        return show_case(request, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, revoke_form=form)
    try:
        decision = revoke_level(
            actor=reader(request),
            case_id=case,
            reasons=form.chosen(),
            message=form.cleaned_data["message"],
            note=form.cleaned_data["note"],
        )
    except (Refused, WrongState) as refused:
        return refuse(request, case, refused, revoke_form=form)
    _say(request, decision)
    return redirect("desk:case", case=case)


@at_desk(Permission.CASES_DECIDE, "POST")
def confirm_it(request: HttpRequest, decision: UUID) -> HttpResponseBase:
    return _second(request, decision, confirm)


@at_desk(Permission.CASES_DECIDE, "POST")
def reject_it(request: HttpRequest, decision: UUID) -> HttpResponseBase:
    return _second(request, decision, reject, why=request.POST.get("text", ""))


@at_desk(Permission.CASES_DECIDE, "POST")
def take_it_back(request: HttpRequest, decision: UUID) -> HttpResponseBase:
    return _second(request, decision, take_back)


def _second(request: HttpRequest, pk: UUID, act: Callable[..., Decision], **values: Any) -> HttpResponseBase:
    """Do something with a proposal; a refusal is shown on the page of its case."""
    try:
        decision = act(actor=reader(request), decision_id=pk, **values)
    except (Refused, WrongState) as refused:
        return refuse(request, _case_of(pk), refused)
    if decision.decided_at:
        _say(request, decision)
    return redirect("desk:case", case=decision.case_id)


def _case_of(pk: UUID) -> UUID:
    found = Decision.objects.filter(pk=pk).first()
    if found is None:
        raise Absent
    return found.case_id


def _say(request: HttpRequest, decision: Decision) -> None:
    messages.success(request, str(DONE[Verdict(decision.verdict)] if decision.decided_at else WAITS))
