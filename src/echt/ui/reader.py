"""Which language and time zone the person who reads has."""

from collections.abc import Callable
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from echt.ui.settings import web_settings

Remember = Callable[[object, str], None]
_remember: list[Remember] = []


def language_of(request: HttpRequest) -> str:
    """The reader's own choice, then the cookie, then what the browser asks for, then the setting."""
    chosen = getattr(getattr(request, "user", None), "language", "")
    return str(chosen) if is_language(chosen) else language_without_account(request)


def language_without_account(request: HttpRequest) -> str:
    """As above, without asking the database."""
    return get_language_from_request(request)


def is_language(code: object) -> bool:
    """Whether we speak it."""
    return code in dict(settings.LANGUAGES)


def zone_of(request: HttpRequest) -> ZoneInfo:
    """The reader's own time zone, then the setting."""
    chosen = getattr(getattr(request, "user", None), "zone", "")
    return ZoneInfo(chosen if is_zone(chosen) else web_settings().zone)


def is_zone(name: object) -> bool:
    """Whether it names a time zone, such as `Europe/Berlin`."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def on_language_chosen(remember: Remember) -> Remember:
    """Have `remember(user, language)` called when somebody signed in chooses a language; for rooms above."""
    _remember.append(remember)
    return remember


def language_chosen(request: HttpRequest, language: str) -> None:
    """Tell whoever keeps it; a reader without account has the cookie alone."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        for remember in _remember:
            remember(user, language)
