"""The security page: what protects the account, what is missing, what pauses, and where one is signed in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from echt.accounts.actions.freezes import current_freeze
from echt.accounts.freeze_words import REASONS
from echt.accounts.models import FreezeReason, User
from echt.accounts.security_rows import Section, protections_of, rows_of
from echt.accounts.selectors import sessions_of
from echt.accounts.views.answers import reader, show
from echt.mail.selectors import messages_of
from echt.ui.audience import Audience, page

LATEST = 3


@page(Audience.CUSTOMER, "GET")
def security(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    sessions = sessions_of(user, key=request.session.session_key)
    return show(
        request,
        "security.html",
        lead=_lead(user),
        sign_in=rows_of(Section.SIGN_IN, user),
        advanced=rows_of(Section.ADVANCED, user),
        account=rows_of(Section.ACCOUNT, user),
        messages_to_you=messages_of(user)[:LATEST],
        messages_count=messages_of(user).count(),
        sessions=sessions,
        others=[session for session in sessions if not session.is_this],
        **_freeze(user),
    )


def _lead(user: User) -> str:
    """How many protections are set up, and which are missing."""
    protections = protections_of(user)
    missing = [row.title for row in protections if not row.is_on]
    on = len(protections) - len(missing)
    told = ngettext("%(on)s of %(all)s protections is set up.", "%(on)s of %(all)s protections are set up.", on) % {
        "on": on,
        "all": len(protections),
    }
    return f"{told} {_missing(missing)}".strip()


def _missing(names: list[str]) -> str:
    if not names:
        return _("Nothing is missing.")
    told = ngettext("Missing: %(names)s.", "Missing: %(names)s.", len(names))
    return told % {"names": get_text_list(names, _("and"))}


def _freeze(user: User) -> dict[str, Any]:
    freeze = current_freeze(user)
    return {"freeze": freeze, "freeze_reason": REASONS[FreezeReason(freeze.reason)]} if freeze else {}
