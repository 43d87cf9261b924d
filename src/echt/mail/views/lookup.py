"""The look-up of a number: on the landing page, and on a page of its own."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from echt.mail.lookup import Answer, answer
from echt.mail.recipient import Recipient
from echt.mail.render import EXAMPLE_NUMBER
from echt.ui.audience import Audience, page
from echt.ui.client import client_network

FORM = "mail/lookup_form.html"


@page(Audience.ANYONE, "GET")
def check(request: HttpRequest, number: str | None = None) -> HttpResponse:
    return render(request, "mail/check.html", lookup(request, number))


def lookup(request: HttpRequest, number: str | None = None) -> dict[str, Any]:
    """What `lookup_form.html` needs to know: the answer, where something was asked."""
    typed = number if number is not None else request.GET.get("number", "")
    return {"answer": _answer(request, typed) if typed.strip() else None, "example": EXAMPLE_NUMBER}


def _answer(request: HttpRequest, typed: str) -> Answer:
    return answer(typed.strip(), client=client_network(request), reader=reader_of(request))


def reader_of(request: HttpRequest) -> Recipient | None:
    """The person who is signed in, as somebody whom messages go to."""
    return cast("Recipient", request.user) if request.user.is_authenticated else None
