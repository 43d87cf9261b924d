"""What the checks found, in words: outcome, by which provider and version, with each figure beside its threshold.

Nothing personal stands here: the sentences name fields and figures, never their values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from echt.desk.identity.check_figures import figures_of
from echt.desk.identity.kept import kept
from echt.desk.identity.words import CHECKS, OUTCOMES
from echt.identity.models import Case, StoredCheck
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.selectors import checks_of

ORDER = {Outcome.FAILS: 0, Outcome.ERROR: 1, Outcome.DOUBT: 1, Outcome.HOLDS: 2, Outcome.NOT_APPLICABLE: 3}


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One check as the desk reads it."""

    label: Promise
    kind: str
    word: Promise
    figures: list[str]
    provider: str
    at: datetime


def rows_of(case: Case) -> list[CheckRow]:
    """What each check found for the present attempt; what needs a look first."""
    checks = checks_of(case).values()
    return [_row(check) for check in sorted(checks, key=lambda check: ORDER[Outcome(check.outcome)])]


def counts_of(rows: list[CheckRow]) -> tuple[int, int]:
    """How many hold, and how many are to be looked at."""
    return sum(row.kind == "success" for row in rows), sum(row.kind in {"warning", "danger"} for row in rows)


def _row(check: StoredCheck) -> CheckRow:
    kind, word = OUTCOMES[Outcome(check.outcome)]
    details = kept(check, "details")
    figures: Iterable[str] = [_("The figures were deleted.")]
    if details is not None:
        figures = figures_of(CheckKind(check.kind), details)
    return CheckRow(
        label=CHECKS[CheckKind(check.kind)],
        kind=kind,
        word=word,
        figures=list(figures),
        provider=check.provider,
        at=check.at,
    )
