"""The summary of an application, and submitting it."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from echt.accounts.where import where
from echt.identity.actions.applying import submit
from echt.identity.catalogue import name_of
from echt.identity.dates import date_of
from echt.identity.documents import DATES, TYPED, DocumentKind, Field
from echt.identity.forms import SubmitForm
from echt.identity.items import LABELS as ITEMS
from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.refusals import Stale
from echt.identity.selectors import SIDES, needed_items, open_items, required_items, tries_left
from echt.identity.settings import identity_settings
from echt.identity.states import State
from echt.identity.views.answers import REFUSALS, reader, refusal, show, step_of_case
from echt.identity.views.data import pictures_of
from echt.identity.views.photos import Shown
from echt.identity.views.steps import next_url, url_of
from echt.identity.wording import FIELDS, KINDS
from echt.ui.audience import Audience, page
from echt.ui.formats import date, in_words

Facts = list[dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """A part of the application as the summary shows it. `url`: where it is changed; nothing where it stays."""

    title: str
    facts: Facts = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    url: str = ""
    missing: str = ""


@page(Audience.CUSTOMER, "GET", "POST")
@step_of_case
def check(request: HttpRequest, case: Case) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, case)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _show(request, case, str(Stale.words))
    try:
        submit(actor=reader(request), case_id=case.pk, version=form.cleaned_data["version"], where=where(request))
    except REFUSALS as refused:
        case.refresh_from_db()
        return _show(request, case, refusal(refused))
    return redirect("identity:case", case=case.pk)


def _show(request: HttpRequest, case: Case, refused: str = "") -> HttpResponseBase:
    return show(
        request,
        "check.html",
        case=case,
        refused=refused,
        parts=_parts(case),
        ready=not needed_items(case),
        next=next_url(case),
        hours=in_words(timedelta(hours=identity_settings().hours)),
        tries=_tries(case),
    )


def _tries(case: Case) -> str:
    """How often it can still be sent in, where that is asked."""
    if case.state != State.RETURNED:
        return ""
    left = tries_left(case)
    sentence = ngettext("You can send it in %(count)s more time.", "You can send it in %(count)s more times.", left)
    return sentence % {"count": left}


def _parts(case: Case) -> list[Part]:
    wanted = {Item.DOCUMENT, *required_items(case)}
    return [
        _part(case, Item.DOCUMENT, facts=_document(case)),
        *([_part(case, Item.FRONT, pictures=pictures_of(case))] if wanted & {*SIDES} else []),
        *([_part(case, Item.DATA, facts=_data(case))] if Item.DATA in wanted else []),
        *([_part(case, Item.RESIDENCE, facts=_residence(case))] if Item.RESIDENCE in wanted else []),
        *([_part(case, Item.FACE, facts=_face(case))] if Item.FACE in wanted else []),
    ]


def _part(case: Case, item: Item, *, facts: Facts | None = None, pictures: list[Shown] | None = None) -> Part:
    about = {item, *SIDES} if item is Item.FRONT else {item}
    missing = [one for one in needed_items(case) if one in about]
    title = _("Photos") if item is Item.FRONT else str(ITEMS[item])
    changeable = about & open_items(case)
    return Part(
        title=title,
        facts=facts or [],
        pictures=pictures or [],
        url=url_of(case, (missing or [item])[0]) if changeable else "",
        missing=_("Still needed") if missing else "",
    )


def _document(case: Case) -> Facts:
    document = case.document
    if not document.kind:
        return []
    kind = f"{KINDS[DocumentKind(document.kind)]}, {name_of(document.country)}"
    note = [{"label": _("Photos and data"), "value": _("as verified before")}] if case.reuses_id else []
    return [{"label": _("Document"), "value": kind}, *note]


def _data(case: Case) -> Facts:
    typed = case.typed or {}
    return [{"label": FIELDS[one], "value": _value(one, typed[one.value])} for one in TYPED if typed.get(one.value)]


def _value(one: Field, value: str) -> str:
    day = date_of(value) if one in DATES else None
    return date(datetime.combine(day, time(12), timezone.get_current_timezone())) if day else value


def _residence(case: Case) -> Facts:
    return [{"label": ITEMS[Item.RESIDENCE], "value": name_of(case.residence)}] if case.residence else []


def _face(case: Case) -> Facts:
    if Item.FACE in needed_items(case):
        return []
    way = _("without the face check; a person gets in touch with you") if case.without_face else _("movements shown")
    return [{"label": ITEMS[Item.FACE], "value": way}]
