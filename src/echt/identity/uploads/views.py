"""Uploads over plain HTTP, so that a photo survives a tunnel.

`POST /identification/uploads/` with `item` and `size` (bytes) announces a file and answers 201 with its `id` and the
`chunk`, the most bytes of one part. `PATCH /identification/uploads/<id>/` with the header `Upload-Offset` and a part
as its body appends it and answers 204. `HEAD` of the same address tells in `Upload-Offset` how much has come: after a
broken connection one asks, and goes on from there. `POST .../<id>/finish/` says that this was all; `DELETE` gives up.

A part at any other offset is refused with 409 and the right one in `Upload-Offset`. What is refused for itself is
answered with 422 and `{"reason", "sentence"}`, the sentence in the reader's language. What is not one's own, or older
than a day, is not there: 404.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from echt.accounts.views.answers import reader
from echt.identity.items import PICTURES, Item
from echt.identity.uploads import parts
from echt.identity.uploads.models import Upload
from echt.identity.uploads.refusals import Reason, UploadRefused
from echt.identity.uploads.workers import workers
from echt.ui.audience import Audience, page
from echt.ui.rate_limits import RateLimit

P = ParamSpec("P")

OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
A_DAY = RateLimit("identity-uploads", count=200, seconds=24 * 60 * 60)
MOST_DIGITS = 12


def tells_refusals(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turn what the parts refuse into answers."""

    @wraps(view)
    def telling(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except parts.Absent:
            raise Http404 from None
        except parts.WrongOffset as wrong:
            return HttpResponse(status=HTTPStatus.CONFLICT, headers={OFFSET: str(wrong.offset)})
        except UploadRefused as refused:
            return refusal(refused)

    return telling


def refusal(refused: UploadRefused) -> JsonResponse:
    """A refused upload, for a browser module."""
    told = {"reason": refused.reason, "sentence": refused.sentence}
    return JsonResponse(told, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@page(Audience.CUSTOMER, "POST")
@tells_refusals
def begin(request: HttpRequest) -> HttpResponseBase:
    item, size = request.POST.get("item"), _number(request.POST.get("size"))
    if item not in PICTURES or size is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    A_DAY.require(str(reader(request).pk))
    upload = parts.begin(actor=reader(request), item=Item(item), size=size)
    workers().warm_up()
    return JsonResponse({"id": str(upload.pk), "chunk": parts.CHUNK}, status=HTTPStatus.CREATED)


@page(Audience.CUSTOMER, "HEAD", "PATCH", "DELETE")
@tells_refusals
def upload(request: HttpRequest, upload: UUID) -> HttpResponseBase:
    found = parts.own_upload(reader(request), upload)
    if request.method == "HEAD":
        return _where(found, HTTPStatus.OK)
    if request.method == "DELETE":
        parts.discard(actor=reader(request), upload_id=upload)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _append(request, upload)


@page(Audience.CUSTOMER, "POST")
@tells_refusals
def finish(request: HttpRequest, upload: UUID) -> HttpResponseBase:
    finished = parts.finish(actor=reader(request), upload_id=upload)
    workers().warm_up()
    return JsonResponse({"id": str(finished.pk)})


def _append(request: HttpRequest, upload: UUID) -> HttpResponseBase:
    offset = _number(request.headers.get(OFFSET))
    if offset is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    try:
        chunk = request.body
    except RequestDataTooBig:
        raise UploadRefused(Reason.TOO_BIG) from None
    return _where(
        parts.append(actor=reader(request), upload_id=upload, offset=offset, chunk=chunk), HTTPStatus.NO_CONTENT
    )


def _where(upload: Upload, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(status=status, headers={OFFSET: str(upload.received), LENGTH: str(upload.size)})


def _number(text: str | None) -> int | None:
    """A whole number written in plain digits."""
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > MOST_DIGITS:
        return None
    return int(text)
