"""The pages of holding policies."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.desk.answers import at_desk, reader, show
from echt.desk.identity.words import country
from echt.desk.permissions import may
from echt.desk.policies.forms import ChangeForm, MakeForm, SeenForm, TryForm, initial_of
from echt.desk.policies.rows import in_force, open_exemptions, rows_of, without_policy
from echt.desk.policies.trying import Facts, facts_given, facts_of_person, tried
from echt.desk.policies.words import LEVELS, RISKS
from echt.holds.actions.policies import change_policy, end_policy, make_policy
from echt.holds.models import Policy
from echt.holds.permissions import Permission
from echt.holds.refusals import HoldRefused
from echt.ui.formats import amount
from echt.wallets.models import Asset
from echt.wallets.models.ledger import Risk
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import RESTRICTED

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@at_desk(Permission.POLICIES_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    rows = in_force()
    return _show(
        request,
        "index.html",
        rows=rows,
        lacking=without_policy(rows),
        exemptions=open_exemptions(reader(request)),
        form=TryForm(initial={"risk": Risk.NORMAL.value}),
    )


@at_desk(Permission.POLICIES_READ, "GET")
def trial(request: HttpRequest) -> HttpResponseBase:
    """What would apply to somebody who bought now."""
    if not request.GET:
        return _show(request, "trial.html", form=TryForm(initial={"risk": Risk.NORMAL.value}))
    form = TryForm(request.GET)
    if not form.is_valid():
        return _show(request, "trial.html", status=UNPROCESSABLE, form=form)
    said = form.cleaned_data
    person = User.objects.by_address(said["person"]) if said["person"] else None
    if said["person"] and person is None:
        form.add_error("person", _("Nobody has this mail address. It must be whole."))
        return _show(request, "trial.html", status=UNPROCESSABLE, form=form)
    facts = facts_of_person(person) if person else facts_given(said)
    asset = Asset.objects.get(pk=int(said["asset"]))
    found = tried(facts, channel=Channel(said["channel"]), asset=asset.pk)
    bought = amount(said["amount"], asset.decimals, asset.code) if said["amount"] else asset.code
    return _show(request, "trial.html", form=form, found=found, bought=bought, facts=_told(facts))


@at_desk(Permission.POLICIES_CHANGE, "GET", "POST")
def make(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        everything = {"restricts": [operation.value for operation in RESTRICTED], "firm_hours": 0}
        return _show(request, "make.html", form=MakeForm(initial=everything))
    form = MakeForm(request.POST)
    if not form.is_valid():
        return _show(request, "make.html", status=UNPROCESSABLE, form=form)
    said = form.cleaned_data
    try:
        policy = make_policy(
            actor=reader(request),
            name=said["name"],
            criteria=form.criteria(),
            terms=form.terms(),
            reason=said["reason"],
        )
    except HoldRefused as refused:
        form.add_error(None, refused.sentence)
        return _show(request, "make.html", status=refused.status, form=form)
    messages.success(request, _("In force from now on."))
    return redirect("desk:policy", name=policy.name)


@at_desk(Permission.POLICIES_READ, "GET")
def policy(request: HttpRequest, name: str) -> HttpResponseBase:
    return _show_policy(request, name)


@at_desk(Permission.POLICIES_CHANGE, "POST")
def change(request: HttpRequest, name: str) -> HttpResponseBase:
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _show_policy(request, name, status=UNPROCESSABLE, form=form)
    said = form.cleaned_data
    try:
        changed = change_policy(
            actor=reader(request), name=name, seen=said["seen"], terms=form.terms(), reason=said["reason"]
        )
    except HoldRefused as refused:
        messages.error(request, refused.sentence)
        return _show_policy(request, name, status=refused.status)
    words = ngettext("%(count)s open hold was extended.", "%(count)s open holds were extended.", changed.extended)
    more = words % {"count": changed.extended} if changed.extended else ""
    messages.success(request, f"{_('The new version is in force.')} {more}".strip())
    return redirect("desk:policy", name=name)


@at_desk(Permission.POLICIES_CHANGE, "POST")
def end(request: HttpRequest, name: str) -> HttpResponseBase:
    form = SeenForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return _show_policy(request, name, status=UNPROCESSABLE, end_form=form)
    try:
        end_policy(actor=reader(request), name=name, seen=form.cleaned_data["seen"], reason=form.cleaned_data["reason"])
    except HoldRefused as refused:
        messages.error(request, refused.sentence)
        return _show_policy(request, name, status=refused.status)
    messages.success(request, _("Ended. Holds that it began stay as they are."))
    return redirect("desk:policies")


def _show_policy(
    request: HttpRequest, name: str, *, status: HTTPStatus = HTTPStatus.OK, **forms: Any
) -> HttpResponseBase:
    """A policy with all its versions, the newest first; `forms`: as they were sent."""
    versions = list(Policy.objects.filter(name=name).order_by("-version"))
    if not versions:
        raise Absent
    newest = versions[0]
    shown = {
        "form": ChangeForm(initial=initial_of(newest)),
        "end_form": SeenForm(initial={"seen": newest.version}, auto_id="end_%s"),
        **forms,
    }
    rows = rows_of(versions)
    return _show(request, "policy.html", status=status, row=rows[0], rows=rows, **shown)


def _show(request: HttpRequest, template: str, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponseBase:
    more["may_change"] = may(reader(request), Permission.POLICIES_CHANGE)
    return show(request, f"policies/{template}", place="policies", status=status, **more)


def _told(facts: Facts) -> list[str]:
    """For whom the tester answered."""
    where = country(facts.country) or _("country unknown")
    return [where, str(LEVELS[facts.level]), str(RISKS[Risk(facts.risk)])]
