"""Where payment processors tell what happened: `/payments/<processor>/`, for machines.

1. Nobody is signed in here and no form is sent, so there is no CSRF token; what is not signed is not counted.
2. Read is at most `MOST` bytes, and nothing of it before its length is known.
3. 200: counted, now or before. 400, 401, 404, 413: not counted. 503: tell it again later; nothing was counted.
"""

from http import HTTPStatus

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from echt.ui.audience import Audience, page
from echt.wallets.actions.callbacks import UnknownReference, receive
from echt.wallets.actions.settling import NotNow
from echt.wallets.gate import NoPolicy
from echt.wallets.processors.contract import BadSignature, Malformed, Processor
from echt.wallets.processors.register import called
from echt.wallets.processors.signatures import HEADER

MOST = 16 * 1024
AGAIN = 60
PROBLEM = "application/problem+json"


@csrf_exempt  # rule 1: signed by its sender
@page(Audience.ANYONE, "POST", secret=True)
def callback(request: HttpRequest, processor: str) -> HttpResponseBase:
    taker = called(processor)
    if taker is None:
        raise Http404
    if _length(request) > MOST:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "More than a callback can be.")
    return _received(request, taker)


def problem(status: HTTPStatus, detail: str) -> JsonResponse:
    """What is wrong, for machines (RFC 9457)."""
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    return JsonResponse(told, status=status, content_type=PROBLEM)


def _received(request: HttpRequest, taker: Processor) -> HttpResponseBase:
    try:
        result = receive(processor=taker, signature=request.headers.get(HEADER, ""), body=request.body)
    except BadSignature:
        return problem(HTTPStatus.UNAUTHORIZED, "Not signed with our common key in the last minutes.")
    except Malformed:
        return problem(HTTPStatus.BAD_REQUEST, "Signed, but no event that is known here.")
    except UnknownReference:
        return problem(HTTPStatus.NOT_FOUND, "No payment has this reference.")
    except (NotNow, NoPolicy):
        answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, "Not now; please send it again.")
        answer.headers["Retry-After"] = str(AGAIN)
        return answer
    return JsonResponse({"result": result.value})


def _length(request: HttpRequest) -> int:
    """What the sender says; a body whose length nobody says is read as an empty one."""
    text = request.headers.get("Content-Length", "") or "0"
    return int(text) if text.isascii() and text.isdigit() else MOST + 1
