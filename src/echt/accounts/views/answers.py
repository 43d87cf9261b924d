"""What all signed-in pages of accounts share: who reads, and how a page answers."""

from http import HTTPStatus
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from echt.accounts.models import User


def reader(request: HttpRequest) -> User:
    """The person who is signed in; the page's audience has made sure that there is one."""
    return cast("User", request.user)


def typed(request: HttpRequest) -> Any:
    """What a form is bound to: what was posted, nothing for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def show(
    request: HttpRequest, template: str, *, form: BaseForm | None = None, here: str = "security", **context: Any
) -> HttpResponse:
    """The page; with status 422 where its form was refused."""
    refused = form is not None and form.is_bound and bool(form.errors)
    return render(
        request,
        f"accounts/{template}",
        {"form": form, "here": here, **context},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )
