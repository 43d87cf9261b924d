"""Reads of a person's own things that more than one page needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from echt import clock
from echt.accounts.middleware import limits
from echt.accounts.models import AntiPhishingCode, Session, User
from echt.accounts.sessions import digest_of, opened
from echt.accounts.where import Where


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A browser in which somebody is signed in now."""

    digest: str
    where: Where
    began: datetime
    seen: datetime
    by_passkey: bool
    is_this: bool


def sessions_of(user: User, *, key: str | None) -> list[OpenSession]:
    """The person's sessions that have not ended, the one with this key first, then the latest."""
    this = digest_of(key) if key else ""
    rows: Iterable[Session] = user.sessions.filter(expire_date__gt=clock.now())
    found = [_opened(row, this=this) for row in rows]
    live = [session for session in found if session and _is_live(session, user)]
    return sorted(live, key=lambda session: (session.is_this, session.seen), reverse=True)


def codes_of(user: User) -> list[AntiPhishingCode]:
    """All anti-phishing codes that the person ever had, the latest first."""
    return list(user.codes.order_by("-valid_from", "-pk"))


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """How we call these people, for the desk; who is not there is left out."""
    return {user.pk: user.display for user in User.objects.filter(pk__in={*people})}


def person_with(address: str) -> UUID | None:
    """Who has exactly this mail address, found through its alias."""
    found = User.objects.by_address(address)
    return found.pk if found else None


def _opened(row: Session, *, this: str) -> OpenSession | None:
    data = opened(row.session_key, row.session_data)
    if not data:
        return None
    told = data.get("where", {})
    return OpenSession(
        digest=row.session_key,
        where=Where(browser=told.get("browser", ""), system=told.get("system", ""), address=told.get("ip", "")),
        began=_moment(data.get("started")),
        seen=_moment(data.get("seen")),
        by_passkey=_by_passkey(data),
        is_this=row.session_key == this,
    )


def _is_live(session: OpenSession, user: User) -> bool:
    """Whether the session's next request would still be let through."""
    idle, absolute = limits(user)
    now = clock.now()
    return session.is_this or (now - session.seen < idle and now - session.began < absolute)


def _moment(timestamp: float | None) -> datetime:
    return clock.now() if timestamp is None else datetime.fromtimestamp(timestamp, UTC)


def _by_passkey(data: dict[str, Any]) -> bool:
    return any(method.get("type") == "webauthn" for method in data.get("account_authentication_methods", []))
