"""Amounts on the pages of wallets: `{% load wallets %}`, `{% coins units asset %}`, `{% worth units reference %}`.

1. Every digit that says something is shown: only zeros at the end are left out, and eight places always stay.
2. Where the reader hides amounts the page does not hold them.
"""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from echt import clock
from echt.ui import formats
from echt.wallets.hold_words import CHANNELS
from echt.wallets.models import Asset
from echt.wallets.standing import HoldCount

register = template.Library()

PLACES = 8
SATOSHI_DECIMALS = 8
LONG = 16
"""Characters from which on an amount is set smaller."""


@register.simple_tag(takes_context=True)
def coins(context: dict[str, Any], units: int, asset: Asset, *, unit: bool = False, signed: bool = False) -> SafeString:
    """An amount of an asset. `unit`: with its code; `signed`: with a plus where something came."""
    return _shown(context, told(units, asset, unit=unit, signed=signed))


@register.simple_tag(takes_context=True)
def worth(context: dict[str, Any], units: int, reference: Asset) -> SafeString:
    """What something is worth, in the reference currency."""
    return _shown(context, formats.money(units, reference.decimals, reference.code))


@register.simple_tag(takes_context=True)
def satoshis(context: dict[str, Any], units: int) -> SafeString:
    """So many satoshis, in Bitcoin."""
    return _shown(context, formats.amount(units, SATOSHI_DECIMALS, "BTC"))


@register.simple_tag
def clock_time(at: datetime) -> SafeString:
    """The time to the second, for prices."""
    local = timezone.localtime(at).strftime("%H:%M:%S")
    return format_html('<time datetime="{}" title="{}">{}</time>', formats.iso(at), formats.exact(at), local)


@register.simple_tag
def time_left(until: datetime) -> SafeString:
    """The time left alone, kept up to date."""
    left = max(until - clock.now(), timedelta())
    seconds = int(left.total_seconds())
    return format_html('<span data-countdown="{}">{}</span>', seconds, formats.duration(left))


@register.simple_tag
def came_by(count: HoldCount) -> str:
    """How many holds are open, and how their coins came: "2 holds, by card, by bank transfer"."""
    holds = ngettext("%(n)s hold", "%(n)s holds", count.open) % {"n": count.open}
    return ", ".join([holds, *(str(CHANNELS[channel]) for channel in count.channels)])


def told(units: int, asset: Asset, *, unit: bool = False, signed: bool = False) -> str:
    """The amount as text (rule 1)."""
    short, decimals = _without_zeros(units, asset.decimals)
    text = formats.amount(short, decimals, asset.code if unit else "")
    return f"+{text}" if signed and units > 0 else text


def _without_zeros(units: int, decimals: int) -> tuple[int, int]:
    while decimals > PLACES and units % 10 == 0:
        units, decimals = units // 10, decimals - 1
    return units, decimals


def _shown(context: dict[str, Any], text: str) -> SafeString:
    if context.get("hidden"):
        return format_html('<span class="amount" data-amount data-masked>{}</span>', formats.HIDDEN)
    size = " long" if len(text) > LONG else ""
    return format_html('<span class="amount{}" data-amount>{}</span>', size, text)
