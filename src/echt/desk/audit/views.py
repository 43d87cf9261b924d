"""The audit record at the desk: what happened, whether the chain holds, export."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.selectors import person_with
from echt.audit.chain import Mark, current_head, verify_chain
from echt.audit.export import BrokenChain
from echt.audit.selectors import events_of
from echt.desk.answers import at_desk, reader, show
from echt.desk.audit.actions import export_for
from echt.desk.audit.forms import MarkForm, TrailForm
from echt.desk.identity.trail import lines_of
from echt.identity.permissions import Permission

A_PAGE = 50
NOBODY = UUID(int=0)
"""Stands for a person who is not there: nothing was done by them."""


@at_desk(Permission.AUDIT_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    return _show(request)


@at_desk(Permission.AUDIT_READ, "POST")
def check(request: HttpRequest) -> HttpResponseBase:
    """Walk the whole chain; with a head noted earlier, also through it."""
    form = MarkForm(request.POST, auto_id="mark_%s")
    if not form.is_valid():
        return _show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, mark_form=form)
    seq, digest = form.cleaned_data["seq"], form.cleaned_data["digest"]
    report = verify_chain(passing=Mark(seq, digest.lower()) if seq else None)
    return _show(request, mark_form=form, report=report)


@at_desk(Permission.AUDIT_READ, "POST")
def export_record(request: HttpRequest) -> HttpResponseBase:
    try:
        file = export_for(actor=reader(request))
    except BrokenChain as broken:
        messages.error(request, _("The record does not hold, so nothing was exported. Check the chain."))
        return _show(request, status=HTTPStatus.CONFLICT, report=broken.report)
    name = f"audit-{clock.now():%Y-%m-%d}.jsonl"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/x-ndjson")


def _show(request: HttpRequest, *, status: HTTPStatus = HTTPStatus.OK, **context: object) -> HttpResponseBase:
    form = TrailForm(request.GET)
    form.is_valid()
    entries = events_of(
        event=form.cleaned_data.get("event", ""),
        person=_person(form.cleaned_data.get("person", "")),
        before=_place(request.GET.get("before", "")),
        limit=A_PAGE + 1,
    )
    shown = {
        "form": form,
        "mark_form": MarkForm(auto_id="mark_%s"),
        "lines": lines_of(entries[:A_PAGE]),
        "older": _older(request, entries[A_PAGE - 1].seq) if len(entries) > A_PAGE else "",
        "newest": f"?{_query(request)}" if request.GET.get("before") else "",
        "head": current_head(),
        **context,
    }
    return show(request, "audit.html", place="audit", status=status, **shown)


def _person(address: str) -> UUID | None:
    return (person_with(address) or NOBODY) if address else None


def _place(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None  # noqa: PLR2004  # a bigint's digits


def _older(request: HttpRequest, seq: int) -> str:
    query = request.GET.copy()
    query["before"] = str(seq)
    return f"?{query.urlencode()}"


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    return query.urlencode()
