"""Every message that we sent to the person who is signed in."""

from typing import cast

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from echt.mail.carried import explain
from echt.mail.models import Message
from echt.mail.number import NotANumber, parse
from echt.mail.recipient import Recipient
from echt.mail.selectors import message_of, messages_of
from echt.ui.audience import Audience, page

A_PAGE = 25


@page(Audience.CUSTOMER, "GET")
def index(request: HttpRequest) -> HttpResponse:
    found = _page(request)
    reader = cast("Recipient", request.user)
    lines = [(message, explain(message, reader.carried_code())) for message in found]
    return render(request, "mail/messages.html", {"lines": lines, "found": found, "here": "messages"})


@page(Audience.CUSTOMER, "GET")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    reader = cast("Recipient", request.user)
    message = _message(reader, number)
    carried = explain(message, reader.carried_code())
    return render(request, "mail/message.html", {"message": message, "carried": carried, "here": "messages"})


def _page(request: HttpRequest) -> Page[Message]:
    everything = messages_of(cast("Recipient", request.user)).defer("text", "html", "unsubscribe", "address")
    return Paginator(everything, A_PAGE).get_page(request.GET.get("page"))


def _message(reader: Recipient, number: str) -> Message:
    """The reader's message; the same 404 for what does not exist and for what is somebody else's."""
    try:
        found = message_of(reader, parse(number))
    except NotANumber as problem:
        raise Http404 from problem
    if found is None:
        raise Http404
    return found
