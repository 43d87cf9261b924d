"""Exemptions at the desk: propose, agree, end."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.models import User
from echt.desk.answers import at_desk, reader, show
from echt.desk.permissions import may
from echt.desk.policies.forms import ExemptForm, WhyForm
from echt.desk.policies.rows import open_exemptions
from echt.holds.actions.exemptions import agree_exemption, end_exemption, propose_exemption
from echt.holds.permissions import Permission
from echt.holds.refusals import HoldRefused
from echt.wallets.models import Account

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@at_desk(Permission.POLICIES_READ, "GET")
def exemptions(request: HttpRequest) -> HttpResponseBase:
    return _show(request)


@at_desk(Permission.POLICIES_CHANGE, "POST")
def propose(request: HttpRequest) -> HttpResponseBase:
    form = ExemptForm(request.POST)
    if not form.is_valid():
        return _show(request, status=UNPROCESSABLE, form=form)
    said = form.cleaned_data
    person = User.objects.by_address(said["person"])
    account = Account.objects.filter(owner=person).exclude(owner=reader(request)).first() if person else None
    if account is None:
        form.add_error("person", _("Nobody with this mail address has an account with money here."))
        return _show(request, status=UNPROCESSABLE, form=form)
    ends_at = clock.now() + timedelta(days=said["days"])
    try:
        propose_exemption(
            actor=reader(request),
            account_id=account.pk,
            channel=said["channel"],
            ends_at=ends_at,
            reason=said["reason"],
        )
    except HoldRefused as refused:
        form.add_error(None, refused.sentence)
        return _show(request, status=refused.status, form=form)
    messages.success(request, _("Proposed. Another person must agree before it counts."))
    return redirect("desk:exemptions")


@at_desk(Permission.POLICIES_CHANGE, "POST")
def agree(request: HttpRequest, exemption: UUID) -> HttpResponseBase:
    try:
        agree_exemption(actor=reader(request), exemption_id=exemption)
    except HoldRefused as refused:
        return _refuse(request, refused)
    messages.success(request, _("The exemption counts from now on."))
    return redirect("desk:exemptions")


@at_desk(Permission.POLICIES_CHANGE, "POST")
def end(request: HttpRequest, exemption: UUID) -> HttpResponseBase:
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write down in a few words why, for whoever reads it later."))
        return _show(request, status=UNPROCESSABLE)
    try:
        end_exemption(actor=reader(request), exemption_id=exemption, reason=form.cleaned_data["reason"])
    except HoldRefused as refused:
        return _refuse(request, refused)
    messages.success(request, _("The exemption is over."))
    return redirect("desk:exemptions")


def _refuse(request: HttpRequest, refused: HoldRefused) -> HttpResponseBase:
    messages.error(request, refused.sentence)
    return _show(request, status=refused.status)


def _show(request: HttpRequest, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponseBase:
    shown = {
        "rows": open_exemptions(reader(request)),
        "form": ExemptForm(),
        "may_change": may(reader(request), Permission.POLICIES_CHANGE),
        **more,
    }
    return show(request, "policies/exemptions.html", place="policies", status=status, **shown)
