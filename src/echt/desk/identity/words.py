"""The desk's words for what the room of identification names by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.identity.catalogue import name_of
from echt.identity.documents import DocumentKind
from echt.identity.findings import Source
from echt.identity.items import Item
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState
from echt.identity.states import State
from echt.identity.wording import KINDS

STATES: dict[State, Promise] = {
    State.DRAFT: _("With the applicant, not submitted"),
    State.CHECKING: _("Machines are checking"),
    State.IN_REVIEW: _("To be reviewed"),
    State.PROPOSED: _("Needs a second person"),
    State.RETURNED: _("With the applicant again"),
    State.ON_HOLD: _("On hold"),
    State.APPROVED: _("Approved"),
    State.REFUSED: _("Refused"),
    State.WITHDRAWN: _("Withdrawn by the applicant"),
    State.LAPSED: _("Lapsed"),
}
STATE_LOOKS: dict[State, tuple[str, str]] = {
    State.DRAFT: ("", "minus-circle"),
    State.CHECKING: ("", "rotate"),
    State.IN_REVIEW: ("", "minus-circle"),
    State.PROPOSED: ("warning", "users"),
    State.RETURNED: ("", "history"),
    State.ON_HOLD: ("warning", "hold"),
    State.APPROVED: ("success", "check-circle"),
    State.REFUSED: ("danger", "x-circle"),
    State.WITHDRAWN: ("", "minus-circle"),
    State.LAPSED: ("", "minus-circle"),
}
"""Kind and icon of the state."""

ITEMS: dict[Item, Promise] = {
    Item.DOCUMENT: _("Choice of document"),
    Item.FRONT: _("Front"),
    Item.BACK: _("Back"),
    Item.DATA: _("Data"),
    Item.FACE: _("Face"),
    Item.RESIDENCE: _("Country of residence"),
    Item.CASE: _("Case as a whole"),
}
VERDICTS: dict[Verdict, Promise] = {
    Verdict.APPROVE: _("Approve"),
    Verdict.RETURN: _("Send back"),
    Verdict.REFUSE: _("Refuse"),
    Verdict.REVOKE: _("Revoke the level"),
}
CHECKS: dict[CheckKind, Promise] = {
    CheckKind.QUALITY: _("Pictures are whole and sharp"),
    CheckKind.ZONE: _("Check digits of the machine-readable zone"),
    CheckKind.CONSISTENCY: _("Sides and sources agree"),
    CheckKind.TYPED: _("What was entered agrees with the document"),
    CheckKind.EXPIRY: _("Document is valid"),
    CheckKind.AGE: _("Old enough"),
    CheckKind.DUPLICATE: _("Document is not on other accounts"),
    CheckKind.FACE: _("Face matches the document’s portrait"),
    CheckKind.LIVENESS: _("Somebody was in front of the camera"),
    CheckKind.SCREENING: _("Sanctions and PEP lists"),
}
OUTCOMES: dict[Outcome, tuple[str, Promise]] = {
    Outcome.HOLDS: ("success", _("Holds")),
    Outcome.DOUBT: ("warning", _("Look at it")),
    Outcome.FAILS: ("danger", _("Does not hold")),
    Outcome.NOT_APPLICABLE: ("", _("Does not apply")),
    Outcome.ERROR: ("warning", _("Could not be checked")),
}
"""Kind and word of an outcome."""

SOURCES: dict[Source, Promise] = {
    Source.MRZ: _("Zone"),
    Source.PRINT: _("Printed text"),
    Source.BARCODE: _("Barcode"),
}
HITS: dict[HitState, tuple[str, Promise]] = {
    HitState.OPEN: ("warning", _("Undecided")),
    HitState.CLEARED: ("success", _("Another person")),
    HitState.CONFIRMED: ("danger", _("The same person")),
}
VOIDED: dict[str, Promise] = {
    "evidence_changed": _("The evidence changed"),
    "rejected": _("Rejected by a second person"),
    "withdrawn": _("Taken back"),
}


def country(code: str) -> str:
    """The name of a country in the reader's language; empty where none was chosen."""
    return name_of(code) if code else ""


def kind(code: str) -> str:
    """What a kind of document is called; empty where none was chosen."""
    return str(KINDS[DocumentKind(code)]) if code else ""
