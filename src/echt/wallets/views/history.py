"""The history of an account's money, as a page and as CSV."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.ui.audience import Audience, page
from echt.ui.forms import Form
from echt.wallets import csv_export
from echt.wallets.access import account_of
from echt.wallets.amounts import as_text
from echt.wallets.history import Line, Wanted, everything, page_of, refused_of
from echt.wallets.models import Account, Asset
from echt.wallets.operations import LABELS
from echt.wallets.views.answers import reader, show

REFUSED = "refused"
MOST_DIGITS = 18
HEADS = ("time", "operation", "asset", "amount", "balance_after", "counterpart", "reference", "transfer")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HistoryForm(Form):
    """What to show; a line that is not filled in narrows nothing."""

    asset = forms.ModelChoiceField(Asset.objects.none(), required=False, label=_("Asset"), empty_label=_("All"))
    operation = forms.ChoiceField(
        required=False, label=_("What"), choices=[("", _("All")), *((it.value, label) for it, label in LABELS.items())]
    )
    since = forms.DateField(required=False, label=_("From"), widget=DAY, input_formats=["%Y-%m-%d"])
    until = forms.DateField(required=False, label=_("Until"), widget=DAY, input_formats=["%Y-%m-%d"])

    def __init__(self, data: QueryDict, account: Account) -> None:
        super().__init__(data)
        assets = self.fields["asset"]
        assert isinstance(assets, forms.ModelChoiceField)
        assets.queryset = Asset.objects.filter(pk__in=account.balances.values("asset"))

    def wanted(self) -> Wanted:
        """What was chosen; of what cannot be read, nothing."""
        chosen: dict[str, Any] = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        asset, until = chosen.get("asset"), chosen.get("until")
        return Wanted(
            asset=asset.pk if asset else None,
            operation=chosen.get("operation") or "",
            since=_midnight(chosen.get("since")),
            before=_midnight(until + timedelta(days=1)) if until else None,
        )


@page(Audience.CUSTOMER, "GET")
def history(request: HttpRequest) -> HttpResponseBase:
    account = account_of(reader(request))
    form = HistoryForm(request.GET, account)
    wanted, place = form.wanted(), request.GET.get("before", "")
    is_refused = request.GET.get("show") == REFUSED
    found = (
        refused_of(account, wanted, before=_uuid(place))
        if is_refused
        else page_of(account, wanted, before=_number(place))
    )
    return show(
        request,
        "history.html",
        place="history",
        filters=form,
        wanted=wanted,
        lines=found.lines,
        is_refused=is_refused,
        kinds=_kinds(is_refused=is_refused),
        older=_address(request, before=found.older) if found.older else "",
        newer=_address(request) if place else "",
        csv=f"{reverse('wallets:history_csv')}?{_kept(request)}",
    )


@page(Audience.CUSTOMER, "GET")
def history_csv(request: HttpRequest) -> HttpResponseBase:
    """All lines that the page would show, the newest first."""
    account = account_of(reader(request))
    wanted = HistoryForm(request.GET, account).wanted()
    day = timezone.localdate(clock.now())
    return csv_export.download(f"history-{day.isoformat()}", _rows(account, wanted))


def _rows(account: Account, wanted: Wanted) -> Iterator[tuple[str, ...]]:
    yield HEADS
    for line in everything(account, wanted):
        yield _row(line)


def _row(line: Line) -> tuple[str, ...]:
    return (
        csv_export.moment(line.at),
        line.operation.value,
        line.asset.code,
        as_text(line.units, line.asset.decimals),
        as_text(line.after, line.asset.decimals),
        line.other,
        str(line.reference or ""),
        str(line.transfer),
    )


def _kinds(*, is_refused: bool) -> list[dict[str, Any]]:
    here = reverse("wallets:history")
    return [
        {"label": _("Carried out"), "url": here, "current": not is_refused},
        {"label": _("Refused"), "url": f"{here}?show={REFUSED}", "current": is_refused},
    ]


def _address(request: HttpRequest, **more: object) -> str:
    """The page with the same filters, from another place on."""
    return f"{reverse('wallets:history')}?{_kept(request, **more)}"


def _kept(request: HttpRequest, **more: object) -> str:
    names = ("asset", "operation", "since", "until", "show", "amounts")
    kept = {name: value for name in names if (value := request.GET.get(name, ""))}
    return urlencode(kept | more)


def _midnight(day: Any) -> datetime | None:
    """When the day begins where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
