"""What every request passes.

1. A view that declares no audience and no methods does not exist: 404.
2. A staff page does not exist for whoever is not staff, signed in or not: the same 404.
3. Pages for customers send a stranger to sign in, and back again where that is possible.
4. Who may not open a page learns nothing of its methods: first the audience, then 405, then the CSRF token.
5. Demo pages exist while the demo is on.
6. What somebody signed in reads, what is not for anyone, and what failed is kept by nobody: `no-store`.
7. Signing out empties the browser's cache.
8. Every answer carries `HEADERS`; text says its charset; only public pages may be indexed, no demo's.
9. The camera is for pages that declare it, and for our own origin alone; nothing else is given to any page.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from echt.ui import reader
from echt.ui.audience import Audience, Declaration, View, declaration_of
from echt.ui.rate_limits import TooMany
from echt.ui.views import method_not_allowed, too_many

Answer = Callable[[HttpRequest], HttpResponseBase]

POWERS = {
    "accelerometer": "()",
    "camera": "()",
    "clipboard-write": "(self)",
    "display-capture": "()",
    "geolocation": "()",
    "gyroscope": "()",
    "microphone": "()",
    "payment": "()",
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    "usb": "()",
}


def _policy(powers: dict[str, str]) -> str:
    return ", ".join(f"{power}={who}" for power, who in powers.items())


HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": _policy(POWERS)}
WITH_CAMERA = _policy(POWERS | {"camera": "(self)"})
TEXT = ("text/", "image/svg+xml", "application/json", "application/javascript", "application/manifest+json")


class _Middleware:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)


class ClosedByDefault(_Middleware):
    """Rules 1 to 5. Stands before the CSRF check; `process_view` runs when all of them have seen the request."""

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        args: tuple[Any, ...],  # noqa: ARG002  # Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponseBase | None:
        said = declaration_of(view)
        if said is None:
            raise Http404
        return _outside(request, said) or _method_refused(request, said)


class ResponseHeaders(_Middleware):
    """Rules 6 to 9. Stands outermost, so that static files and failures pass it too."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        _give_camera(request, response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        _name_charset(response)
        _limit_keeping(request, response)
        _limit_indexing(request, response)
        if vars(request).get("was_signed_in") and not _signed_in(request):
            clear_kept_pages(response)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        args: tuple[Any, ...],  # noqa: ARG002
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> None:
        said = declaration_of(view)
        vars(request)["was_signed_in"] = not (said and said.shared) and _signed_in(request)


class ReaderLanguage(_Middleware):
    """The page speaks the reader's language. Stands after authentication."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = reader.language_of(request)
        vars(request)["LANGUAGE_CODE"] = language
        with translation.override(language):
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class ReaderZone(_Middleware):
    """The page tells the time of the reader's place. Stands after authentication."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(reader.zone_of(request)):
            return self.answer(request)


class Limits(_Middleware):
    """A limit that is used up becomes a page that says when to try again."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return too_many(request, exception) if isinstance(exception, TooMany) else None


def clear_kept_pages(response: HttpResponseBase) -> None:
    """Have the browser forget the pages it keeps.

    Only its cache: its storage holds the appearance, and never anything personal (ASVS 14.3.3); its cookies
    belong to every service of the domain.
    """
    response.headers["Clear-Site-Data"] = '"cache"'


def _outside(request: HttpRequest, said: Declaration) -> HttpResponseBase | None:
    """Nothing for whoever may pass, the way to the sign-in page for a stranger at a customer's page."""
    if said.audience is Audience.KEY:
        raise Http404
    if said.audience is Audience.DEMO and not settings.ECHT.demo.on:
        raise Http404
    if said.audience is Audience.STAFF and not getattr(request.user, "is_staff", False):
        raise Http404
    if said.audience is Audience.CUSTOMER and not _signed_in(request):
        return _to_sign_in(request, said)
    return None


def _to_sign_in(request: HttpRequest, said: Declaration) -> HttpResponseBase:
    if "GET" in said.methods:
        return redirect_to_login(request.get_full_path())
    return redirect(settings.LOGIN_URL)


def _method_refused(request: HttpRequest, said: Declaration) -> HttpResponseBase | None:
    if request.method in said.methods:
        return None
    return method_not_allowed(request, said.methods)


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _said(request: HttpRequest) -> Declaration | None:
    return declaration_of(getattr(request.resolver_match, "func", None))


def _give_camera(request: HttpRequest, response: HttpResponseBase) -> None:
    said = _said(request)
    if said and said.camera:
        response.headers["Permissions-Policy"] = WITH_CAMERA


def _name_charset(response: HttpResponseBase) -> None:
    kind = response.headers.get("Content-Type", "")
    if kind.startswith(TEXT) and "charset" not in kind:
        response.headers["Content-Type"] = f"{kind}; charset=utf-8"


def _limit_keeping(request: HttpRequest, response: HttpResponseBase) -> None:
    said = _said(request)
    failed = response.status_code >= 500  # noqa: PLR2004
    if said and said.shared and not failed:
        response.headers.pop("Vary", None)
    elif failed or (said and said.secret) or _signed_in(request):
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")


def _limit_indexing(request: HttpRequest, response: HttpResponseBase) -> None:
    said = _said(request)
    public = said is not None and not said.secret and response.status_code == 200  # noqa: PLR2004
    html = response.headers.get("Content-Type", "").startswith("text/html")
    if html and (settings.ECHT.demo.on or not public):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
