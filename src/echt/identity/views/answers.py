"""What the pages of identification share: whose case it is, and how a page answers."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from echt.accounts.views.answers import reader, typed
from echt.identity.access import Absent, own_case
from echt.identity.models import Case, WrongState
from echt.identity.refusals import Refused, sentence_of
from echt.identity.states import WITH_APPLICANT, State
from echt.identity.uploads.refusals import UploadRefused
from echt.identity.views.steps import steps_of

__all__ = ["of_case", "reader", "refusal", "show", "step_of_case", "tell", "telling", "typed"]

View = Callable[..., HttpResponseBase]
"""A page; where it is about a case, the case comes after the request."""
Refusal = Refused | WrongState | UploadRefused
REFUSALS = (Refused, WrongState, UploadRefused)


def of_case(view: View) -> View:
    """A page of one's own case: the same 404 for what is absent and what is foreign."""

    @wraps(view)
    def found(request: HttpRequest, case: UUID, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, own_case(reader(request), case), *args, **kwargs)
        except Absent:
            raise Http404 from None

    return found


def step_of_case(view: View) -> View:
    """A step of one's own case. Once it is with us, its steps lead to the page that says where it stands."""

    @of_case
    @wraps(view)
    def found(request: HttpRequest, case: Case, *args: object, **kwargs: object) -> HttpResponseBase:
        if State(case.state) not in WITH_APPLICANT:
            return redirect("identity:case", case=case.pk)
        return view(request, case, *args, **kwargs)

    return found


def telling(view: View) -> View:
    """For a browser module: what is refused is told as JSON."""

    @wraps(view)
    def told(request: HttpRequest, case: Case, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, case, *args, **kwargs)
        except REFUSALS as refused:
            return tell(refusal(refused))

    return told


def tell(sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def refusal(error: Refusal) -> str:
    """What to do, in the reader's language."""
    return error.sentence if isinstance(error, UploadRefused) else sentence_of(error)


def show(
    request: HttpRequest,
    template: str,
    *,
    case: Case | None = None,
    form: BaseForm | None = None,
    refused: str = "",
    **context: Any,
) -> HttpResponse:
    """The page; with status 422 where its form or what it asks for was refused."""
    refuses = bool(refused) or (form is not None and form.is_bound and bool(form.errors))
    steps = steps_of(case, here=template.removesuffix(".html")) if case is not None else []
    return render(
        request,
        f"identity/{template}",
        {"case": case, "form": form, "refusal": refused, "steps": steps, "here": "identification", **context},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refuses else HTTPStatus.OK,
    )
