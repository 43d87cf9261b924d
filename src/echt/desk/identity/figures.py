"""Figures of the desk's work: how long applicants wait, how many pass at once, who decides what.

1. A wait is the time from a submission to its decision, without what the case was on hold.
2. A decision counts once it is in force; proposals that were rejected count as overturned.
3. Numbers alone: no figure names an applicant.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles
from uuid import UUID

from django.db.models import Min
from django.db.models.functions import TruncDate

from echt.accounts.selectors import names_of
from echt.identity import sla
from echt.identity.evidence import REJECTED
from echt.identity.models import Case, Decision, StoredCheck
from echt.identity.models.decisions import Verdict
from echt.identity.reasons import Reason
from echt.identity.states import RUNNING, State


@dataclass(frozen=True, kw_only=True)
class Waits:
    """`median`, `p90`: of all waits; None where there are none. `late`: how many took longer than allowed."""

    count: int
    median: timedelta | None
    p90: timedelta | None
    late: int


@dataclass(frozen=True, kw_only=True)
class Passed:
    """Of the applications that got their first decision: how many were approved by it."""

    first: int
    approved: int

    @property
    def share(self) -> int | None:
        return round(100 * self.approved / self.first) if self.first else None


@dataclass(frozen=True, kw_only=True)
class ByReviewer:
    """One person's decisions: proposed, in force, and rejected by a second person."""

    name: str
    proposed: int
    in_force: int
    overturned: int


@dataclass(frozen=True, kw_only=True)
class QueueNow:
    """How many cases are where, now."""

    waiting: int
    late: int
    warned: int
    second: int
    held: int


def decided_since(since: datetime) -> list[Decision]:
    """The decisions in force since then, without revocations, which nobody waits for."""
    found = Decision.objects.filter(decided_at__gte=since).exclude(verdict=Verdict.REVOKE)
    return list(found.defer("message", "note").select_related("case"))


def waits_of(decisions: Iterable[Decision]) -> Waits:
    decisions = list(decisions)
    begins = _begins(decisions)
    waits = [wait for decision in decisions if (wait := _wait(decision, begins)) is not None]
    return Waits(
        count=len(waits),
        median=_share(waits, 50),
        p90=_share(waits, 90),
        late=sum(wait > sla.allowed() for wait in waits),
    )


def passed_of(decisions: Iterable[Decision]) -> Passed:
    first = [decision for decision in decisions if decision.attempt == 1]
    return Passed(first=len(first), approved=sum(decision.verdict == Verdict.APPROVE for decision in first))


def per_day(since: datetime) -> list[tuple[date, int, int, int]]:
    """Day, approved, sent back, refused; the latest first."""
    found = Decision.objects.filter(decided_at__gte=since).annotate(day=TruncDate("decided_at"))
    counts = Counter((row["day"], row["verdict"]) for row in found.values("day", "verdict"))
    days = sorted({day for day, _verdict in counts}, reverse=True)
    verdicts = (Verdict.APPROVE, Verdict.RETURN, Verdict.REFUSE)
    return [(day, *(counts[day, verdict.value] for verdict in verdicts)) for day in days]  # type: ignore[misc]


def reasons_of(decisions: Iterable[Decision]) -> list[tuple[Reason, int]]:
    """How often each reason was named, the most frequent first."""
    counts = Counter(row["reason"] for decision in decisions for row in decision.reasons)
    return [(Reason(reason), count) for reason, count in counts.most_common()]


def by_reviewer(since: datetime) -> list[ByReviewer]:
    proposed: Counter[UUID] = Counter()
    in_force: Counter[UUID] = Counter()
    overturned: Counter[UUID] = Counter()
    rows = Decision.objects.filter(proposed_at__gte=since, proposed_by__isnull=False)
    for person, decided_at, because in rows.values_list("proposed_by", "decided_at", "voided_because"):
        if person is not None:
            proposed[person] += 1
            in_force[person] += decided_at is not None
            overturned[person] += because == REJECTED
    names = names_of(proposed)
    return [
        ByReviewer(name=names.get(person, ""), proposed=count, in_force=in_force[person], overturned=overturned[person])
        for person, count in proposed.most_common()
    ]


def queue_now() -> QueueNow:
    running = list(Case.objects.filter(state__in=list(RUNNING)).only("state", "due_at", "held_at"))
    return QueueNow(
        waiting=len(running),
        late=sum(sla.is_late(case) for case in running),
        warned=sum(sla.is_warned(case) and not sla.is_late(case) for case in running),
        second=sum(case.state == State.PROPOSED for case in running),
        held=Case.objects.filter(state=State.ON_HOLD).count(),
    )


def _begins(decisions: Iterable[Decision]) -> dict[tuple[UUID, int], datetime]:
    """When the machines first looked at each attempt: seconds after it was submitted."""
    cases = {decision.case_id for decision in decisions}
    rows = StoredCheck.objects.filter(case__in=cases).values("case", "attempt").annotate(begin=Min("at"))
    return {(row["case"], row["attempt"]): row["begin"] for row in rows}


def _wait(decision: Decision, begins: dict[tuple[UUID, int], datetime]) -> timedelta | None:
    """How long its applicant waited (rule 1); of an earlier attempt from the first check on."""
    case = decision.case
    if decision.decided_at is None:
        return None
    if decision.attempt == case.attempt and case.submitted_at and case.due_at:
        held = case.due_at - case.submitted_at - sla.allowed()
        return decision.decided_at - case.submitted_at - max(held, timedelta(0))
    begin = begins.get((case.pk, decision.attempt))
    return decision.decided_at - begin if begin else None


def _share(waits: list[timedelta], per_cent: int) -> timedelta | None:
    """The wait that so many per cent do not exceed."""
    if len(waits) <= 1:
        return waits[0] if waits else None
    seconds = [wait.total_seconds() for wait in waits]
    return timedelta(seconds=quantiles(seconds, n=100, method="inclusive")[per_cent - 1])
