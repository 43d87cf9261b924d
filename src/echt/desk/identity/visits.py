"""Why somebody looks at a case, told once for each case and visit and kept in their session.

1. The reason holds for one case, for as long as a claim would, counted from the last look.
2. It is recorded with every look (`actions.looking`), not only when it was told.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from echt import clock
from echt.identity.settings import identity_settings

KEY = "desk_visits"
MOST = 50
"""Cases that a session remembers; the oldest go first."""
RENEWED_AFTER = timedelta(minutes=1)
"""A page asks for many pictures at once; each that wrote the session could undo what another request has written."""


def begin_visit(request: HttpRequest, case_id: UUID, why: str) -> None:
    """Remember the reason from now on."""
    kept = {pk: told for pk, told in _visits(request).items() if pk != str(case_id)}
    kept[str(case_id)] = {"why": why, "at": clock.now().isoformat()}
    request.session[KEY] = dict(list(kept.items())[-MOST:])


def reason_of(request: HttpRequest, case_id: UUID) -> str:
    """The reason that holds now, and for some time again; empty where none was told, or it is too long ago."""
    told = _visits(request).get(str(case_id))
    if told is None:
        return ""
    age = clock.now() - datetime.fromisoformat(told["at"])
    if age >= _lasts():
        return ""
    if age >= RENEWED_AFTER:
        begin_visit(request, case_id, told["why"])
    return told["why"]


def end_visit(request: HttpRequest, case_id: UUID) -> None:
    request.session[KEY] = {pk: told for pk, told in _visits(request).items() if pk != str(case_id)}


def _lasts() -> timedelta:
    return timedelta(minutes=identity_settings().claimed)


def _visits(request: HttpRequest) -> dict[str, dict[str, str]]:
    visits: dict[str, dict[str, str]] = request.session.get(KEY, {})
    return visits
