"""The queue: which cases wait, the most urgent first, and what speaks for looking at one sooner."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from echt import clock
from echt.accounts.addresses import alias_of
from echt.accounts.models import User
from echt.desk.identity.numbers import with_number
from echt.identity.models import Case, ScreeningHit, StoredCheck
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.models.screening import HitState
from echt.identity.states import AT_DESK, State

SHOWN = AT_DESK | {State.CHECKING}
A_PAGE = 25
FACE_WORDS: dict[str, Promise] = {
    Outcome.DOUBT: gettext_lazy("face unsure"),
    Outcome.FAILS: gettext_lazy("face differs"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases to show; everything empty: all that wait."""

    state: str = ""
    level: str = ""
    country: str = ""
    mine: bool = False
    overdue: bool = False
    hits: bool = False
    search: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something about a case that one should know before opening it."""

    kind: str
    word: str


def queue(actor: User, wanted: Wanted) -> QuerySet[Case]:
    """The cases that wait, what is due first before what is due later; what is on hold last.

    A search finds closed cases too. One's own case is never there.
    """
    cases = Case.objects.exclude(applicant=actor).select_related("claimed_by", "reuses")
    if wanted.search:
        return _in_order(_found(cases, wanted.search))
    return _in_order(_narrowed(cases.filter(state__in=SHOWN), actor, wanted))


def marks_of(cases: Iterable[Case]) -> dict[UUID, list[Mark]]:
    """What stands out, for each of these cases."""
    cases = list(cases)
    attempts = {case.pk: case.attempt for case in cases}
    found: dict[UUID, list[Mark]] = {case.pk: [] for case in cases}
    for pk, checks in _latest(attempts).items():
        found[pk] += _of_checks(checks)
    for pk, count in _open_hits(attempts).items():
        found[pk].append(Mark(kind="danger", word=ngettext("%(n)s list hit", "%(n)s list hits", count) % {"n": count}))
    for case in cases:
        if case.attempt > 1:
            found[case.pk].append(Mark(kind="", word=_("sent again")))
    return found


def countries_waiting() -> list[str]:
    """The countries of the cases that wait, for the filter."""
    return sorted({*Case.objects.filter(state__in=SHOWN).exclude(country="").values_list("country", flat=True)})


def _narrowed(cases: QuerySet[Case], actor: User, wanted: Wanted) -> QuerySet[Case]:
    if wanted.state:
        cases = cases.filter(state=wanted.state)
    if wanted.level:
        cases = cases.filter(level=wanted.level)
    if wanted.country:
        cases = cases.filter(country=wanted.country)
    if wanted.mine:
        cases = cases.filter(claimed_by=actor, claimed_until__gt=clock.now())
    if wanted.overdue:
        cases = cases.filter(due_at__lte=clock.now()).exclude(state=State.ON_HOLD)
    if wanted.hits:
        cases = cases.filter(hits__state__in=[HitState.OPEN, HitState.CONFIRMED]).distinct()
    return cases


def _found(cases: QuerySet[Case], search: str) -> QuerySet[Case]:
    """By mail address, exactly, through its alias; else by number."""
    if "@" in search:
        return cases.filter(applicant__alias=alias_of(search))
    return with_number(cases, search)


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    urgency = Choose(
        When(state__in=[State.IN_REVIEW, State.PROPOSED, State.CHECKING], then=Value(0)),
        When(state=State.ON_HOLD, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return cases.order_by(urgency, "due_at", "pk")


def _latest(attempts: dict[UUID, int]) -> dict[UUID, dict[str, StoredCheck]]:
    """The latest check of each kind, of each case's present attempt; without details, which would be opened."""
    latest: dict[UUID, dict[str, StoredCheck]] = {pk: {} for pk in attempts}
    for check in StoredCheck.objects.filter(case__in=attempts).defer("details").order_by("at", "pk"):
        if check.attempt == attempts[check.case_id]:
            latest[check.case_id][check.kind] = check
    return latest


def _of_checks(checks: dict[str, StoredCheck]) -> list[Mark]:
    marks = []
    failed = sum(check.outcome == Outcome.FAILS for check in checks.values())
    doubts = sum(check.outcome in {Outcome.DOUBT, Outcome.ERROR} for check in checks.values())
    if failed:
        marks.append(Mark(kind="danger", word=_("%(n)s failed") % {"n": failed}))
    if doubts:
        marks.append(Mark(kind="warning", word=_("%(n)s to look at") % {"n": doubts}))
    holds = sum(check.outcome == Outcome.HOLDS for check in checks.values())
    if holds and not failed and not doubts:
        marks.append(Mark(kind="success", word=_("%(n)s in order") % {"n": holds}))
    face = checks.get(CheckKind.FACE)
    if face is not None and face.outcome in FACE_WORDS:
        marks.append(Mark(kind="warning", word=str(FACE_WORDS[face.outcome])))
    return marks


def _open_hits(attempts: dict[UUID, int]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for pk in ScreeningHit.objects.filter(case__in=attempts, state=HitState.OPEN).values_list("case_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts
