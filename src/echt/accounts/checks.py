"""Start-up checks: settings of accounts that would be dangerous together."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

PER_PROCESS = ("LocMemCache", "DummyCache")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@checks.register()
def shared_cache(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Limits and used codes must be common to all processes: with a cache of each its own, a code works twice."""
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.endswith(PER_PROCESS):
        return [
            checks.Error(
                "The cache must be shared by all processes.",
                hint="Use the database or Redis.",
                id="accounts.E001",
            )
        ]
    return []


@checks.register()
def app_codes_once(**_kwargs: Any) -> list[checks.CheckMessage]:
    """With a tolerance, allauth takes the code of an authenticator app a second time."""
    if settings.MFA_TOTP_TOLERANCE:
        return [checks.Error("MFA_TOTP_TOLERANCE must be 0.", id="accounts.E002")]
    return []


@checks.register()
def demo_stays_home(**_kwargs: Any) -> list[checks.CheckMessage]:
    """The demo's people have known names; they must not be on the internet."""
    host = urlsplit(settings.ECHT.web.origin).hostname or ""
    if settings.ECHT.demo.on and host not in LOOPBACK:
        return [
            checks.Warning(
                "The demo is on and the origin is not this machine.",
                hint="Unset ECHT_DEMO_ON.",
                id="accounts.W001",
            )
        ]
    return []
