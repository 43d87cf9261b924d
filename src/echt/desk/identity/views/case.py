"""The page of a case, and what every step on it answers with."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from echt.desk.answers import at_desk, reader, show
from echt.desk.identity.case_page import context_of
from echt.desk.identity.visits import begin_visit
from echt.identity.access import case_at_desk
from echt.identity.actions.claiming import claim, release
from echt.identity.actions.looking import why
from echt.identity.models.cases import WrongState
from echt.identity.permissions import Permission
from echt.identity.refusals import Refused
from echt.identity.review_refusals import ReviewRefused, Stale


@at_desk(Permission.CASES_READ, "GET")
def case(request: HttpRequest, case: UUID) -> HttpResponseBase:
    return show_case(request, case)


@at_desk(Permission.PICTURES_LOOK, "POST")
def look(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """Take the reason for looking; what it opens is shown by the page of the case."""
    found = case_at_desk(reader(request), case)
    try:
        reason = why(request.POST.get("reason", ""), request.POST.get("words", ""))
    except ReviewRefused as refused:
        return refuse(request, case, refused)
    begin_visit(request, found.pk, reason)
    return redirect("desk:case", case=case)


@at_desk(Permission.CASES_DECIDE, "POST")
def take(request: HttpRequest, case: UUID) -> HttpResponseBase:
    try:
        claim(actor=reader(request), case_id=case)
    except (Refused, WrongState) as refused:
        return refuse(request, case, refused)
    return redirect("desk:case", case=case)


@at_desk(Permission.CASES_DECIDE, "POST")
def give_back(request: HttpRequest, case: UUID) -> HttpResponseBase:
    release(actor=reader(request), case_id=case)
    return redirect("desk:queue")


def show_case(request: HttpRequest, pk: UUID, *, status: HTTPStatus = HTTPStatus.OK, **given: Any) -> HttpResponseBase:
    """The page of the case; `given`: forms as they were sent."""
    found = case_at_desk(reader(request), pk)
    return show(request, "case.html", place="queue", status=status, **context_of(request, found, **given))


def refuse(request: HttpRequest, pk: UUID, refused: Exception, **given: Any) -> HttpResponseBase:
    """The page of the case as it is now, with the sentence that says what to do."""
    messages.error(request, sentence_of(refused))
    status = refused.status if isinstance(refused, ReviewRefused) else HTTPStatus.CONFLICT
    return show_case(request, pk, status=status, **given)


def sentence_of(refused: Exception) -> str:
    return refused.sentence if isinstance(refused, Refused) else Stale().sentence
