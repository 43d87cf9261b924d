"""The page that asks for a fresh proof, in place of the page whose step needs one.

1. It posts to the same address again: the fields of the first attempt, and the proof.
2. It says what is about to happen and shows the parameters that the proof is bound to.
3. A page that `begins_with_proof` carries nothing along: no password is ever written into a page.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from echt.accounts.factors import app_of
from echt.accounts.models import User
from echt.accounts.proofs import FIELDS, RequestStepUp, methods_of, passkey_challenge
from echt.accounts.security_forms import ProofForm
from echt.accounts.step_up import SENTENCES, Method, Sensitive, SettingsLocked, StepUpRequired
from echt.accounts.views.answers import reader
from echt.ui.audience import View

NOT_CARRIED = {"csrfmiddlewaretoken", *FIELDS}
SHOWN = {
    "amount": gettext_lazy("Amount"),
    "fee": gettext_lazy("Fee"),
    "to": gettext_lazy("To whom"),
    "network": gettext_lazy("Network"),
    "address": gettext_lazy("Address"),
    "words": gettext_lazy("Your words"),
}
"""Parameters that are shown as they are (rule 2), by their name."""


def asks_for_proof(view: View) -> View:
    """Where a step of the view needs a proof, ask for it and carry along what was posted (rule 1)."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except StepUpRequired as required:
            return _ask(request, required, carried=_carried(request))
        except SettingsLocked as locked:
            return _refuse(request, locked)

    return asking


def begins_with_proof(sensitive: Sensitive) -> Callable[[View], View]:
    """Ask before the page is shown; the proof is kept for the step at its end (rule 3)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def beginning(request: HttpRequest) -> HttpResponseBase:
            try:
                return _open(request, sensitive) or view(request)
            except StepUpRequired as required:
                return _ask(request, required, carried=[])
            except SettingsLocked as locked:
                return _refuse(request, locked)

        return beginning

    return decorate


def _open(request: HttpRequest, sensitive: Sensitive) -> HttpResponseBase | None:
    """Nothing where the page may be shown or its form is being sent; back to the page after a good proof."""
    if request.method != "POST":
        RequestStepUp(request).open(sensitive)
        return None
    if _carried(request):
        return None
    RequestStepUp(request).open(sensitive)
    return redirect(request.path)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    names = [name for name in request.POST if name not in NOT_CARRIED]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _ask(request: HttpRequest, required: StepUpRequired, *, carried: list[tuple[str, str]]) -> HttpResponseBase:
    user = reader(request)
    methods = methods_of(user)
    has_app = app_of(user) is not None
    context = {
        "sentence": SENTENCES[required.sensitive],
        "facts": _facts(user, required),
        "code": required.params.get("code", ""),
        "carried": carried,
        "passkey": passkey_challenge(request, required) if Method.PASSKEY in methods else "",
        "form": ProofForm(method=methods[-1], has_app=has_app, problem=required.problem),
        "here": "security",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if required.problem else HTTPStatus.OK
    return render(request, "accounts/step_up.html", context, status=status)


def _facts(user: User, required: StepUpRequired) -> list[dict[str, Any]]:
    """The parameters in words (rule 2)."""
    params = required.params
    if required.sensitive is Sensitive.LOCK_SETTINGS:
        days = int(params["days"])
        return [{"label": _("How long"), "value": ngettext("%(count)s day", "%(count)s days", days) % {"count": days}}]
    if required.sensitive is Sensitive.REMOVE_PASSKEY:
        passkey = Authenticator.objects.get(user=user, pk=params["passkey"])
        return [{"label": _("Passkey"), "value": passkey.wrap().name}]
    return [
        {"label": str(label), "value": params[name], "mono": name == "address"}
        for name, label in SHOWN.items()
        if params.get(name)
    ]


def _refuse(request: HttpRequest, locked: SettingsLocked) -> HttpResponseBase:
    """Rule 6 of `step_up`: say until when."""
    context = {"until": locked.until, "here": "security"}
    return render(request, "accounts/settings_locked.html", context, status=HTTPStatus.FORBIDDEN)
