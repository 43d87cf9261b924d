"""Keys of the API: how they look, and who holds one.

1. A key is `echt_`, its prefix, and 256 random bits. Only its SHA-256 is kept.
2. Finding one costs one query, by the prefix; digests are compared in constant time, also where there is no such key.
3. A key that is unknown, over or revoked gets the same answer. It counts from the next request on.
4. When it was last used is written once an hour, so that reading writes nothing.
"""

import hashlib
import re
import secrets
from datetime import timedelta
from hmac import compare_digest
from typing import cast

from django.db.models import Q
from django.http import HttpRequest

from echt import clock
from echt.api.models import ApiKey
from echt.api.problems import Code, Problem

FORM = re.compile(r"Bearer echt_([0-9a-z]{12})_([A-Za-z0-9_-]{43})", re.ASCII)
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
COARSE = timedelta(hours=1)
NOBODYS = "0" * 64
ASK = {"WWW-Authenticate": 'Bearer realm="echt"'}
TELL = {"WWW-Authenticate": 'Bearer realm="echt", error="invalid_token"'}


def new_secret() -> tuple[str, str]:
    """A prefix and the whole key that begins with it (rule 1)."""
    prefix = "".join(secrets.choice(LETTERS) for _ in range(12))
    return prefix, f"echt_{prefix}_{secrets.token_urlsafe(32)}"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def authenticate(request: HttpRequest) -> ApiKey:
    """The key that the request carries.

    Raises:
        Problem: it carries none, or none that counts.
    """
    told = request.headers.get("Authorization", "")
    if not told:
        raise Problem(Code.KEY_MISSING, headers=ASK)
    found = _counting(told)
    if found is None:
        raise Problem(Code.KEY_INVALID, headers=TELL)
    vars(request)["api_key"] = found
    return found


def key_of(request: HttpRequest) -> ApiKey:
    """The key of a request that was let in."""
    return cast("ApiKey", vars(request)["api_key"])


def note_use(key: ApiKey) -> None:
    """Write down that it is used, if that was longest ago (rule 4)."""
    now = clock.now()
    if key.used_at is None or key.used_at <= now - COARSE:
        unmoved = Q(used_at=None) | Q(used_at__lte=now - COARSE)
        ApiKey.objects.filter(unmoved, pk=key.pk).update(used_at=now)


def _counting(told: str) -> ApiKey | None:
    form = FORM.fullmatch(told)
    found = ApiKey.objects.filter(prefix=form[1]).first() if form else None
    right = compare_digest(digest_of(told.removeprefix("Bearer ")), found.digest if found else NOBODYS)
    return found if found and right and _is_in_force(found) else None


def _is_in_force(key: ApiKey) -> bool:
    return key.revoked_at is None and (key.ends_at is None or key.ends_at > clock.now())
