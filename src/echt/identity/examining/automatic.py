"""Letting a clear case pass without a person, where the operator has set `automatic`.

1. Only with the setting, and never beside `four_eyes`.
2. Every check that the level asks for holds; nothing is in doubt, left out, or broken. A zone that the document does
   not have is the one thing that may be missing.
3. No hit on a list, whatever became of it; no way without the face.
4. Nothing is ever refused here.
"""

from collections.abc import Mapping

from echt import clock
from echt.identity import dates
from echt.identity.actions.outcomes import put_in_force
from echt.identity.evidence import digest_of
from echt.identity.examining.material import Found
from echt.identity.findings import Band
from echt.identity.levels import Level
from echt.identity.models import Case, Decision
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.models.decisions import Verdict
from echt.identity.settings import identity_settings

OF_FACE = frozenset({CheckKind.FACE, CheckKind.LIVENESS})


def passes(case: Case, found: Mapping[CheckKind, Found]) -> bool:
    """Whether the case is clear (rules 1 to 3)."""
    settings = identity_settings()
    if not settings.automatic or settings.four_eyes:
        return False
    if case.hits.exists() or dates.has_expired(case):
        return False
    if case.level == Level.ADVANCED and (case.without_face or not _is_alike(found.get(CheckKind.FACE))):
        return False
    return all(_is_clear(case, kind, found.get(kind)) for kind in CheckKind)


def approve(case: Case) -> None:
    """Approve it as the product itself; the caller holds the case's lock."""
    decision = Decision.objects.create(
        case=case,
        applicant_id=case.applicant_id,
        attempt=case.attempt,
        verdict=Verdict.APPROVE.value,
        evidence=digest_of(case),
        proposed_by=None,
        decided_at=clock.now(),
    )
    put_in_force(case, decision, None)


def _is_clear(case: Case, kind: CheckKind, found: Found | None) -> bool:
    if found is None:
        return False
    if found.outcome is Outcome.HOLDS:
        return True
    if found.outcome is not Outcome.NOT_APPLICABLE:
        return False
    return kind is CheckKind.ZONE or (kind in OF_FACE and case.level == Level.PRIMARY)


def _is_alike(found: Found | None) -> bool:
    return found is not None and found.details.get("band") == Band.ALIKE
