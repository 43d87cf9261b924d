"""Decisions as the desk reads them: who proposed what, why, and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from echt.accounts.models import User
from echt.accounts.selectors import names_of
from echt.desk.identity.kept import with_what_is_kept
from echt.desk.identity.letters import letter_of
from echt.desk.identity.reason_choices import said
from echt.desk.identity.words import ITEMS, VERDICTS, VOIDED
from echt.identity.actions.confirming import NEEDED
from echt.identity.decision_rules import from_rows
from echt.identity.evidence import digest_of, pending_of
from echt.identity.models import Case, Decision
from echt.identity.models.decisions import Verdict
from echt.identity.permissions import may
from echt.identity.reasons import TEXTS


@dataclass(frozen=True, kw_only=True)
class Told:
    """A decision as the desk reads it."""

    decision: Decision
    verdict: Promise
    reasons: list[tuple[Promise, Promise, str]]
    """Label, item, and what the applicant reads."""
    proposed_by: str
    confirmed_by: str
    voided: Promise | str


def pending_for(case: Case, actor: User) -> dict[str, Any] | None:
    """The proposal that waits, for the person who may confirm it and for the one who made it."""
    decision = pending_of(case)
    if decision is None:
        return None
    with_what_is_kept([decision], "note", "message")
    reasons, verdict = from_rows(decision.reasons), Verdict(decision.verdict)
    return {
        "told": told(decision),
        "is_own": decision.proposed_by_id == actor.pk,
        "unchanged": decision.evidence == digest_of(case),
        "letter": letter_of(case, verdict, reasons, decision.message or ""),
        "may": may(actor, NEEDED[verdict]),
    }


def told(decision: Decision) -> Told:
    names = names_of({pk for pk in (decision.proposed_by_id, decision.confirmed_by_id) if pk})
    language = decision.applicant.language
    return Told(
        decision=decision,
        verdict=VERDICTS[Verdict(decision.verdict)],
        reasons=[
            (TEXTS[reason].label, ITEMS[item], said(reason, language)) for reason, item in from_rows(decision.reasons)
        ],
        proposed_by=names.get(decision.proposed_by_id, "") if decision.proposed_by_id else "",
        confirmed_by=names.get(decision.confirmed_by_id, "") if decision.confirmed_by_id else "",
        voided=VOIDED.get(decision.voided_because, ""),
    )
