"""Steps and looks that several tests of the signed-in pages share."""

import html
import re
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import connection
from django.test import Client
from django.urls import reverse

from echt import clock
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive
from echt.accounts.where import Where
from echt.mail.models import Message
from tests.conftest import PASSWORD

HERE = Where(browser="Firefox", system="Linux", address="203.0.113.7")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOT_STATE = {"accounts_session", "ui_ratelimit", "echt_cache", "vault_datakey"}


@dataclass
class Fresh:
    """A proof that has just been given, for whatever is asked."""

    password: str | None = None

    def require(self, sensitive: Sensitive, **params: str) -> None:
        """It is there."""


def state_of() -> dict[str, Any]:
    """Everything the database holds but sessions, limits, used codes and keys: a refusal must leave it as it was."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in NOT_STATE]
        return {table: _rows(cursor, table) for table in tables}


def _rows(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, ([_plain(cell) for cell in row] for row in cursor.fetchall())))


def _plain(cell: Any) -> Any:
    return bytes(cell) if isinstance(cell, memoryview) else cell


def app_code(secret: str = SECRET) -> str:
    """The code that an app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def wrong_app_code() -> str:
    return f"{(int(app_code()) + 1) % 1_000_000:06}"


def with_app(user: User, secret: str = SECRET) -> User:
    """The person, with an authenticator app whose present code is still good."""
    TOTP.activate(user, secret)
    return user


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def url(name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=args)


def text_of(answer: Any) -> str:
    """The page as somebody reads it: no tags, no doubled space."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def asks_for_proof(answer: Any) -> bool:
    return "accounts/step_up.html" in {template.name for template in answer.templates}


def prove(browser: Client, name: str, **proof: str) -> Any:
    """Give a proof on a page that begins with one; by default the password."""
    return browser.post(url(name), proof or {"proof_password": PASSWORD})


def kinds_sent() -> list[str]:
    """Which kinds of messages went out, in the order of their names."""
    return sorted(Message.objects.values_list("kind", flat=True))


def passkey_request(answer: Any) -> dict[str, Any]:
    """What the page asks the browser's passkeys, as the browser reads it."""
    import json

    found = re.search(r'data-passkey-request="([^"]*)"', answer.content.decode())
    assert found, "The page asks for no passkey."
    request: dict[str, Any] = json.loads(html.unescape(found[1]))["publicKey"]
    return request
