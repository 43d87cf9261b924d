"""Photos of the document: the page of a side, what the camera's module adds, and one's own pictures."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from echt.accounts.models import User
from echt.identity.access import Absent, picture_for
from echt.identity.actions.pictures import add_picture
from echt.identity.documents import DocumentKind
from echt.identity.forms import AddForm, PhotoForm
from echt.identity.items import Item
from echt.identity.models import Case, Picture
from echt.identity.models.cases import PictureState
from echt.identity.refusals import MOVED_ON
from echt.identity.selectors import SIDES, current_picture, open_items, required_items
from echt.identity.uploads import parts
from echt.identity.uploads.serving import picture_response
from echt.identity.views.answers import REFUSALS, of_case, reader, refusal, show, step_of_case, tell, telling, typed
from echt.identity.views.in_memory import is_too_big, keeps_files_in_memory
from echt.identity.views.standing import asked_again
from echt.identity.views.state import outline_of, sentences_of, stamp_of
from echt.identity.views.steps import next_url
from echt.identity.wording import CORNER_HINTS, HINTS
from echt.identity.wording import SIDES as NAMES
from echt.ui.audience import Audience, page
from echt.vault import files

CARD, PASSPORT = 1.586, 1.42
"""Width by height."""


@dataclass(frozen=True)
class Shown:
    """A picture on a page. `outline`: the document's corners, for a polygon in a square of 1000."""

    url: str
    name: str
    width: int
    height: int
    waits: bool = False
    sentences: tuple[str, ...] = ()
    outline: str = ""


@csrf_exempt  # `csrf_protect` asks for the token below, once the file has its place in memory
@page(Audience.CUSTOMER, "GET", "POST", camera=True)
@keeps_files_in_memory
@csrf_protect
@step_of_case
def photo(request: HttpRequest, case: Case, item: str) -> HttpResponseBase:
    side = _side(item)
    if side not in open_items(case) or side not in required_items(case):
        return redirect(next_url(case))
    form = PhotoForm(typed(request), request.FILES or None, too_big=is_too_big(request))
    refused = ""
    if form.is_valid():
        try:
            _add_file(request, case, side, form)
        except REFUSALS as error:
            refused = refusal(error)
        else:
            return redirect("identity:photo", case=case.pk, item=side.value)
    return _show(request, case, side, form, refused)


@page(Audience.CUSTOMER, "POST")
@of_case
@telling
def add(request: HttpRequest, case: Case) -> HttpResponseBase:
    form = AddForm(request.POST)
    if not form.is_valid() or form.cleaned_data["item"] not in SIDES:
        return tell(str(MOVED_ON))
    added = add_picture(
        actor=reader(request),
        case_id=case.pk,
        item=Item(form.cleaned_data["item"]),
        upload_id=form.cleaned_data["upload"],
        scan=form.cleaned_data["scan"],
    )
    return JsonResponse({"picture": str(added.pk)})


@page(Audience.CUSTOMER, "GET")
def picture(request: HttpRequest, picture: UUID) -> HttpResponseBase:
    """One's own picture; the desk has a page of its own for it."""
    try:
        return _own_picture(reader(request), picture)
    except (Absent, files.Destroyed):
        raise Http404 from None


def shown(picture: Picture, *, name: str) -> Shown:
    """A picture as a page shows it; without address where its file is gone."""
    outline = outline_of(picture)
    return Shown(
        url=reverse("identity:picture", args=[picture.pk]) if picture.file_id else "",
        name=name,
        width=picture.width,
        height=picture.height,
        waits=picture.state == PictureState.WAITING,
        sentences=tuple(sentences_of(picture)),
        outline=" ".join(f"{1000 * x:.0f},{1000 * y:.0f}" for x, y in outline),
    )


def name_of_side(case: Case, side: Item) -> str:
    return str(NAMES[DocumentKind(case.document.kind), side])


def _own_picture(actor: User, picture_id: UUID) -> HttpResponse:
    found = picture_for(actor, picture_id)
    if found.applicant_id != actor.pk:
        raise Absent
    if found.file is None:
        raise Absent
    return picture_response(files.content_of(found.file), found.item)


def _side(item: str) -> Item:
    if item not in SIDES:
        raise Http404
    return Item(item)


def _add_file(request: HttpRequest, case: Case, side: Item, form: PhotoForm) -> None:
    """A file that came with the form takes the way of all uploads."""
    file, actor = form.cleaned_data["file"], reader(request)
    upload = parts.begin(actor=actor, item=side, size=file.size)
    while chunk := file.read(parts.CHUNK):
        upload = parts.append(actor=actor, upload_id=upload.pk, offset=upload.received, chunk=chunk)
    parts.finish(actor=actor, upload_id=upload.pk)
    add_picture(actor=actor, case_id=case.pk, item=side, upload_id=upload.pk, scan=form.cleaned_data["scan"])


def _show(request: HttpRequest, case: Case, side: Item, form: PhotoForm, refused: str) -> HttpResponseBase:
    sides = [item for item in required_items(case) if item in SIDES]
    given, name = current_picture(case, side), name_of_side(case, side)
    return show(
        request,
        "photo.html",
        case=case,
        form=form,
        refused=refused,
        item=side.value,
        name=name,
        number=sides.index(side) + 1,
        count=len(sides),
        shape=PASSPORT if case.kind == DocumentKind.PASSPORT else CARD,
        picture=shown(given, name=name) if given else None,
        asked=asked_again(case, side),
        stamp=stamp_of(case),
        hints=HINTS,
        corner_hints=CORNER_HINTS,
        next=next_url(case),
    )
