"""What the pages of wallets share: whose account it is, and how a page answers."""

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from echt.accounts.views.answers import reader, typed
from echt.wallets.navigation import AREA, places

__all__ = ["HIDDEN", "reader", "show", "typed"]

HIDDEN = "hidden"
"""What `amounts` says in an address where they are not to be shown."""


def show(
    request: HttpRequest,
    template: str,
    *,
    place: str = "",
    form: BaseForm | None = None,
    refused: tuple[str, ...] | list[str] = (),
    **context: Any,
) -> HttpResponse:
    """The page; with status 422 where its form or what it asks for was refused.

    Args:
        request: the page's.
        template: its name under `wallets/`.
        place: which entry of `navigation.places` it belongs to.
        form: what was typed.
        refused: why it may not be, in sentences: shown above the page.
        context: what else the template shows.
    """
    refuses = bool(refused) or (form is not None and form.is_bound and bool(form.errors))
    frame = {"area": AREA, "places": places, "place": place, "form": form, "refused": refused}
    return render(
        request,
        f"wallets/{template}",
        {**frame, **_amounts(request), **context},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refuses else HTTPStatus.OK,
    )


def _amounts(request: HttpRequest) -> dict[str, Any]:
    """Whether the page is made without amounts, and the address that makes it the other way."""
    hidden, words = request.GET.get("amounts") == HIDDEN, request.GET.copy()
    words.pop("amounts", None)
    if not hidden:
        words["amounts"] = HIDDEN
    return {"hidden": hidden, "toggle_amounts": f"?{words.urlencode()}"}
