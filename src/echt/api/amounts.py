"""Amounts in JSON: decimal text of whole coins, with all decimals of the asset. A JSON number would be a float."""

from django.utils.translation import gettext as _

from echt.api.assets import Known
from echt.api.problems import Problem, invalid
from echt.wallets.amounts import as_text
from echt.wallets.exact import LARGEST

BITCOIN_DECIMALS = 8
RATE_DECIMALS = 18


def bitcoin(sats: int | None) -> str | None:
    return None if sats is None else as_text(sats, BITCOIN_DECIMALS)


def units_of(text: str, asset: Known, pointer: str, *, may_be_zero: bool = False) -> int:
    """The amount in smallest units, exactly.

    Raises:
        Problem: it has more decimals than the asset, is nothing, or too large.
    """
    whole, _dot, part = text.partition(".")
    if part[asset.decimals :].strip("0"):
        raise _wrong(pointer, "too_many_decimals", asset)
    units = int(whole + part[: asset.decimals].ljust(asset.decimals, "0"))
    if units > LARGEST:
        raise _wrong(pointer, "too_large", asset)
    if not units and not may_be_zero:
        raise _wrong(pointer, "zero", asset)
    return units


def _wrong(pointer: str, code: str, asset: Known) -> Problem:
    sentences = {
        "too_many_decimals": _("%(asset)s has %(count)s decimals; send no more."),
        "too_large": _("This amount is larger than any that can be kept."),
        "zero": _("An amount must be more than nothing."),
    }
    return invalid(pointer, code, sentences[code] % {"asset": asset.code, "count": asset.decimals})
