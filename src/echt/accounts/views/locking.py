"""Locking: the account with the link from a mail, and the security settings for a while."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from echt.accounts.access import Absent
from echt.accounts.actions.locking import LONGEST, lock_account, lock_settings
from echt.accounts.lock_links import LinkRefused, owner_of
from echt.accounts.models import User
from echt.accounts.proofs import RequestStepUp
from echt.accounts.security_forms import LockForm
from echt.accounts.views.answers import reader, show, typed
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.ui.audience import Audience, page
from echt.ui.formats import exact


@page(Audience.ANYONE, "GET", "POST", secret=True)
def lock(request: HttpRequest, link: str) -> HttpResponseBase:
    """Opening the link explains and asks; only the button locks. One answer for every link that does not work."""
    try:
        owner_of(link)
        if request.method == "POST":
            return _lock(request, link)
    except (LinkRefused, Absent):
        return render(request, "accounts/lock_refused.html", status=HTTPStatus.GONE)
    return render(request, "accounts/lock.html")


def _lock(request: HttpRequest, link: str) -> HttpResponseBase:
    lock_account(link=link, where=where(request))
    _sign_out_if_locked(request)
    return redirect("accounts:locked")


def _sign_out_if_locked(request: HttpRequest) -> None:
    """The session of the browser that locked may have been one of those that ended."""
    user = request.user
    if isinstance(user, User):
        user.refresh_from_db(fields=["locked_at"])
        if user.locked_at is not None:
            logout(request)


@page(Audience.CUSTOMER, "GET", "POST")
@asks_for_proof
def settings(request: HttpRequest) -> HttpResponseBase:
    form = LockForm(typed(request))
    if not form.is_valid():
        return show(request, "lock_settings.html", form=form, most=LONGEST)
    days = form.cleaned_data["days"]
    until = lock_settings(actor=reader(request), days=days, step_up=RequestStepUp(request), where=where(request))
    messages.success(request, _("Your security settings are locked until %(moment)s.") % {"moment": exact(until)})
    return redirect("accounts:security")
