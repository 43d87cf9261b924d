"""What makes a decision, and which decisions need a second person. Reads only; `actions.deciding` writes.

1. Approval names no reason; every other decision names at least one, each with an item that it can be about.
2. Returned for what the applicant can mend, refused for what they cannot: final reasons close the case, the others
   ask for an item again.
3. A second person confirms: every refusal and every revocation; whatever is decided with a hit that is not cleared;
   approval against a failed check, with a face that is not clearly the same, or of a document that is on too many
   accounts; and everything, where the operator's setting says so.
4. While a hit on a list is undecided nothing is approved; a confirmed hit on a sanctions list is never approved.
5. A hit on a list is a reason to refuse only once it is confirmed, and the applicant never reads of it.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from echt.identity.dates import has_expired
from echt.identity.duplicates import others_with_number
from echt.identity.findings import Band
from echt.identity.items import LABELS as ITEMS
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, StoredCheck
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState
from echt.identity.reasons import TEXTS, Reason, Weight
from echt.identity.review_refusals import ReviewWrong
from echt.identity.screening.hits import hits_block
from echt.identity.selectors import checks_of, tries_left
from echt.identity.settings import identity_settings

Chosen = Sequence[tuple[Reason, Item]]
LONGEST = 2000
HIDDEN = frozenset({Reason.SANCTIONS})
"""Reasons that the applicant never reads (rule 5)."""
CLOSING = frozenset({Weight.FINAL, Weight.HOLD})


def check_decision(case: Case, verdict: Verdict, reasons: Chosen, *, message: str, note: str) -> None:
    """Whether this is a decision (rules 1, 2, 4 and 5).

    Raises:
        ReviewWrong: it is not; the sentence says what to change.
    """
    if len(message) > LONGEST or len(note) > LONGEST:
        raise ReviewWrong(_("Message and note have at most %(most)s characters each.") % {"most": LONGEST})
    if verdict is Verdict.APPROVE:
        _check_approval(case, reasons)
    else:
        _check_reasons(reasons, message=message, note=note)
    if verdict is Verdict.RETURN:
        _check_return(case, reasons)
    if verdict is Verdict.REFUSE:
        _check_refusal(case, reasons)


def needs_second(case: Case, verdict: Verdict, reasons: Chosen) -> bool:
    """Whether another person must confirm it (rule 3)."""
    if verdict in {Verdict.REFUSE, Verdict.REVOKE} or identity_settings().four_eyes:
        return True
    if any(TEXTS[reason].weight in CLOSING for reason, _item in reasons):
        return True
    if case.hits.exclude(state=HitState.CLEARED).exists():
        return True
    return verdict is Verdict.APPROVE and (is_on_too_many_accounts(case) or overrides_a_check(case, checks_of(case)))


def is_on_too_many_accounts(case: Case) -> bool:
    """Whether the document stands, now, for as many other people as one document may."""
    return len(others_with_number(case)) >= identity_settings().accounts


def overrides_a_check(case: Case, checks: Mapping[CheckKind, StoredCheck]) -> bool:
    """Whether approving goes against a check, or against a face that is not clearly the same."""
    if any(check.outcome == Outcome.FAILS for check in checks.values()):
        return True
    return case.level == Level.ADVANCED and not _is_alike(checks.get(CheckKind.FACE))


def visible(reasons: Iterable[tuple[Reason, Item]]) -> list[dict[str, str]]:
    """The reasons as the applicant may see them (rule 5)."""
    return [{"reason": reason.value, "item": item.value} for reason, item in reasons if reason not in HIDDEN]


def as_rows(reasons: Iterable[tuple[Reason, Item]]) -> list[dict[str, str]]:
    return [{"reason": reason.value, "item": item.value} for reason, item in reasons]


def from_rows(rows: Iterable[dict[str, str]]) -> list[tuple[Reason, Item]]:
    return [(Reason(row["reason"]), Item(row["item"])) for row in rows]


def reopens(reasons: Chosen) -> list[str]:
    """The items that these reasons ask for again, once each, in the order of `Item`."""
    named = {item for _reason, item in reasons}
    return [item.value for item in Item if item in named]


def _is_alike(check: StoredCheck | None) -> bool:
    if check is None or check.outcome != Outcome.HOLDS:
        return False
    return bool((check.details or {}).get("band") == Band.ALIKE)


def _check_approval(case: Case, reasons: Chosen) -> None:
    if reasons:
        raise ReviewWrong(_("Approval has no reasons. Take them off, or choose another decision."))
    if case.hits.filter(state=HitState.OPEN).exists():
        raise ReviewWrong(_("A list hit is undecided. Decide it first: the same person, or another one."))
    if hits_block(case):
        raise ReviewWrong(_("A hit on a sanctions list is confirmed. Such an application is not approved."))
    if has_expired(case):
        raise ReviewWrong(_("The document has expired. Ask for one that is valid."))


def _check_reasons(reasons: Chosen, *, message: str, note: str) -> None:
    if not reasons:
        raise ReviewWrong(_("Name at least one reason."))
    for reason, item in reasons:
        if item not in TEXTS[reason].items:
            words = {"reason": TEXTS[reason].label, "item": ITEMS[item]}
            raise ReviewWrong(_("The reason “%(reason)s” is not about “%(item)s”. Choose another.") % words)
        if reason is Reason.OTHER and not message:
            raise ReviewWrong(_("Write to the applicant what is needed: the reason “Other” does not say it."))
        if reason is not Reason.OTHER and TEXTS[reason].wants_note and not note:
            words = {"reason": TEXTS[reason].label}
            raise ReviewWrong(_("The reason “%(reason)s” needs a note for the desk.") % words)


def _check_return(case: Case, reasons: Chosen) -> None:
    closing = [reason for reason, _item in reasons if TEXTS[reason].weight in CLOSING]
    if closing:
        words = {"reason": TEXTS[closing[0]].label}
        raise ReviewWrong(_("The applicant cannot mend “%(reason)s”. Refuse, or take that reason off.") % words)
    if not tries_left(case):
        raise ReviewWrong(_("The applicant has used all tries. Approve, or refuse with “Too many tries”."))


def _check_refusal(case: Case, reasons: Chosen) -> None:
    named = {reason for reason, _item in reasons}
    if not any(TEXTS[reason].weight in CLOSING for reason in named):
        raise ReviewWrong(_("These reasons can be mended. Send the application back, or name a final reason."))
    if Reason.SANCTIONS in named and not case.hits.filter(state=HitState.CONFIRMED).exists():
        raise ReviewWrong(_("No list hit is confirmed. Put the application on hold until it is decided."))
