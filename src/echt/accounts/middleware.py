"""What holds for every request of somebody who is signed in.

1. A session ends after a time without activity, and after an absolute time; staff's sooner.
2. A session ends when another family of browser uses its cookie.
3. Staff without a second factor can do nothing but set one up.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.factors import has_second_factor
from echt.accounts.models import User
from echt.accounts.settings import accounts_settings
from echt.accounts.where import where
from echt.ui.middleware import clear_kept_pages

SEEN_EVERY = 60
FACTOR_PAGES = ("/security/", "/profile/", "/sign-out/", "/language/", "/static/", "/brand")


class SessionLifetime:
    """See the rules above."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            if not user.is_active or self._is_over(request, user):
                return self._ended(request)
            if user.is_staff and not self._may_stay(request, user):
                return self._ask_for_factor(request)
        return self.get_response(request)

    def _is_over(self, request: HttpRequest, user: User) -> bool:
        now = clock.now().timestamp()
        seen, started = request.session.get("seen", now), request.session.get("started", now)
        idle, absolute = limits(user)
        if now - seen >= idle.total_seconds() or now - started >= absolute.total_seconds():
            return True
        began = request.session.get("where", {})
        if began and began.get("browser") != where(request).browser:
            return True
        if now - seen >= SEEN_EVERY:
            request.session["seen"] = now
        return False

    def _ended(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.info(request, _("You were signed out to be safe. Sign in again to go on."))
        answer = redirect(f"{reverse('account_login')}?next={request.path}")
        clear_kept_pages(answer)
        return answer

    def _may_stay(self, request: HttpRequest, user: User) -> bool:
        return has_second_factor(user) or request.path.startswith(FACTOR_PAGES)

    def _ask_for_factor(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, _("Staff need a second factor. Set up an authenticator app or a passkey first."))
        return redirect("accounts:security")


def limits(user: User) -> tuple[timedelta, timedelta]:
    """How long a session may be idle, and how long it may last."""
    settings = accounts_settings()
    if user.is_staff:
        return timedelta(minutes=settings.staff_idle), timedelta(hours=settings.staff_absolute)
    return timedelta(minutes=settings.idle), timedelta(hours=settings.absolute)
