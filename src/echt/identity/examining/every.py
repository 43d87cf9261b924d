"""All checks of a submitted case, and what follows from them.

1. Checks run outside of any transaction; what they found is written under the case's lock, if the case is still where
   it was: submitted, and of this attempt. Otherwise nothing is written.
2. A consent that was withdrawn meanwhile counts: the checks of the face are left out, and nothing else is lost.
3. One that breaks is an error of this check alone (`ERROR`).
4. No case waits for a machine for ever: after `MOST` it goes to people without the checks.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from django.db import Error, transaction

from echt import clock
from echt.audit.details import JSON
from echt.audit.record import record
from echt.identity import looking
from echt.identity.access import lock_applicant, lock_case
from echt.identity.events import Event
from echt.identity.examining import automatic, data, dates, faces, people, pictures
from echt.identity.examining.material import Found, Material, gather, not_applicable
from echt.identity.models import Case, StoredCheck
from echt.identity.models.cases import CheckKind, Outcome, PictureState
from echt.identity.screening.holding import hold_if_blocked
from echt.identity.selectors import document_pictures, pending_challenge
from echt.identity.states import State

log = structlog.get_logger("echt.identity")

MOST = timedelta(hours=1)
"""How long a case may be with the machines."""
Check = Callable[[Material], Found]
BY_MACHINE: dict[CheckKind, Check] = {
    CheckKind.QUALITY: pictures.quality,
    CheckKind.ZONE: data.zone,
    CheckKind.CONSISTENCY: data.consistency,
    CheckKind.TYPED: data.typed,
    CheckKind.EXPIRY: dates.expiry,
    CheckKind.AGE: dates.age,
    CheckKind.FACE: faces.face,
    CheckKind.LIVENESS: faces.liveness,
}
UNDER_LOCK: dict[CheckKind, Check] = {
    CheckKind.DUPLICATE: people.duplicate,
    CheckKind.SCREENING: people.screening,
}
"""Those that look at other people's rows, and must see what others have written by now."""


def examine(case_id: UUID, attempt: int) -> None:
    """Run all checks of this attempt and hand the case to people, or let it pass where the operator has it so."""
    case = _to_examine(case_id, attempt)
    if case is None:
        return
    _catch_up(case)
    found = run(BY_MACHINE, gather(Case.objects.get(pk=case_id)))
    with transaction.atomic():
        lock_applicant(case.applicant_id)
        locked = _lock(case_id, attempt)
        if locked is not None:
            _conclude(locked, {**_as_agreed(locked, found), **run(UNDER_LOCK, gather(locked))})


def run(checks: Mapping[CheckKind, Check], material: Material) -> dict[CheckKind, Found]:
    """What each of these checks finds (rule 3)."""
    return {kind: _guarded(kind, check, material) for kind, check in checks.items()}


def hand_over() -> int:
    """Give people what the machines have had for too long (rule 4). Returns how many cases."""
    late = Case.objects.filter(state=State.CHECKING.value, submitted_at__lte=clock.now() - MOST)
    found = late.order_by("submitted_at", "pk").values_list("pk", "attempt")
    return sum(_hand_over(pk, attempt) for pk, attempt in list(found))


def _hand_over(case_id: UUID, attempt: int) -> bool:
    with transaction.atomic():
        case = _lock(case_id, attempt)
        if case is None:
            return False
        missing = Found(outcome=Outcome.ERROR, details={"error": "too_late"})
        found = dict.fromkeys(BY_MACHINE, missing)
        _conclude(case, {**_as_agreed(case, found), **run(UNDER_LOCK, gather(case))})
        return True


def _to_examine(case_id: UUID, attempt: int) -> Case | None:
    return Case.objects.filter(pk=case_id, attempt=attempt, state=State.CHECKING.value).first()


def _lock(case_id: UUID, attempt: int) -> Case | None:
    case = lock_case(case_id)
    return case if case.state == State.CHECKING and case.attempt == attempt else None


def _catch_up(case: Case) -> None:
    """Do what the vision worker had not come to before the case was submitted."""
    for picture in case.pictures.filter(replaced_at=None, state=PictureState.WAITING.value).order_by("pk"):
        _tried(case, partial(looking.judge, picture.pk))
    _tried(case, partial(looking.read, case.pk, [picture.pk for picture in document_pictures(case)]))
    challenge = pending_challenge(case)
    if challenge is not None:
        _tried(case, partial(looking.verify, challenge.pk))


def _tried(case: Case, step: "partial[None]") -> None:
    """A step that breaks leaves something out, which the checks then say (rule 3)."""
    try:
        step()
    except Error:
        raise
    except Exception as error:  # noqa: BLE001 (rule 3)
        log.warning("step.broken", step=step.func.__name__, case=str(case.pk), error=type(error).__name__)


def _guarded(kind: CheckKind, check: Check, material: Material) -> Found:
    try:
        return check(material)
    except Error:
        raise
    except Exception as error:  # noqa: BLE001 (rule 3: whatever breaks a check, the others are made)
        log.warning("check.broken", check=kind.value, case=str(material.case.pk), error=type(error).__name__)
        return Found(outcome=Outcome.ERROR, details={"error": type(error).__name__})


def _as_agreed(case: Case, found: Mapping[CheckKind, Found]) -> dict[CheckKind, Found]:
    """What was found, without the face where the consent has gone meanwhile (rule 2)."""
    if gather(case).asks_for_face:
        return dict(found)
    left_out = not_applicable(faces.because_of(case))
    return {kind: left_out if kind in faces.KINDS else each for kind, each in found.items()}


def _conclude(case: Case, found: Mapping[CheckKind, Found]) -> None:
    """Write the checks, and move the case on."""
    StoredCheck.objects.bulk_create(_row(case, kind, each) for kind, each in found.items())
    outcomes: JSON = {kind.value: each.outcome.value for kind, each in found.items()}
    passes = automatic.passes(case, found)
    if not passes:
        case.move(State.IN_REVIEW)
        case.save(update_fields=["state", "version", "changed_at"])
    record(Event.CASE_EXAMINED, actor=None, subject=case.pk, case=str(case.pk), attempt=case.attempt, outcomes=outcomes)
    if passes:
        automatic.approve(case)
    else:
        hold_if_blocked(case, actor=None)


def _row(case: Case, kind: CheckKind, found: Found) -> StoredCheck:
    return StoredCheck(
        case=case,
        applicant_id=case.applicant_id,
        attempt=case.attempt,
        kind=kind.value,
        outcome=found.outcome.value,
        provider=found.provider,
        details=dict(found.details),
    )
