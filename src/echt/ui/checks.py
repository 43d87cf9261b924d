"""Start-up checks of settings that would be dangerous together."""

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from echt.ui import brand, reader
from echt.ui.settings import brand_settings, web_settings

SESSION_MESSAGES = "django.contrib.messages.storage.session.SessionStorage"
ORDER = [
    "echt.ui.middleware.ResponseHeaders",
    "echt.ui.static_files.StaticFiles",
    "echt.ui.middleware.ClosedByDefault",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "echt.ui.middleware.ReaderLanguage",
    "echt.ui.middleware.ReaderZone",
    "echt.ui.middleware.Limits",
]


def register() -> None:
    for check in (messages, frames, proxies, order, mark, zone, demo):
        checks.register(check, checks.Tags.security)


def messages(**_options: object) -> list[CheckMessage]:
    """The messages cookie would go without the `__Host-` prefix."""
    if settings.MESSAGE_STORAGE == SESSION_MESSAGES:
        return []
    return [checks.Error("Messages must be kept in the session.", hint=SESSION_MESSAGES, id="ui.E001")]


def frames(**_options: object) -> list[CheckMessage]:
    """Old browsers know X-Frame-Options, new ones obey `frame-ancestors`: both must say no."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].get("frame-ancestors")
    old = "django.middleware.clickjacking.XFrameOptionsMiddleware" in settings.MIDDLEWARE
    if old and settings.X_FRAME_OPTIONS == "DENY" and policy == ["'none'"]:
        return []
    return [checks.Error("Pages must refuse to be framed, by both headers.", id="ui.E002")]


def proxies(**_options: object) -> list[CheckMessage]:
    """Every limit must see the same client."""
    if web_settings().proxies == settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        checks.Error(
            "The number of trusted proxies differs between our limits and those of the accounts library.",
            hint="Both come from ECHT_WEB_PROXIES.",
            id="ui.E003",
        )
    ]


def order(**_options: object) -> list[CheckMessage]:
    present = [name for name in settings.MIDDLEWARE if name in ORDER]
    if present == ORDER:
        return []
    return [checks.Error("A middleware of the pages is missing or out of order.", hint=" < ".join(ORDER), id="ui.E004")]


def mark(**_options: object) -> list[CheckMessage]:
    if brand_settings().mark is None:
        return []
    try:
        brand.mark()
    except brand.MarkRefused as refused:
        return [checks.Error(str(refused), hint="ECHT_BRAND_MARK names the file.", id="ui.E005")]
    return []


def zone(**_options: object) -> list[CheckMessage]:
    if reader.is_zone(web_settings().zone):
        return []
    return [checks.Error(f"There is no time zone {web_settings().zone!r}.", hint="Like Europe/Berlin.", id="ui.E006")]


def demo(**_options: object) -> list[CheckMessage]:
    if not (settings.ECHT.demo.on and web_settings().origin.startswith("https://")):
        return []
    return [
        checks.Warning(
            "The demo is on at an https address: everyone can read all mail and sign in as its people.",
            hint="Start without --demo in production.",
            id="ui.W001",
        )
    ]
