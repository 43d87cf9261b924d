"""How long things are kept, and how they go.

1. A draft from whose applicant nothing has come for `draft_days`, and a returned case for `returned_days`, lapses.
2. Face data go `face_days` after the decision: their files at once, and their key as soon as no other case of the
   person needs it. The key is the person's, not the case's.
3. Pictures and data of a case that was not approved go after `refused_days`. Decisions, their reasons, and hits stay.
4. Pictures and data of a closed account go after `years`, with their keys.
5. Each step is one transaction of one case or person, looks again under its lock, and does the same when it runs twice.
6. What goes is recorded, and never what it was.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from echt import clock
from echt.accounts.events import Event as AccountEvent
from echt.audit.record import record
from echt.audit.selectors import events_of
from echt.identity import keeping
from echt.identity.access import lock_applicant, lock_case
from echt.identity.events import Event
from echt.identity.items import Item
from echt.identity.models import Case, Challenge, Consent, Picture, StoredCheck
from echt.identity.settings import identity_settings
from echt.identity.states import State
from echt.vault.purposes import Purpose
from echt.vault.shred import destroy_keys, subjects_with_keys

AT_ONCE = 500
UNAPPROVED = (State.REFUSED, State.WITHDRAWN, State.LAPSED)
OF_PERSON = (Purpose.IDENTITY, Purpose.DOCUMENT, Purpose.BIOMETRIC)


def lapse() -> int:
    """Close what applicants have left lying (rule 1). Returns how many cases."""
    return sum(_lapse(pk) for pk in _first(_left_lying()))


def forget() -> int:
    """Delete what was kept for long enough (rules 2 to 4). Returns how many cases and people that concerned."""
    return forget_faces() + forget_unapproved() + forget_closed_accounts()


def forget_faces() -> int:
    """Rule 2. Returns of how many people the key was destroyed."""
    people = _over().filter(applicant__in=subjects_with_keys(Purpose.BIOMETRIC)).order_by("applicant_id")
    return sum(_forget_faces_of(pk) for pk in list(people.values_list("applicant_id", flat=True).distinct()))


def forget_unapproved() -> int:
    """Rule 3. Returns how many cases."""
    return sum(_forget_case(pk) for pk in _first(_unapproved()))


def forget_closed_accounts() -> int:
    """Rule 4. Returns how many people."""
    holding = Case.objects.filter(applicant__is_active=False, applicant__in=subjects_with_keys(*OF_PERSON))
    closed = holding.order_by("applicant_id").values_list("applicant_id", flat=True).distinct()
    return sum(_forget_person(pk) for pk in list(closed))


def _left_lying() -> QuerySet[Case]:
    now, settings = clock.now(), identity_settings()
    draft = Q(state=State.DRAFT.value, changed_at__lte=now - timedelta(days=settings.draft_days))
    returned = Q(state=State.RETURNED.value, changed_at__lte=now - timedelta(days=settings.returned_days))
    return Case.objects.filter(draft | returned)


def _lapse(case_id: UUID) -> bool:
    with transaction.atomic():
        case = lock_case(case_id)
        if not _left_lying().filter(pk=case_id).exists():
            return False
        case.move(State.LAPSED)
        case.save(update_fields=["state", "version", "changed_at", "closed_at"])
        record(Event.CASE_LAPSED, actor=None, subject=case.applicant_id, case=str(case.pk))
        return True


def _over() -> QuerySet[Case]:
    """Cases whose face data are kept for long enough."""
    return Case.objects.filter(closed_at__lte=clock.now() - timedelta(days=identity_settings().face_days))


def _forget_faces_of(applicant: UUID) -> bool:
    """Delete the face data of all cases that are over; the key too, if no other case has any (rule 2)."""
    with transaction.atomic():
        lock_applicant(applicant)
        over = {case.pk for case in _lock_cases(applicant) if _over().filter(pk=case.pk).exists()}
        gone = keeping.forget_faces(applicant, cases=over)
        last = not _has_faces(applicant) and _has_key(applicant)
        if gone or last:
            record(Event.BIOMETRICS_DESTROYED, actor=None, subject=applicant, files=gone, key=last)
        if last:
            destroy_keys(applicant, purposes=[Purpose.BIOMETRIC])
        return last


def _has_faces(applicant: UUID) -> bool:
    """Whether anything is left that is sealed under the person's key of faces."""
    kept = Picture.objects.filter(applicant=applicant, item=Item.FACE.value).exclude(file=None)
    answers = Challenge.objects.filter(Q(file__isnull=False) | Q(findings__isnull=False), applicant=applicant)
    return kept.exists() or answers.exists()


def _unapproved() -> QuerySet[Case]:
    since = clock.now() - timedelta(days=identity_settings().refused_days)
    cases = Case.objects.filter(state__in=UNAPPROVED, closed_at__lte=since)
    return cases.filter(Q(typed__isnull=False) | Q(read__isnull=False) | Q(pictures__file__isnull=False)).distinct()


def _forget_case(case_id: UUID) -> bool:
    with transaction.atomic():
        case = lock_case(case_id)
        if not _unapproved().filter(pk=case_id).exists():
            return False
        files = _empty(Case.objects.filter(pk=case.pk))
        record(Event.PICTURES_DELETED, actor=None, subject=case.applicant_id, case=str(case.pk), files=files)
        return True


def _forget_person(applicant: UUID) -> bool:
    with transaction.atomic():
        lock_applicant(applicant)
        if not _is_long_closed(applicant):
            return False
        _lock_cases(applicant)
        files = _empty(Case.objects.filter(applicant=applicant))
        Consent.objects.filter(applicant=applicant).update(where=None)
        record(Event.PICTURES_DELETED, actor=None, subject=applicant, files=files)
        destroy_keys(applicant, purposes=OF_PERSON)
        return True


def _empty(cases: QuerySet[Case]) -> int:
    """Delete pictures and data of locked cases. Returns how many files there were."""
    ids = list(cases.values_list("pk", flat=True))
    pictures = Picture.objects.filter(case__in=ids)
    challenges = Challenge.objects.filter(case__in=ids)
    kept: list[Picture | Challenge] = [
        *pictures.exclude(file=None).select_related("file").order_by("pk"),
        *challenges.exclude(file=None).select_related("file").order_by("pk"),
    ]
    files = sum(keeping.let_go(each) for each in kept)
    pictures.update(origin=None)
    challenges.update(findings=None, camera=None)
    StoredCheck.objects.filter(case__in=ids).update(details=None)
    Case.objects.filter(pk__in=ids).update(read=None, typed=None, number_index="")
    return files


def _is_long_closed(applicant: UUID) -> bool:
    last = events_of(event=AccountEvent.ACCOUNT_CLOSED.value, person=applicant, limit=1)
    return bool(last) and last[0].at <= _years_ago(clock.now(), identity_settings().years)


def _years_ago(now: datetime, years: int) -> datetime:
    day = min(now.day, 28) if now.month == 2 else now.day  # noqa: PLR2004 (29 February is not in every year)
    return now.replace(year=now.year - years, day=day)


def _lock_cases(applicant: UUID) -> list[Case]:
    ids = Case.objects.filter(applicant=applicant).order_by("pk").values_list("pk", flat=True)
    return [lock_case(pk) for pk in list(ids)]


def _has_key(applicant: UUID) -> bool:
    return subjects_with_keys(Purpose.BIOMETRIC).filter(subject=applicant).exists()


def _first(cases: QuerySet[Case]) -> list[UUID]:
    return list(cases.order_by("changed_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
