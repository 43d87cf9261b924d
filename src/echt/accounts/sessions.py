"""Sessions in the database, of no use to who reads the database.

1. The table holds the SHA-256 of the cookie's key, never the key.
2. The data are sealed: one-time codes and addresses on their way through a sign-in are in there.
3. A row names its owner, so that all sessions of a person can be listed and ended.
"""

import hashlib
import json
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from echt import clock
from echt.vault.purposes import Purpose
from echt.vault.seal import UnsealError, seal, unseal


def digest_of(key: str) -> str:
    """What the table holds in place of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def opened(digest: str, sealed: str) -> dict[str, Any]:
    """The data of a stored session; nothing, where they were sealed for another row or changed."""
    try:
        plain = unseal(bytes.fromhex(sealed), purpose=Purpose.SESSION, subject=None, context=_context(digest))
    except (UnsealError, ValueError):
        return {}
    return cast("dict[str, Any]", json.loads(plain))


def _context(digest: str) -> str:
    return f"accounts.Session:{digest}"


class SessionStore(DatabaseStore):
    """Django's database sessions under the three rules above."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        from echt.accounts.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        return opened(row.session_key, row.session_data)

    def exists(self, session_key: str) -> bool:
        return bool(self.model.objects.filter(session_key=digest_of(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        model: Any = self.model
        digest = digest_of(self._get_or_create_session_key())  # type: ignore[attr-defined]  # the stubs leave it out
        plain = json.dumps(data).encode()
        sealed = seal(plain, purpose=Purpose.SESSION, subject=None, context=_context(digest))
        return model(
            session_key=digest,
            session_data=sealed.hex(),
            expire_date=self.get_expiry_date(),
            owner_id=data.get(SESSION_KEY),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=digest_of(key)).delete()

    def _row(self) -> Any:
        if self.session_key is None:
            return None
        live = self.model.objects.filter(expire_date__gt=clock.now())
        return live.filter(session_key=digest_of(self.session_key)).first()
