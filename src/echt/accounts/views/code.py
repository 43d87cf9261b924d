"""Setting, changing and showing the anti-phishing code.

On narrow screens and in the app the page has two steps: a reminder to read, and after Confirm (`?step=field`)
the field.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from echt.accounts.actions.codes import change_code, reveal_code
from echt.accounts.codes import CodeRefused, is_short
from echt.accounts.mails import NewDevice
from echt.accounts.models import User
from echt.accounts.proofs import RequestStepUp, methods_of
from echt.accounts.security_forms import CodeForm
from echt.accounts.selectors import codes_of
from echt.accounts.step_up import Method
from echt.accounts.views.answers import reader, show, typed
from echt.accounts.views.step_up import asks_for_proof
from echt.accounts.where import where
from echt.mail.recipient import Recipient
from echt.mail.render import as_page
from echt.ui.audience import Audience, page

HIDDEN = "••••••"


@page(Audience.CUSTOMER, "GET", "POST")
@asks_for_proof
def code(request: HttpRequest) -> HttpResponseBase:
    form = CodeForm(typed(request), owner=reader(request))
    if form.is_valid() and _saved(request, form):
        return redirect("accounts:security")
    return _show(request, form)


@page(Audience.CUSTOMER, "GET", "POST")
@asks_for_proof
def reveal(request: HttpRequest) -> HttpResponseBase:
    """Show the current code; opened without a button's press it leads back."""
    if request.method != "POST":
        return redirect("accounts:code")
    reveal_code(actor=reader(request), step_up=RequestStepUp(request), where=where(request))
    return _show(request, CodeForm(owner=reader(request)), revealed=True)


def _saved(request: HttpRequest, form: CodeForm) -> bool:
    new = form.cleaned_data["code"]
    try:
        change_code(actor=reader(request), code=new, step_up=RequestStepUp(request), where=where(request))
    except CodeRefused as refused:
        form.add_error("code", refused.sentence)
        return False
    messages.success(request, _("Your code is saved. A test message with it is on its way to you."))
    if is_short(new):
        messages.info(request, _("A code of four or more characters is harder to guess."))
    return True


def _show(request: HttpRequest, form: CodeForm, *, revealed: bool = False) -> HttpResponseBase:
    user = reader(request)
    codes = codes_of(user)
    has_code = bool(codes) and codes[0].valid_until is None
    return show(
        request,
        "code.html",
        form=form,
        codes=codes,
        has_code=has_code,
        revealed=revealed,
        confirmed=form.is_bound or revealed or request.GET.get("step") == "field",
        proof=_proof_words(user),
        example=_example(user, form, has_code=has_code),
    )


def _example(user: Recipient, form: CodeForm, *, has_code: bool) -> SafeString:
    """A real kind of message with the code as typed; a code that is set does not show before it is revealed."""
    shown = str(form["code"].value() or "") or (HIDDEN if has_code else None)
    return as_page(NewDevice.example(user), code=shown)


def _proof_words(user: User) -> str:
    """What saving will ask for."""
    best = methods_of(user)[0]
    if best is Method.PASSKEY:
        return _("To save it you confirm with your passkey. A test message follows at once.")
    if best is Method.CODE:
        return _("To save it you confirm with your second factor. A test message follows at once.")
    return _("To save it you confirm with your password. A test message follows at once.")
