"""The sources that the settings name; in the demo two of its own besides."""

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from echt.wallets.prices import demo
from echt.wallets.prices.files import FileSource
from echt.wallets.prices.pages import PageSource
from echt.wallets.prices.sources import PriceSource
from echt.wallets.settings import wallets_settings

LONGEST = 40
DIGEST = 8


def sources() -> list[PriceSource]:
    """Each once, in the order of the settings."""
    demos = demo.files(settings.DATA) if settings.ECHT.demo.on else []
    return [source_at(text) for text in dict.fromkeys([*wallets_settings().sources, *map(str, demos)])]


def source_at(text: str) -> PriceSource:
    """The source at an address or a path; a path that is not absolute begins in the data folder."""
    currency = wallets_settings().reference
    if is_address(text):
        return PageSource(name=name_of(text), url=text, currency=currency)
    return FileSource(name=name_of(text), path=settings.DATA.joinpath(text), currency=currency)


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def name_of(text: str) -> str:
    """How the source is called: the end of its path or its host and path, without its query, which may be a secret.

    What is cut off is told apart by a digest.
    """
    parts = urlsplit(text)
    short = f"{parts.hostname}{parts.path}".rstrip("/") if is_address(text) else "/".join(Path(text).parts[-2:])
    if len(short) <= LONGEST and not (is_address(text) and parts.query):
        return short
    return f"{short[: LONGEST - DIGEST - 1]}~{sha256(text.encode()).hexdigest()[:DIGEST]}"
