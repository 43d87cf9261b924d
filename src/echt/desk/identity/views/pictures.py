"""Pictures at the desk: nothing without a reason, each look recorded, each copy marked with who looked and when."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from echt import clock
from echt.accounts.models import User
from echt.desk.answers import at_desk, reader
from echt.desk.identity.numbers import number_of
from echt.desk.identity.plates import portrait_of
from echt.desk.identity.visits import reason_of
from echt.desk.identity.watermark import marked
from echt.identity.access import Absent, picture_for
from echt.identity.actions.looking import look_at_picture
from echt.identity.models import Case, Picture
from echt.identity.permissions import Permission
from echt.identity.uploads.serving import picture_response
from echt.ui.formats import iso


@at_desk(Permission.PICTURES_LOOK, "GET")
def picture(request: HttpRequest, picture: UUID) -> HttpResponseBase:
    """The picture, or its portrait alone (`?part=portrait`); without a reason the page that asks for one."""
    found = picture_for(reader(request), picture)
    if found.applicant_id == reader(request).pk:
        raise Absent
    seen_from = _seen_from(request, found)
    why = reason_of(request, seen_from.pk)
    if not why:
        return redirect("desk:case", case=seen_from.pk)
    content = look_at_picture(actor=reader(request), picture_id=picture, why=why)
    part = portrait_of(seen_from) if request.GET.get("part") == "portrait" else None
    return picture_response(marked(content, words=mark_of(reader(request), found), part=part), found.item)


def mark_of(actor: User, picture: Picture) -> str:
    """Who looks, when, and at which case."""
    return f"{actor.display} {iso(clock.now())} {number_of(picture.case_id)}"


def _seen_from(request: HttpRequest, picture: Picture) -> Case:
    """The case whose page one is on: the picture's own, or one that takes its document over."""
    asked = request.GET.get("case", "")
    taking_over = picture.case.reused_by.filter(applicant=picture.applicant_id)
    return next((case for case in taking_over if str(case.pk) == asked), picture.case)
