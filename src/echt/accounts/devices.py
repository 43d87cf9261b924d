"""Browsers that have signed in before, known by a random cookie of which we keep the digest."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from echt import clock
from echt.accounts.models import Device, User
from echt.vault.ids import random_token

LIFETIME = timedelta(days=400)


def cookie_name() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def is_known_device(request: HttpRequest, user: User) -> bool:
    token = request.COOKIES.get(cookie_name(), "")
    return bool(token) and user.devices.filter(digest=_digest(token), seen_at__gt=clock.now() - LIFETIME).exists()


def remember_device(request: HttpRequest, user: User, response: HttpResponse) -> None:
    """Know this browser from now on; several people may use the same one."""
    token = request.COOKIES.get(cookie_name()) or random_token()
    Device.objects.update_or_create(owner=user, digest=_digest(token), defaults={"seen_at": clock.now()})
    response.set_cookie(
        cookie_name(),
        token,
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
