"""Settings of wallets that would be dangerous, or of no use, together."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import is_currency
from django.conf import settings
from django.core import checks

from echt.wallets.prices.register import is_address, name_of
from echt.wallets.settings import WalletsSettings, wallets_settings

Fault = tuple[str, str]
"""What is wrong, and what to do."""


@checks.register(checks.Tags.security)
def dangerous_settings(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Each fault of the settings, with a number that stays."""
    found = sorted(_faults_of(wallets_settings()))
    return [checks.Error(words, hint=hint, id=f"wallets.{code}") for code, (words, hint) in found]


@checks.register(checks.Tags.security, deploy=True)
def without_prices(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Without sources nothing has a price: nothing can be bought, converted or withdrawn."""
    said = wallets_settings()
    if settings.ECHT.demo.on or len(said.sources) >= said.least_sources:
        return []
    return [
        checks.Warning(
            "There are too few sources of prices, so there is no price of anything.",
            hint="Name at least ECHT_WALLETS_LEAST_SOURCES of them in ECHT_WALLETS_SOURCES.",
            id="wallets.W001",
        )
    ]


def _faults_of(said: WalletsSettings) -> Iterator[tuple[str, Fault]]:
    if not is_currency(said.reference):
        yield (
            "E001",
            ("The reference currency is none.", "Set ECHT_WALLETS_REFERENCE to a code of ISO 4217, such as EUR."),
        )
    names = [name_of(text) for text in said.sources]
    if len({*names}) < len(names):
        yield ("E002", ("Two sources of prices are the same.", "Name each in ECHT_WALLETS_SOURCES once."))
    if any(is_address(text) and not _is_plain(text) for text in said.sources):
        yield (
            "E003",
            (
                "The address of a source of prices has a name or a password in it, or no host.",
                "Take it out in ECHT_WALLETS_SOURCES: it would stand in logs.",
            ),
        )


def _is_plain(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.hostname) and not parts.username and not parts.password
