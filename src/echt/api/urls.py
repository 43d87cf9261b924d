"""Addresses of the API. Every one declares its audience: whoever has a key; the contract is for anyone."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from echt.api.main import api
from echt.api.openapi import document
from echt.api.routing import router
from echt.ui.audience import Audience, page

FOR_AN_HOUR = "public, max-age=3600"


@page(Audience.ANYONE, "GET", shared=True)
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The contract."""
    return HttpResponse(document(), content_type="application/json", headers={"Cache-Control": FOR_AN_HOUR})


def _methods() -> dict[str, set[str]]:
    """Which methods an address has, by the names of its operations."""
    found: dict[str, set[str]] = defaultdict(set)
    for operations in (view.operations for view in router.path_operations.values()):
        methods = {method for operation in operations for method in operation.methods}
        for operation in operations:
            found[operation.url_name] |= methods
    return found


def _declared() -> list[URLPattern]:
    methods = _methods()
    return [
        URLPattern(it.pattern, page(Audience.KEY, *methods[it.name])(it.callback), it.default_args, it.name)
        for it in api.urls[0]
        if isinstance(it, URLPattern) and it.name in methods
    ]


app_name = "api"
urlpatterns = [path("openapi.json", openapi, name="openapi"), *_declared()]
