"""The pages of limits."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.desk.answers import at_desk, reader, show
from echt.desk.limits.forms import AskForm, LimitForm, PersonForm, initial_of
from echt.desk.limits.rows import caps, history, in_force, levels
from echt.desk.permissions import may
from echt.desk.policies.forms import WhyForm
from echt.desk.policies.words import LEVELS
from echt.holds.actions.limits import end_limit, set_limit
from echt.holds.facts import facts_of
from echt.holds.permissions import Permission
from echt.holds.refusals import HoldRefused
from echt.holds.selectors import rooms_of
from echt.wallets.limit_rows import limit_rows
from echt.wallets.models import Account
from echt.wallets.operations import CLASS_LABELS, Class

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@at_desk(Permission.LIMITS_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    form = PersonForm(request.GET)
    form.is_valid()
    return _show_all(request, form, **_used_by(form.cleaned_data.get("person", "")))


@at_desk(Permission.LIMITS_CHANGE, "GET", "POST")
def change(request: HttpRequest) -> HttpResponseBase:
    """Put a limit in force, in place of the one that is shown."""
    if request.method == "GET":
        return _show_change(request)
    form = LimitForm(request.POST)
    if not form.is_valid():
        return _show_change(request, status=UNPROCESSABLE, form=form)
    said = form.cleaned_data
    try:
        set_limit(
            actor=reader(request),
            subject=form.subject(),
            sats=form.sats(),
            reason=said["reason"],
            seen=said["seen"],
        )
    except HoldRefused as refused:
        form.add_error(None, refused.sentence)
        return _show_change(request, status=refused.status, form=form)
    messages.success(request, _("The limit counts from now on."))
    return redirect("desk:limits")


@at_desk(Permission.LIMITS_CHANGE, "POST")
def end(request: HttpRequest, limit: UUID) -> HttpResponseBase:
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write down in a few words why, for whoever reads it later."))
        return _show_all(request, PersonForm(), status=UNPROCESSABLE)
    try:
        end_limit(actor=reader(request), limit_id=limit, reason=form.cleaned_data["reason"])
    except HoldRefused as refused:
        messages.error(request, refused.sentence)
        return _show_all(request, PersonForm(), status=refused.status)
    messages.success(request, _("The cap is over."))
    return redirect("desk:limits")


def _used_by(address: str) -> dict[str, Any]:
    """What binds a customer now, and what of it they have used."""
    if not address:
        return {}
    person = User.objects.by_address(address)
    if person is None:
        return {"unknown": True}
    account = Account.objects.select_related("owner").filter(owner=person).first()
    level = LEVELS[facts_of(account or Account(owner=person)).level]
    return {"customer": person, "level": level, "used": limit_rows(rooms_of(account)) if account else None}


def _show_change(request: HttpRequest, *, status: HTTPStatus = HTTPStatus.OK, **sent: Any) -> HttpResponseBase:
    ask = AskForm(request.POST if request.method == "POST" else request.GET)
    ask.is_valid()
    subject = ask.subject()
    form = LimitForm(initial=initial_of(subject, in_force(subject)))
    shown = {"form": form, "past": history(subject), "asset": "BTC", **sent}
    return _show(request, "change.html", status=status, **shown)


def _show_all(
    request: HttpRequest, form: PersonForm, *, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponseBase:
    heads = [CLASS_LABELS[it] for it in Class]
    shown = {"levels": levels(), "caps": caps(), "heads": heads, "form": form, **more}
    return _show(request, "index.html", status=status, **shown)


def _show(request: HttpRequest, template: str, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponseBase:
    more["may_change"] = may(reader(request), Permission.LIMITS_CHANGE)
    return show(request, f"limits/{template}", place="limits", status=status, **more)
