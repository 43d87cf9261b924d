"""Consent to biometrics and the face step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.where import where
from echt.identity import consents
from echt.identity.access import Absent
from echt.identity.actions.faces import (
    agree,
    answer_challenge,
    go_without_face,
    issue_challenge,
    withdraw_consent,
)
from echt.identity.findings import Movement
from echt.identity.forms import AnswerForm, ConsentForm
from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.refusals import MOVED_ON
from echt.identity.selectors import consent_of, open_items, pending_challenge
from echt.identity.views.answers import REFUSALS, of_case, reader, refusal, show, step_of_case, tell, telling, typed
from echt.identity.views.standing import asked_again
from echt.identity.views.state import face_sentences, stamp_of
from echt.identity.views.steps import next_url
from echt.identity.wording import FACE_HINTS, MOVEMENT_ICONS, MOVEMENTS
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET", "POST")
@step_of_case
def consent(request: HttpRequest, case: Case) -> HttpResponseBase:
    if Item.FACE not in open_items(case):
        return redirect(next_url(case))
    if request.POST.get("without"):
        return _without(request, case)
    form = ConsentForm(typed(request))
    refused = ""
    if form.is_valid():
        try:
            agree(actor=reader(request), text_version=request.POST.get("version", ""), where=where(request))
        except REFUSALS as error:
            refused = refusal(error)
        else:
            return redirect("identity:face", case=case.pk)
    return _show_consent(request, case, form, refused)


@page(Audience.CUSTOMER, "GET", camera=True)
@step_of_case
def face(request: HttpRequest, case: Case) -> HttpResponseBase:
    if Item.FACE not in open_items(case):
        return redirect(next_url(case))
    if consent_of(reader(request)) is None:
        return redirect("identity:consent", case=case.pk)
    return show(
        request,
        "face.html",
        case=case,
        movements=[_movement(movement) for movement in Movement],
        hints=FACE_HINTS,
        busy=pending_challenge(case) is not None,
        failed=" ".join(face_sentences(case)),
        asked=asked_again(case, Item.FACE),
        stamp=stamp_of(case),
    )


@page(Audience.CUSTOMER, "POST")
@of_case
@telling
def challenge(request: HttpRequest, case: Case) -> HttpResponseBase:
    issued = issue_challenge(actor=reader(request), case_id=case.pk)
    movements = [_movement(Movement(movement)) for movement in issued.movements]
    return JsonResponse({"challenge": str(issued.pk), "movements": movements})


@page(Audience.CUSTOMER, "POST")
@of_case
@telling
def answer(request: HttpRequest, case: Case) -> HttpResponseBase:  # noqa: ARG001  # whose it is, `of_case` has asked
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return tell(str(MOVED_ON))
    try:
        answer_challenge(
            actor=reader(request),
            challenge_id=form.cleaned_data["challenge"],
            upload_id=form.cleaned_data["upload"],
            camera=form.cleaned_data["camera"],
        )
    except Absent:
        raise Http404 from None
    return JsonResponse({})


@page(Audience.CUSTOMER, "GET", "POST")
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """Read the consent again, and withdraw it."""
    if request.method == "POST":
        withdraw_consent(actor=reader(request), where=where(request))
        messages.success(request, _("Your consent is withdrawn, and the key of your face pictures is destroyed."))
        return redirect("identity:overview")
    given = consent_of(reader(request))
    return show(request, "consent_withdraw.html", consent=given, sections=consents.sections())


def _without(request: HttpRequest, case: Case) -> HttpResponseBase:
    try:
        go_without_face(actor=reader(request), case_id=case.pk)
    except REFUSALS as error:
        return _show_consent(request, case, ConsentForm(), refusal(error))
    return redirect("identity:case", case=case.pk)


def _show_consent(request: HttpRequest, case: Case, form: ConsentForm, refused: str) -> HttpResponseBase:
    return show(
        request,
        "consent.html",
        case=case,
        form=form,
        refused=refused,
        sections=consents.sections(),
        version=consents.VERSION,
        asked=asked_again(case, Item.FACE),
    )


def _movement(movement: Movement) -> dict[str, Any]:
    return {"id": movement.value, "icon": MOVEMENT_ICONS[movement], "text": str(MOVEMENTS[movement])}
