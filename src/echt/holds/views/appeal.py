"""Asking for an earlier release, with words and documents. No document touches the disk in clear."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from echt.holds.actions.appealing import LONGEST, MOST_BYTES, MOST_FILES, make_appeal, withdraw_appeal
from echt.holds.models import Hold
from echt.holds.refusals import HoldRefused
from echt.holds.views.answers import of_hold, reader, show, typed
from echt.holds.views.hold import context_of
from echt.identity.views.in_memory import InMemory
from echt.ui.audience import Audience, page
from echt.ui.forms import Form

MOST_OF_A_FORM = MOST_FILES * MOST_BYTES + 64 * 1024


class DocumentsInMemory(InMemory):
    """Takes several documents; of a form that is larger than all of them may be, no file is kept at all."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Whether the form is small enough."""
        super().handle_raw_input(*args, **kwargs)
        self.activated = args[2] <= MOST_OF_A_FORM


class Several(forms.FileInput):
    allow_multiple_selected = True


class AppealForm(Form):
    """Words, and documents of which the action says whether they are taken."""

    words = forms.CharField(
        label=gettext_lazy("Why should these coins be free earlier?"),
        help_text=gettext_lazy("Say what happened and what your documents show. Only staff who decide read it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    documents = forms.Field(
        label=gettext_lazy("Documents"),
        help_text=gettext_lazy("JPEG, PNG or PDF, up to three, of up to 10 MB each."),
        required=False,
        widget=Several(attrs={"accept": ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf", "multiple": ""}),
    )


def keeps_documents_in_memory(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Stands before whatever reads the form, the CSRF check too."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        request.upload_handlers = [DocumentsInMemory(request)]
        return view(request, *args, **kwargs)

    return keeping


@csrf_exempt  # `csrf_protect` asks for the token below, once the files have their place in memory
@page(Audience.CUSTOMER, "GET", "POST")
@keeps_documents_in_memory
@csrf_protect
@of_hold
def ask(request: HttpRequest, hold: Hold) -> HttpResponseBase:
    form = AppealForm(typed(request), request.FILES if request.method == "POST" else None)
    refused = _too_big(request)
    if not refused and form.is_valid():
        try:
            make_appeal(
                actor=reader(request),
                hold_id=hold.pk,
                words=form.cleaned_data["words"],
                documents=[bytes(file.read()) for file in request.FILES.getlist("documents")],
            )
        except HoldRefused as error:
            refused = error.sentence
        else:
            messages.success(request, _("We have your request. A person looks at it, and we write to you."))
            return redirect("holds:hold", hold=hold.pk)
    if request.method == "GET" and not context_of(hold)["may_ask"]:
        return redirect("holds:hold", hold=hold.pk)
    failed = bool(refused) or bool(form.is_bound and form.errors)
    context = {**context_of(hold), "form": form, "refusal": refused}
    return show(request, "appeal.html", refused=failed, **context)


@page(Audience.CUSTOMER, "POST")
@of_hold
def withdraw(request: HttpRequest, hold: Hold) -> HttpResponseBase:
    try:
        withdraw_appeal(actor=reader(request), hold_id=hold.pk)
    except HoldRefused as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("holds:hold", hold=hold.pk)


def _too_big(request: HttpRequest) -> str:
    if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_OF_A_FORM:
        return ""
    return _("Your documents are too large together. Choose fewer, or smaller ones.")
