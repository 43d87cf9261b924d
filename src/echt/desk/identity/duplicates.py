"""Other accounts with the document of a case: how many, and their cases. Never who they are."""

from dataclasses import dataclass
from uuid import UUID

from echt.desk.identity.numbers import number_of
from echt.desk.identity.words import STATES
from echt.identity.duplicates import others_with_file
from echt.identity.models import Case
from echt.identity.settings import identity_settings
from echt.identity.states import State

MOST = 20


@dataclass(frozen=True, kw_only=True)
class Other:
    """A case of another account with the same document."""

    pk: UUID
    number: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """`accounts`: other accounts with the same number; `files`: with the very same file; `allowed`: by the setting."""

    accounts: int
    files: int
    allowed: int
    cases: list[Other]


def panel_of(case: Case) -> Panel:
    """The panel; it counts everybody who ever gave the number, not only those for whom it counts now."""
    same = Case.objects.filter(number_index=case.number_index) if case.number_index else Case.objects.none()
    others = same.exclude(applicant=case.applicant_id)
    return Panel(
        accounts=others.values("applicant").distinct().count(),
        files=len(others_with_file(case)),
        allowed=identity_settings().accounts,
        cases=[
            Other(pk=other.pk, number=number_of(other.pk), state=str(STATES[State(other.state)]))
            for other in others.order_by("-created_at", "-pk")[:MOST]
        ],
    )
