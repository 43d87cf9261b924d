"""Passkeys: the list, adding one, removing one."""

import json

from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.access import Absent
from echt.accounts.actions.freezes import hours_of
from echt.accounts.actions.passkeys import PasskeyRefused, add_passkey, remove_passkey
from echt.accounts.factors import app_of, passkeys_of
from echt.accounts.models import FreezeReason
from echt.accounts.proofs import RequestStepUp
from echt.accounts.security_forms import NO_ANSWER, PasskeyForm
from echt.accounts.step_up import Sensitive
from echt.accounts.views.answers import reader, show, typed
from echt.accounts.views.factors import after_factor
from echt.accounts.views.step_up import asks_for_proof, begins_with_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET")
def passkeys(request: HttpRequest) -> HttpResponseBase:
    user = reader(request)
    found = passkeys_of(user)
    return show(
        request,
        "passkeys.html",
        passkeys=[{"row": passkey, "name": passkey.wrap().name, "dialog": f"remove-{passkey.pk}"} for passkey in found],
        is_last=len(found) == 1 and app_of(user) is None,
        hours=hours_of(FreezeReason.FACTOR_REMOVED),
    )


@page(Audience.CUSTOMER, "GET", "POST")
@begins_with_proof(Sensitive.ADD_PASSKEY)
def add(request: HttpRequest) -> HttpResponseBase:
    form = PasskeyForm(typed(request), initial={"name": where(request).device})
    if form.is_valid() and _added(request, form):
        return redirect(after_factor(reader(request)))
    options = json.dumps(begin_registration(reader(request), passwordless=True))
    hours = hours_of(FreezeReason.FACTOR_ADDED)
    return show(request, "passkey_add.html", form=form, options=options, hours=hours)


@page(Audience.CUSTOMER, "POST")
@asks_for_proof
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        remove_passkey(actor=reader(request), pk=pk, step_up=RequestStepUp(request), where=where(request))
    except Absent as absent:
        raise Http404 from absent
    messages.success(request, _("The passkey no longer belongs to your account."))
    return redirect("accounts:passkeys" if passkeys_of(reader(request)) else "accounts:security")


def _added(request: HttpRequest, form: PasskeyForm) -> bool:
    try:
        add_passkey(
            actor=reader(request),
            name=form.cleaned_data["name"],
            credential=form.cleaned_data["credential"],
            step_up=RequestStepUp(request),
            where=where(request),
        )
    except PasskeyRefused:
        form.add_error(None, NO_ANSWER)
        return False
    messages.success(request, _("Your passkey is set up."))
    return True
