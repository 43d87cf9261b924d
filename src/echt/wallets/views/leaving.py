"""What the pages of sending, giving and withdrawing share: refusals in words, and the way from form to confirmation."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from echt.wallets.access import account_of
from echt.wallets.exchange_forms import as_typed
from echt.wallets.gate import Refused
from echt.wallets.models import Asset
from echt.wallets.operations import Operation
from echt.wallets.outgoing import new_token
from echt.wallets.outgoing_forms import AmountForm, Confirmation
from echt.wallets.refusals import Refusal
from echt.wallets.views.answers import reader, show
from echt.wallets.wording import sentences_of

REFUSALS = (Refusal, Refused)
Shown = Callable[[list[str]], HttpResponseBase]


def sentences(request: HttpRequest, error: Refusal | Refused, asset: Asset, operation: Operation) -> list[str]:
    """Why it may not be, in the reader's language."""
    if isinstance(error, Refusal):
        return [error.sentence]
    return sentences_of(error.answer, asset, operation, account=account_of(reader(request)).pk)


def units_of(form: AmountForm, most: Callable[[], int]) -> int:
    """How much was typed, or all that may move; 0: nothing may."""
    return most() if form.cleaned_data["all"] else int(form.cleaned_data["units"])


def nothing_may_move(asset: Asset) -> list[str]:
    return [_("Nothing of your %(asset)s may move now.") % {"asset": asset.code}]


def confirm(
    request: HttpRequest, template: str, *, place: str, units: int, facts: list[dict[str, Any]], **carried: str
) -> HttpResponseBase:
    """The page that tells everything before it is done; a new token with it."""
    fields = [("units", str(units)), ("token", new_token()), *carried.items()]
    return show(request, template, place=place, facts=facts, fields=fields)


def typed_again(told: Confirmation, asset: Asset | None) -> dict[str, Any]:
    """What a form begins with after its confirmation was refused."""
    data = {**told.data.dict()} if hasattr(told.data, "dict") else {**told.data}
    kept = {name: data.get(name, "") for name in told.kept}
    units = told.cleaned_data.get("units") if told.is_valid() else None
    return kept | ({"amount": as_typed(units, asset)} if units and asset else {})
