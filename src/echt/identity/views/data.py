"""What the document says: read by the machine, confirmed or corrected by its holder."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.identity.actions.applying import confirm_data
from echt.identity.documents import TYPED, Field
from echt.identity.findings import Reading, Source
from echt.identity.forms import DataForm
from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.models.cases import PictureState
from echt.identity.refusals import DataRefused, NotOffered
from echt.identity.selectors import SIDES, current_picture, is_reading, open_items, reading_of, required_items
from echt.identity.views.answers import reader, show, step_of_case, typed
from echt.identity.views.photos import Shown, name_of_side, shown
from echt.identity.views.standing import asked_again
from echt.identity.views.state import stamp_of
from echt.identity.views.steps import next_url, url_of
from echt.identity.wording import SOURCES
from echt.ui.audience import Audience, page


@dataclass(frozen=True)
class Line:
    """A field, and where its value was read."""

    field: BoundField
    source: str = ""
    icon: str = ""


@page(Audience.CUSTOMER, "GET", "POST")
@step_of_case
def data(request: HttpRequest, case: Case) -> HttpResponseBase:
    if Item.DATA not in open_items(case) or not case.kind:
        return redirect(next_url(case))
    refused = _side_refused(case)
    if refused is not None:
        return redirect(url_of(case, refused))
    form = DataForm(typed(request), initial=_initial(case))
    if form.is_valid() and _confirmed(request, case, form):
        return redirect("identity:case", case=case.pk)
    if request.method == "GET" and "by-hand" not in request.GET and _is_waiting(case):
        return show(request, "data.html", case=case, reading=True, progress=_progress(case), stamp=stamp_of(case))
    return show(
        request,
        "data.html",
        case=case,
        form=form,
        lines=_lines(case, form),
        pictures=pictures_of(case),
        asked=asked_again(case, Item.DATA),
    )


def pictures_of(case: Case) -> list[Shown]:
    """The pictures of the document, with their files."""
    found = [(side, current_picture(case, side)) for side in SIDES]
    return [shown(picture, name=name_of_side(case, side)) for side, picture in found if picture and picture.file_id]


def _confirmed(request: HttpRequest, case: Case, form: DataForm) -> bool:
    try:
        confirm_data(actor=reader(request), case_id=case.pk, typed=form.typed)
    except DataRefused as refused:
        for field, sentence in refused.faults.items():
            form.add_error(field.value, sentence)
        return False
    except NotOffered as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def _initial(case: Case) -> dict[str, str]:
    if case.typed is not None:
        return {field.value: case.typed.get(field.value, "") for field in TYPED}
    reading = reading_of(case)
    return {field.value: reading.best(field) for field in TYPED} if reading else {}


def _lines(case: Case, form: DataForm) -> list[Line]:
    reading = reading_of(case)
    return [_line(form[field.value], field, reading) for field in TYPED]


def _line(bound: BoundField, field: Field, reading: Reading | None) -> Line:
    value = str(bound.value() or "")
    source = _source_of(field, value, reading) if reading and value else None
    if source is None:
        return Line(bound)
    if source is Source.MRZ and reading and reading.check_digits.get(field.value):
        return Line(bound, _("Read from the machine-readable lines; its check digit is right"), "check")
    return Line(bound, str(SOURCES[source]), "info")


def _source_of(field: Field, value: str, reading: Reading) -> Source | None:
    """Where the value was read; nowhere, once it was corrected."""
    return next((source for source in Source if reading.fields.get(source, {}).get(field) == value), None)


def _side_refused(case: Case) -> Item | None:
    pictures = {side: current_picture(case, side) for side in SIDES if side in required_items(case)}
    return next((side for side, picture in pictures.items() if picture and picture.state == PictureState.REFUSED), None)


def _is_waiting(case: Case) -> bool:
    """Whether the machine is busy with the pictures or with reading them."""
    waits = any(picture.state == PictureState.WAITING for picture in _pictures(case))
    return case.typed is None and (waits or is_reading(case))


def _pictures(case: Case) -> list[Any]:
    return [picture for side in SIDES if (picture := current_picture(case, side))]


def _progress(case: Case) -> list[dict[str, str]]:
    """What the machine does, one after the other."""
    waits = any(picture.state == PictureState.WAITING for picture in _pictures(case))
    running = {"kind": "running", "icon": "rotate", "word": _("checking")}
    done = {"kind": "success", "icon": "check-circle", "word": _("good")}
    waiting = {"kind": "", "icon": "clock", "word": _("waits")}
    return [
        {"label": _("Photos: sharp, whole and the original"), **(running if waits else done)},
        {"label": _("Read what the document says"), **(waiting if waits else running)},
    ]
