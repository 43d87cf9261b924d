"""The page of a hold, and what its customer sent."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from echt.desk.answers import at_desk, reader, show
from echt.desk.holds.forms import LookForm
from echt.desk.holds.page import context_of
from echt.desk.identity.visits import begin_visit, reason_of
from echt.holds.access import file_at_desk, hold_at_desk
from echt.holds.actions.looking import look_at_document
from echt.holds.numbers import number_of
from echt.holds.permissions import Permission
from echt.holds.refusals import HoldRefused
from echt.identity.uploads.serving import HEADERS


@at_desk(Permission.HOLDS_READ, "GET")
def hold(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    return show_hold(request, hold)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def look(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    """Take the reason for looking at appeals; the page of the hold shows what it opens."""
    found = hold_at_desk(reader(request), hold)
    form = LookForm(request.POST, auto_id="look_%s")
    if not form.is_valid():
        return show_hold(request, hold, status=HTTPStatus.UNPROCESSABLE_ENTITY, look_form=form)
    begin_visit(request, found.pk, form.cleaned_data["words"])
    return redirect("desk:held", hold=hold)


@at_desk(Permission.HOLDS_CHANGE, "GET")
def document(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """A document as it came, to be saved and never shown; without a reason the page that asks for one."""
    found = file_at_desk(reader(request), file)
    why = reason_of(request, found.appeal.hold_id)
    if not why:
        return redirect("desk:held", hold=found.appeal.hold_id)
    found, content = look_at_document(actor=reader(request), file_id=file, why=why)
    answer = HttpResponse(content, content_type="application/octet-stream", headers=HEADERS)
    name = f"{number_of(found.appeal.hold_id)}-{str(found.pk)[-4:]}.{found.kind}"
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def show_hold(request: HttpRequest, pk: UUID, *, status: HTTPStatus = HTTPStatus.OK, **forms: Any) -> HttpResponseBase:
    """The page of the hold; `forms`: as they were sent."""
    found = hold_at_desk(reader(request), pk)
    return show(request, "holds/hold.html", place="holds", status=status, **context_of(request, found, **forms))


def refuse(request: HttpRequest, pk: UUID, refused: HoldRefused) -> HttpResponseBase:
    """The page of the hold as it is now, with the sentence that says what to do."""
    messages.error(request, refused.sentence)
    return show_hold(request, pk, status=refused.status)
