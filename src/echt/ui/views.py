"""The pages that belong to no other room: landing, style, the brand's files, and what is shown on failure."""

from collections.abc import Iterable
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from echt.ui import brand, context, formats, landing, reader, specimens
from echt.ui.audience import Audience, page
from echt.ui.rate_limits import TooMany
from echt.ui.redirects import own_path

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
LANGUAGE_KEPT = 365 * 24 * 60 * 60
UNKNOWN_WAIT = 60


@page(Audience.ANYONE, "GET")
def home(request: HttpRequest) -> HttpResponse:
    """The landing page, with the question whether it is really us."""
    shown = {"area": "home", "lookup": landing.lookup_for(request), "pillars": landing.pillars()}
    return render(request, "ui/landing.html", shown)


@page(Audience.DEMO, "GET")
def style(request: HttpRequest) -> HttpResponse:
    """Every component with all its states."""
    return render(request, "ui/style.html", specimens.context())


@page(Audience.ANYONE, "POST")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Change the language and go back to where the reader was. An unknown language changes nothing."""
    answer = HttpResponseRedirect(own_path(request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if reader.is_language(language):
        reader.language_chosen(request, language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=LANGUAGE_KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


# The brand's files ----------------------------------------------------------------------------------------


@page(Audience.ANYONE, "GET", shared=True)
def brand_stylesheet(request: HttpRequest, digest: str) -> HttpResponse:  # noqa: ARG001
    return _kept(brand.stylesheet(), "text/css", digest)


@page(Audience.ANYONE, "GET", shared=True)
def brand_mark(request: HttpRequest, digest: str) -> HttpResponse:  # noqa: ARG001
    try:
        return _kept(brand.mark(), "image/svg+xml", digest)
    except brand.MarkRefused as error:
        raise Http404 from error


@page(Audience.ANYONE, "GET", shared=True)
def qr(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The QR code of the site's address."""
    return HttpResponse(brand.qr(), content_type="image/svg+xml", headers={"Cache-Control": FOR_AN_HOUR})


def _kept(content: bytes, kind: str, digest: str) -> HttpResponse:
    """For good under its own digest; under an older page's digest the present content, not kept."""
    keep = FOR_GOOD if digest == brand.digest(content) else "no-cache"
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": keep})


# What is shown when something fails -----------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _trouble(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _trouble(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _trouble(request, HTTPStatus.NOT_FOUND)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    answer = _trouble(request, HTTPStatus.METHOD_NOT_ALLOWED)
    answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The limit is used up; says when to try again. A library that does not say when gets a minute."""
    seconds = exception.retry_after if isinstance(exception, TooMany) else UNKNOWN_WAIT
    wait = formats.in_words(timedelta(seconds=seconds))
    answer = _trouble(request, HTTPStatus.TOO_MANY_REQUESTS, wait=wait)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Asks neither the database nor the session, for these may be what failed."""
    with translation.override(reader.language_without_account(request)):
        content = render_to_string("ui/500.html", context.frame())
    return HttpResponse(content, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # the reason is for our log
    return render(request, "ui/csrf.html", status=HTTPStatus.FORBIDDEN)


def _trouble(request: HttpRequest, status: HTTPStatus, **shown: str) -> HttpResponse:
    return render(request, f"ui/{status.value}.html", shown, status=status)
