"""Hits on lists, for those who decide them."""

from uuid import UUID

from echt.accounts.models import User
from echt.desk.identity.kept import with_what_is_kept
from echt.desk.identity.numbers import number_of
from echt.desk.identity.words import STATES
from echt.identity.access import Absent, case_at_desk
from echt.identity.models import ScreeningHit
from echt.identity.models.screening import HitState
from echt.identity.states import State

MOST = 200


def open_hits(actor: User) -> list[dict[str, object]]:
    """Undecided hits, the strongest first; never on one's own name, and none whose two sides were destroyed."""
    found = ScreeningHit.objects.filter(state=HitState.OPEN).exclude(applicant=actor).select_related("case")
    shown = with_what_is_kept(found.order_by("-score", "found_at", "pk")[:MOST], "shown")
    return [_line(hit) for hit in shown if hit.shown is not None]


def hit_for(actor: User, pk: UUID) -> ScreeningHit:
    """The hit, if its case is there for the actor at the desk; otherwise `Absent`."""
    found = ScreeningHit.objects.filter(pk=pk).first()
    if found is None:
        raise Absent
    case_at_desk(actor, found.case_id)
    return found


def _line(hit: ScreeningHit) -> dict[str, object]:
    return {
        "hit": hit,
        "number": number_of(hit.case_id),
        "state": STATES[State(hit.case.state)],
        "list": hit.shown.get("list", ""),
        "version": hit.shown.get("version", ""),
    }
