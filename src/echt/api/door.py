"""Requests of the API, apart from those of pages: no session, no cookie, no CSRF token, no template.

1. What begins with `/api/` is answered here and goes no further; the product's security headers lie outside of it.
2. Closed by default: a view answers only if it declares `Audience.KEY`, or `Audience.ANYONE`.
3. First the key, then the method, then how often: who has no key learns nothing of what there is.
4. Whatever goes wrong becomes a problem (`problems`); a fault of ours is logged with its cause.
5. Nothing of it is kept by a browser or a proxy, but for what is the same for everybody.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from echt.api import rates
from echt.api.failures import problem_of
from echt.api.keys import authenticate, note_use
from echt.api.problems import Code, Problem
from echt.ui.audience import Audience, Declaration, declaration_of
from echt.ui.reader import language_without_account

BEGINS = "/api/"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class ApiDoor:
    """Stands beneath the headers, above everything that pages need (rule 1)."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(BEGINS):
            return self.answer(request)
        language = language_without_account(request)
        with translation.override(language):
            response = guarded(request, _answer)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        if isinstance(response, HttpResponse):  # without its length no connection is kept
            response.headers["Content-Length"] = str(len(response.content))
        return response


def guarded(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
    """The answer, or the problem that came up (rule 4)."""
    try:
        return answer(request)
    except Exception as error:  # noqa: BLE001  # nothing may become a page
        return problem_of(error).response()


def _answer(request: HttpRequest) -> HttpResponseBase:
    request.get_host()
    match = request.resolver_match = resolve(request.path_info)
    said = declaration_of(match.func)
    if said is None or said.audience not in {Audience.KEY, Audience.ANYONE}:
        raise Http404
    if said.audience is Audience.KEY:
        _let_in(request, said)
    else:
        _check_method(request, said)
    return _called(request, match)


def _let_in(request: HttpRequest, said: Declaration) -> None:
    """Rule 3."""
    key = authenticate(request)
    _check_method(request, said)
    rates.take(key)
    note_use(key)
    if request.method == "POST" and request.content_type != "application/json":
        raise Problem(Code.NOT_JSON)


def _check_method(request: HttpRequest, said: Declaration) -> None:
    if request.method not in said.methods:
        raise Problem(Code.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(sorted(said.methods))})


def _called(request: HttpRequest, match: ResolverMatch) -> HttpResponseBase:
    """HEAD is answered as GET is; the server leaves the body away."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer
    finally:
        request.method = method
