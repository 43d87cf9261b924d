"""What every page knows: `brand`, `areas`, `menu`, `language`, `languages`, `demo`."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from echt.ui import brand, navigation
from echt.ui.settings import BrandSettings, brand_settings


@dataclass(frozen=True, kw_only=True)
class Brand:
    """The brand as templates need it; every address is one of our own origin."""

    name: str
    short: str
    """The bold part of the name."""
    rest: str
    """The part of the name after it."""
    entity: str
    legal: str
    privacy: str
    stylesheet: str
    mark: str
    """For `<use href>`."""
    icon: str
    """For `<link rel="icon">`."""


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return frame() | {"areas": navigation.areas.for_reader(user), "menu": navigation.menu.for_reader(user)}


def frame() -> dict[str, Any]:
    """The part of it that needs neither a reader nor the database."""
    return {
        "brand": _brand(brand_settings()),
        "language": get_language(),
        "languages": [(code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES],
        "demo": settings.ECHT.demo.on,
    }


def _brand(chosen: BrandSettings) -> Brand:
    return Brand(
        name=chosen.name,
        short=chosen.short,
        rest=chosen.name.removeprefix(chosen.short).strip(),
        entity=chosen.entity,
        legal=chosen.legal,
        privacy=chosen.privacy,
        stylesheet=brand.stylesheet_url(),
        mark=brand.symbol_url(),
        icon=brand.mark_url(),
    )
