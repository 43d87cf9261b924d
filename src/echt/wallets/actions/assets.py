"""Assets and the networks on which they leave.

1. Code, kind and decimals never change: every amount of the ledger counts in them.
2. Nothing is removed: what is switched off can be neither bought, converted nor withdrawn, and what is there stays.
3. Bitcoin, in which limits count, and the reference currency are always there.
"""

import re
from dataclasses import dataclass

from babel.numbers import get_currency_precision
from django.db import transaction
from django.utils.translation import gettext as _

from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.audit.details import JSON
from echt.audit.record import record
from echt.wallets.events import Event
from echt.wallets.models import Asset, Network
from echt.wallets.models.assets import MOST_DECIMALS, AssetKind
from echt.wallets.permissions import Permission, may
from echt.wallets.prices.refreshing import set_reference
from echt.wallets.settings import wallets_settings

BITCOIN = "BTC"
BITCOIN_DECIMALS = 8
CODE = re.compile(r"[A-Z0-9]{2,12}")
NETWORK_CODE = re.compile(r"[a-z0-9-]{2,16}")
LONGEST_NAME = 60
MOST_ORDER = 32_767


class AssetWrong(Exception):
    """What was entered will not do; the sentence says what to change. Nothing has happened."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True, kw_only=True)
class AssetChange:
    """What of an asset can be changed."""

    name: str
    order: int
    is_active: bool


@dataclass(frozen=True, kw_only=True)
class NetworkChange:
    """What of a network can be changed. `least` and `fee`: units of the asset."""

    name: str
    rule: str
    least: int
    fee: int
    is_active: bool


def add_asset(*, actor: User, code: str, kind: AssetKind, decimals: int, change: AssetChange) -> Asset:
    """Add an asset; code, kind and decimals are for ever (rule 1).

    Raises:
        Absent: the actor may not.
        AssetWrong: what was entered will not do.
    """
    _require_may(actor)
    _require(CODE.fullmatch(code), _("Enter a code of 2 to 12 capital letters and digits."), "code")
    _require(0 <= decimals <= MOST_DECIMALS, _("Enter between 0 and %(most)s.") % {"most": MOST_DECIMALS}, "decimals")
    checked = _checked(change)
    with transaction.atomic():
        _require(not Asset.objects.filter(code=code).exists(), _("There is an asset with this code."), "code")
        asset = Asset.objects.create(code=code, kind=kind.value, decimals=decimals, **checked)
        record(Event.ASSET_ADDED, actor=actor, asset=code, kind=kind.value, decimals=decimals)
        return asset


def change_asset(*, actor: User, asset_id: int, change: AssetChange) -> Asset:
    """Give an asset another name or place in lists, or switch it on or off.

    Raises:
        Absent: there is none, or the actor may not.
        AssetWrong: what was entered will not do, or rule 3.
    """
    _require_may(actor)
    checked = _checked(change)
    with transaction.atomic():
        asset = _locked(asset_id)
        needed = asset.code in {BITCOIN, wallets_settings().reference}
        _require(
            change.is_active or not needed,
            _("%(asset)s cannot be switched off: limits and prices count in it.") % {"asset": asset.code},
            "is_active",
        )
        for name, value in checked.items():
            setattr(asset, name, value)
        asset.save(update_fields=[*checked])
        record(Event.ASSET_CHANGED, actor=actor, asset=asset.code, to=checked)
        return asset


def set_network(*, actor: User, asset_id: int, code: str, change: NetworkChange) -> Network:
    """Add a network of an asset, or change the one with this code.

    Raises:
        Absent: there is no such asset, or the actor may not.
        AssetWrong: what was entered will not do.
    """
    _require_may(actor)
    _require(NETWORK_CODE.fullmatch(code), _("Enter a code of 2 to 16 small letters, digits and hyphens."), "code")
    _require(change.least > 0, _("Enter the least amount that can be withdrawn, more than zero."), "least")
    _require(change.fee >= 0, _("Enter a fee of zero or more."), "fee")
    values = {
        "name": _name(change.name),
        "rule": change.rule,
        "least": change.least,
        "fee": change.fee,
        "is_active": change.is_active,
    }
    with transaction.atomic():
        asset = _locked(asset_id)
        network, _made = Network.objects.update_or_create(asset=asset, code=code, defaults=values)
        told: dict[str, JSON] = {"name": network.name, "rule": change.rule, "is_active": change.is_active}
        told |= {"least": str(change.least), "fee": str(change.fee)}
        record(Event.NETWORK_CHANGED, actor=actor, asset=asset.code, network=code, to=told)
        return network


def ensure_basics() -> None:
    """Bring in Bitcoin and the reference currency with its rate, where they are missing (rule 3). Safe to repeat."""
    code = wallets_settings().reference
    with transaction.atomic():
        _ensure(BITCOIN, "Bitcoin", AssetKind.CRYPTO, BITCOIN_DECIMALS, order=1)
        set_reference(_ensure(code, NAMES.get(code, code), AssetKind.FIAT, get_currency_precision(code), order=90))


NAMES = {"EUR": "Euro", "USD": "US dollar", "GBP": "Pound sterling", "CHF": "Swiss franc", "JPY": "Yen"}


def _ensure(code: str, name: str, kind: AssetKind, decimals: int, *, order: int) -> Asset:
    defaults = {"name": name, "kind": kind.value, "decimals": decimals, "order": order}
    return Asset.objects.get_or_create(code=code, defaults=defaults)[0]


def _checked(change: AssetChange) -> dict[str, JSON]:
    order_fits = 0 <= change.order <= MOST_ORDER
    _require(order_fits, _("Enter a place between 0 and %(most)s.") % {"most": MOST_ORDER}, "order")
    return {"name": _name(change.name), "order": change.order, "is_active": change.is_active}


def _name(name: str) -> str:
    name = name.strip()
    fits = 0 < len(name) <= LONGEST_NAME and name.isprintable()
    _require(fits, _("Enter a name of at most %(most)s characters, in one line.") % {"most": LONGEST_NAME}, "name")
    return name


def _locked(asset_id: int) -> Asset:
    asset = Asset.objects.select_for_update(no_key=True).filter(pk=asset_id).first()
    if asset is None:
        raise Absent
    return asset


def _require_may(actor: User) -> None:
    if not may(actor, Permission.ASSETS_CHANGE):
        raise Absent


def _require(holds: object, sentence: str, field: str) -> None:
    if not holds:
        raise AssetWrong(sentence, field)
