"""What all pages of the desk share: whose role may open them, and how they answer."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.desk.permissions import Permission, may
from echt.desk.places import places_for
from echt.ui.audience import Audience, page
from echt.vault.errors import Destroyed

View = Callable[..., HttpResponseBase]


def at_desk(permission: Permission, *methods: str) -> Callable[[View], View]:
    """Declare a page of the desk: for staff whose role has this permission; for all others there is none."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **values: Any) -> HttpResponseBase:
            if not may(reader(request), permission):
                raise Http404
            try:
                return view(request, **values)
            except Absent as absent:
                raise Http404 from absent
            except Destroyed:
                return show(request, "gone.html", place="queue", status=HTTPStatus.GONE)

        return page(Audience.STAFF, *methods)(guarded)

    return declare


def reader(request: HttpRequest) -> User:
    """The person who is signed in; the page's audience has made sure that there is one."""
    return cast("User", request.user)


def show(
    request: HttpRequest, template: str, *, place: str, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """A page of the desk. `place`: which of its places one is at."""
    shown = {"area": "desk", "place": place, "places": places_for(reader(request)), **context}
    return render(request, f"desk/{template}", shown, status=status)
