"""Ending sessions: one, or all others."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from echt.accounts.actions.sessions import end_other_sessions, end_session
from echt.accounts.sessions import digest_of
from echt.accounts.views.answers import reader
from echt.accounts.where import where
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "POST")
def end(request: HttpRequest) -> HttpResponseBase:
    """End the session that the field `session` names; one's present one is ended by signing out."""
    digest = request.POST.get("session", "")
    is_this = digest == digest_of(request.session.session_key or "")
    if not is_this and end_session(actor=reader(request), digest=digest, where=where(request)):
        messages.success(request, _("The session is ended. That device is signed out."))
    else:
        messages.info(request, _("That session had already ended."))
    return redirect("accounts:security")


@page(Audience.CUSTOMER, "POST")
def end_others(request: HttpRequest) -> HttpResponseBase:
    ended = end_other_sessions(actor=reader(request), key=request.session.session_key, where=where(request))
    told = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", ended)
    messages.success(request, told % {"count": ended} if ended else _("There were no other sessions."))
    return redirect("accounts:security")
