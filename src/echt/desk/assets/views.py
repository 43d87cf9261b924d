"""The pages of assets."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.access import Absent
from echt.desk.answers import at_desk, reader, show
from echt.desk.assets.forms import AssetForm, NetworkForm, NewAssetForm, initial_of
from echt.desk.assets.words import price
from echt.desk.permissions import may
from echt.ui.forms import Form
from echt.wallets.actions.assets import AssetWrong, add_asset, change_asset, set_network
from echt.wallets.models import Asset, Network
from echt.wallets.models.assets import AssetKind
from echt.wallets.permissions import Permission
from echt.wallets.prices.board import board, line_of
from echt.wallets.prices.medians import Standing
from echt.wallets.prices.register import sources
from echt.wallets.settings import wallets_settings

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
STANDINGS: dict[Standing, tuple[str, Promise]] = {
    Standing.COUNTS: ("success", gettext_lazy("counts")),
    Standing.OLD: ("warning", gettext_lazy("too old")),
    Standing.FAR: ("danger", gettext_lazy("too far from the others")),
}


@at_desk(Permission.ASSETS_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    settings = wallets_settings()
    too_few = len(sources()) < settings.least_sources
    lines = [(line, price(line.last.value) if line.last else "") for line in board()]
    return _show(request, "index.html", lines=lines, too_few=too_few, least=settings.least_sources)


@at_desk(Permission.ASSETS_CHANGE, "GET", "POST")
def add(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        return _show(request, "add.html", form=NewAssetForm(initial={"order": 50, "is_active": True}))
    form = NewAssetForm(request.POST)
    if not form.is_valid():
        return _show(request, "add.html", status=UNPROCESSABLE, form=form)
    said = form.cleaned_data
    try:
        asset = add_asset(
            actor=reader(request),
            code=said["code"],
            kind=AssetKind(said["kind"]),
            decimals=said["decimals"],
            change=form.change(),
        )
    except AssetWrong as wrong:
        _add_error(form, wrong)
        return _show(request, "add.html", status=UNPROCESSABLE, form=form)
    messages.success(request, _("The asset is there. Add a network, so that it can be withdrawn."))
    return redirect("desk:asset", code=asset.code)


@at_desk(Permission.ASSETS_READ, "GET")
def asset(request: HttpRequest, code: str) -> HttpResponseBase:
    return _show_asset(request, _asset(code))


@at_desk(Permission.ASSETS_CHANGE, "POST")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    found, form = _asset(code), AssetForm(request.POST)
    if not form.is_valid():
        return _show_asset(request, found, status=UNPROCESSABLE, form=form)
    try:
        change_asset(actor=reader(request), asset_id=found.pk, change=form.change())
    except AssetWrong as wrong:
        _add_error(form, wrong)
        return _show_asset(request, found, status=UNPROCESSABLE, form=form)
    messages.success(request, _("Saved."))
    return redirect("desk:asset", code=code)


@at_desk(Permission.ASSETS_CHANGE, "POST")
def network(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _asset(code)
    form = NetworkForm(request.POST, asset=found, auto_id="network_%s")
    if not form.is_valid():
        return _show_asset(request, found, status=UNPROCESSABLE, network_form=form)
    try:
        set_network(actor=reader(request), asset_id=found.pk, code=form.cleaned_data["code"], change=form.change())
    except AssetWrong as wrong:
        _add_error(form, wrong)
        return _show_asset(request, found, status=UNPROCESSABLE, network_form=form)
    messages.success(request, _("Saved."))
    return redirect("desk:asset", code=code)


def _asset(code: str) -> Asset:
    found = Asset.objects.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def _add_error(form: Form, wrong: AssetWrong) -> None:
    form.add_error(wrong.field if wrong.field in form.fields else None, wrong.sentence)


def _show_asset(
    request: HttpRequest, found: Asset, *, status: HTTPStatus = HTTPStatus.OK, **sent: Any
) -> HttpResponseBase:
    """An asset with its prices and networks; `sent`: forms as they were sent."""
    line = line_of(found)
    chosen = Network.objects.filter(asset=found, code=request.GET.get("network", "")).first()
    shown = {
        "asset": found,
        "line": line,
        "rate": price(line.rate.value) if line.rate else "",
        "prices": [(it, price(it.value), *STANDINGS[it.standing]) for it in line.said],
        "networks": list(found.networks.all()),
        "chosen": chosen,
        "form": AssetForm(initial={"name": found.name, "order": found.order, "is_active": found.is_active}),
        "network_form": NetworkForm(initial=initial_of(chosen, found), asset=found, auto_id="network_%s"),
        **sent,
    }
    return _show(request, "asset.html", status=status, **shown)


def _show(request: HttpRequest, template: str, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponseBase:
    more["may_change"] = may(reader(request), Permission.ASSETS_CHANGE)
    more["reference"] = wallets_settings().reference
    return show(request, f"assets/{template}", place="assets", status=status, **more)
