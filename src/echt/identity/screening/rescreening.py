"""After an import: everybody whom we know is compared with the new version of the list.

1. Looked at are the cases that somebody’s live level rests on, and those that are submitted and not yet decided.
2. A new hit stands in that case and is recorded; a case in review goes on hold where the hit blocks it. A level that
   was granted stays until a person revokes it.
3. It goes on from case to case, so that a worker that dies loses no more than the case at hand. A version that is no
   longer in force is not gone on with.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from echt import clock
from echt.audit.record import record
from echt.identity.access import lock_case
from echt.identity.events import Event
from echt.identity.evidence import CHANGED, void_proposal
from echt.identity.models import Case, ScreeningHit, ScreeningList
from echt.identity.models.screening import HitState
from echt.identity.screening.hits import screen
from echt.identity.screening.holding import hold_if_blocked
from echt.identity.screening.importing import clear_away
from echt.identity.states import AT_DESK, RUNNING, State
from echt.work.jobs import job

AT_ONCE = 100
SUBMITTED = RUNNING | AT_DESK


@job()
def rescreen(*, imported: str, behind: str = "") -> None:
    """Compare some cases with a list that was just imported, then have the next ones compared.

    Args:
        imported: the list.
        behind: the last case that was looked at; empty for the first.
    """
    current = ScreeningList.objects.filter(pk=imported, retired_at=None).first()
    if current is None:
        return
    due = to_look_at(clock.now(), behind)[:AT_ONCE]
    cases = [case.pk for case in due]
    for case_id in cases:
        look_again(case_id, current)
    if len(cases) == AT_ONCE:
        rescreen.enqueue(imported=imported, behind=str(cases[-1]), key=f"{imported}:{cases[-1]}")


@job()
def forget_old_versions() -> None:
    """Remove the entries of versions that are no longer in force."""
    clear_away()


def to_look_at(now: datetime, behind: str = "") -> QuerySet[Case]:
    """The cases of rule 1, in the order of their identifiers."""
    live = Q(grants__revoked_at=None, grants__isnull=False) & (Q(grants__ends_at=None) | Q(grants__ends_at__gt=now))
    submitted = Q(state__in=[state.value for state in SUBMITTED])
    cases = Case.objects.filter(live | submitted, applicant__is_active=True)
    return (cases.filter(pk__gt=UUID(behind)) if behind else cases).distinct().order_by("pk")


def look_again(case_id: UUID, imported: ScreeningList) -> list[ScreeningHit]:
    """Compare one case with the list; the hits that are new and open."""
    with transaction.atomic():
        case = lock_case(case_id)
        known = set(case.hits.values_list("pk", flat=True))
        hits = screen(case, lists=[imported.pk])
        fresh = [hit for hit in hits if hit.pk not in known and hit.state == HitState.OPEN]
        if fresh:
            _tell(case, fresh)
    return fresh


def _tell(case: Case, fresh: list[ScreeningHit]) -> None:
    if State(case.state) in SUBMITTED:
        case.touch()
        case.save(update_fields=["version", "changed_at"])
    for hit in fresh:
        record(Event.HIT_FOUND, actor=None, subject=case.pk, case=str(case.pk), hit=str(hit.pk), score=hit.score)
    if not hold_if_blocked(case, actor=None):
        void_proposal(case, because=CHANGED)
