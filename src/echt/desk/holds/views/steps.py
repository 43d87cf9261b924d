"""Each step on a hold. A refusal is shown on the page of the hold as it is now."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.desk.answers import at_desk, reader
from echt.desk.holds.forms import AnswerForm, CauseForm, ExtendForm, SeenForm, WordsForm
from echt.desk.holds.views.hold import refuse, show_hold
from echt.holds.access import Absent, hold_at_desk
from echt.holds.actions import appealing, changing, proposing
from echt.holds.causes import Cause
from echt.holds.models import FOREVER, Appeal, Proposal, ProposalKind
from echt.holds.permissions import Permission
from echt.holds.refusals import HoldRefused
from echt.ui.forms import Form

WAITS = _("Proposed. Another person must agree before it counts.")
AGREED: dict[ProposalKind, tuple[Callable[..., object], Promise]] = {
    ProposalKind.RELEASE: (proposing.agree_release, _("Released. The customer gets a message.")),
    ProposalKind.CLAW_BACK: (proposing.agree_claw_back, _("Taken back. The customer gets a message.")),
}


@at_desk(Permission.HOLDS_CHANGE, "POST")
def extend(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    found = hold_at_desk(reader(request), hold)

    def act(*, hours: int, cause: str, **values: str) -> object:
        until = found.release_at + timedelta(hours=hours) if found.release_at < FOREVER else FOREVER
        return changing.extend(actor=reader(request), hold_id=hold, until=until, cause=Cause(cause), **values)

    form = ExtendForm(request.POST, auto_id="extend_%s")
    return _do(request, hold, form, "extend_form", act, _("Held longer. The customer gets a message."))


@at_desk(Permission.HOLDS_CHANGE, "POST")
def freeze(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    def act(*, cause: str, **values: str) -> object:
        return changing.freeze(actor=reader(request), hold_id=hold, cause=Cause(cause), **values)

    form = CauseForm(request.POST, auto_id="freeze_%s")
    return _do(request, hold, form, "freeze_form", act, _("Frozen. The customer gets a message."))


@at_desk(Permission.HOLDS_CHANGE, "POST")
def unfreeze(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    form = WordsForm(request.POST, auto_id="unfreeze_%s")
    done = _("No longer frozen. The customer gets a message.")
    return _do(request, hold, form, "unfreeze_form", _on_hold(request, hold, changing.unfreeze), done)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def propose_release(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    form = WordsForm(request.POST, auto_id="release_%s")
    return _do(request, hold, form, "release_form", _on_hold(request, hold, proposing.propose_release), WAITS)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def propose_claw_back(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    form = WordsForm(request.POST, auto_id="claw_back_%s")
    return _do(request, hold, form, "claw_back_form", _on_hold(request, hold, proposing.propose_claw_back), WAITS)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def agree(request: HttpRequest, proposal: UUID) -> HttpResponseBase:
    found = _proposal(proposal)
    act, done = AGREED[ProposalKind(found.kind)]
    form = SeenForm(request.POST, auto_id="agree_%s")
    return _do(request, found.hold_id, form, "agree_form", _on_proposal(request, proposal, act), done)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def reject(request: HttpRequest, proposal: UUID) -> HttpResponseBase:
    form = WordsForm(request.POST, auto_id="reject_%s")
    done = _("Rejected. The hold stays as it is.")
    act = _on_proposal(request, proposal, proposing.reject)
    return _do(request, _proposal(proposal).hold_id, form, "reject_form", act, done)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def take_back(request: HttpRequest, proposal: UUID) -> HttpResponseBase:
    hold = _proposal(proposal).hold_id
    try:
        proposing.take_back(actor=reader(request), proposal_id=proposal)
    except HoldRefused as refused:
        return refuse(request, hold, refused)
    messages.success(request, str(_("Your proposal is taken back.")))
    return redirect("desk:held", hold=hold)


@at_desk(Permission.HOLDS_CHANGE, "POST")
def refuse_appeal(request: HttpRequest, appeal: UUID) -> HttpResponseBase:
    found = Appeal.objects.filter(pk=appeal).values_list("hold_id", flat=True).first()
    if found is None:
        raise Absent

    def act(**values: str) -> object:
        return appealing.refuse_appeal(actor=reader(request), appeal_id=appeal, **values)

    form = AnswerForm(request.POST, auto_id="answer_%s")
    return _do(request, found, form, "answer_form", act, _("Refused. The customer gets your words."))


def _do(
    request: HttpRequest, hold: UUID, form: Form, name: str, act: Callable[..., object], done: Promise | str
) -> HttpResponseBase:
    """Carry out a step with what its form says; a refusal is shown on the page of the hold as it is now."""
    if not form.is_valid():
        return show_hold(request, hold, status=HTTPStatus.UNPROCESSABLE_ENTITY, **{name: form})
    try:
        act(**form.cleaned_data)
    except HoldRefused as refused:
        return refuse(request, hold, refused)
    messages.success(request, str(done))
    return redirect("desk:held", hold=hold)


def _on_hold(request: HttpRequest, pk: UUID, act: Callable[..., object]) -> Callable[..., object]:
    return lambda **values: act(actor=reader(request), hold_id=pk, **values)


def _on_proposal(request: HttpRequest, pk: UUID, act: Callable[..., object]) -> Callable[..., object]:
    return lambda **values: act(actor=reader(request), proposal_id=pk, **values)


def _proposal(pk: UUID) -> Proposal:
    found = Proposal.objects.filter(pk=pk).first()
    if found is None:
        raise Absent
    return found
