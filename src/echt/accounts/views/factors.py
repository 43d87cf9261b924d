"""The authenticator app: adding and removing it."""

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.actions.authenticator_app import AppRefused, add_app, remove_app
from echt.accounts.actions.freezes import hours_of
from echt.accounts.factors import app_of, passkeys_of, recovery_codes_left
from echt.accounts.models import FreezeReason, User
from echt.accounts.proofs import RequestStepUp
from echt.accounts.security_forms import AppForm
from echt.accounts.step_up import Sensitive
from echt.accounts.views.answers import reader, show, typed
from echt.accounts.views.step_up import asks_for_proof, begins_with_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.ui.formats import groups_of_four


@page(Audience.CUSTOMER, "GET")
def authenticator(request: HttpRequest) -> HttpResponseBase:
    user = reader(request)
    app = app_of(user)
    if app is None:
        return redirect("accounts:authenticator_add")
    is_last = not passkeys_of(user)
    hours = hours_of(FreezeReason.FACTOR_REMOVED)
    return show(request, "authenticator.html", app=app, is_last=is_last, hours=hours)


@page(Audience.CUSTOMER, "GET", "POST")
@begins_with_proof(Sensitive.ADD_APP)
def add_authenticator(request: HttpRequest) -> HttpResponseBase:
    if app_of(reader(request)):
        return redirect("accounts:authenticator")
    form = AppForm(typed(request))
    if form.is_valid() and _added(request, form):
        return redirect(after_factor(reader(request)))
    return _show(request, form)


@page(Audience.CUSTOMER, "POST")
@asks_for_proof
def remove_authenticator(request: HttpRequest) -> HttpResponseBase:
    remove_app(actor=reader(request), step_up=RequestStepUp(request), where=where(request))
    messages.success(request, _("Your authenticator app no longer belongs to your account."))
    return redirect("accounts:security")


def after_factor(user: User) -> str:
    """Where one goes after a factor was added: to the recovery codes, as long as there are none."""
    return "accounts:security" if recovery_codes_left(user) else "accounts:recovery_codes"


def _added(request: HttpRequest, form: AppForm) -> bool:
    try:
        add_app(
            actor=reader(request),
            secret=get_totp_secret(),
            code=form.cleaned_data["code"],
            step_up=RequestStepUp(request),
            where=where(request),
        )
    except AppRefused:
        form.add_error("code", _("That code does not fit. Wait for the next one in your app and type that."))
        return False
    clear_totp_secret(request)
    messages.success(request, _("Your authenticator app is set up."))
    return True


def _show(request: HttpRequest, form: AppForm) -> HttpResponseBase:
    secret = get_totp_secret()
    address = get_adapter().build_totp_url(reader(request), secret)
    return show(
        request,
        "authenticator_add.html",
        form=form,
        qr=segno.make(address, error="m").svg_data_uri(border=4, dark="#000", light="#fff"),
        secret=secret,
        groups=groups_of_four(secret),
        hours=hours_of(FreezeReason.FACTOR_ADDED),
    )
