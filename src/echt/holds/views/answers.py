"""What the pages of holds share: whose hold it is, and how a page answers."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from echt.accounts.views.answers import reader, typed
from echt.holds.access import Absent, own_hold
from echt.wallets.navigation import AREA, places

__all__ = ["of_hold", "reader", "show", "typed"]

View = Callable[..., HttpResponseBase]


def of_hold(view: View) -> View:
    """A page of one's own hold: the same 404 for what is absent and what is foreign."""

    @wraps(view)
    def found(request: HttpRequest, hold: UUID) -> HttpResponseBase:
        try:
            return view(request, own_hold(reader(request), hold))
        except Absent:
            raise Http404 from None

    return found


def show(request: HttpRequest, template: str, *, refused: bool = False, **context: Any) -> HttpResponse:
    """The page, in the frame of wallets; with status 422 where what it asks for was refused."""
    frame = {"area": AREA, "places": places, "place": "overview"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, f"holds/{template}", {**frame, **context}, status=status)
