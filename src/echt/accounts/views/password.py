"""Changing the password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from echt.accounts.actions.freezes import hours_of
from echt.accounts.actions.passwords import change_password
from echt.accounts.models import FreezeReason
from echt.accounts.proofs import RequestStepUp
from echt.accounts.security_forms import PasswordForm
from echt.accounts.step_up import Sensitive
from echt.accounts.views.answers import reader, show, typed
from echt.accounts.views.step_up import begins_with_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET", "POST")
@begins_with_proof(Sensitive.CHANGE_PASSWORD)
def password(request: HttpRequest) -> HttpResponseBase:
    form = PasswordForm(typed(request), owner=reader(request))
    if not form.is_valid():
        return show(request, "password.html", form=form, hours=hours_of(FreezeReason.PASSWORD_CHANGED))
    _change(request, form.cleaned_data["password"])
    messages.success(request, _("Your password is changed. All other devices are signed out."))
    return redirect("accounts:security")


def _change(request: HttpRequest, password: str) -> None:
    user = reader(request)
    change_password(
        actor=user,
        password=password,
        session=request.session.session_key,
        step_up=RequestStepUp(request),
        where=where(request),
    )
    user.refresh_from_db()
    update_session_auth_hash(request, user)  # this session stays; its key changes
