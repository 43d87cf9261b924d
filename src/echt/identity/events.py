"""What happens in the identification of persons."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    CASE_OPENED = "case.opened"
    CASE_CHANGED = "case.changed"
    PICTURE_ADDED = "picture.added"
    CASE_SUBMITTED = "case.submitted"
    CASE_EXAMINED = "case.examined"
    CASE_CLAIMED = "case.claimed"
    CASE_RELEASED = "case.released"
    CASE_HELD = "case.held"
    CASE_RESUMED = "case.resumed"
    CASE_WITHDRAWN = "case.withdrawn"
    CASE_LAPSED = "case.lapsed"
    PICTURE_LOOKED_AT = "picture.looked_at"
    DATA_LOOKED_AT = "data.looked_at"
    NOTE_ADDED = "note.added"
    DECISION_PROPOSED = "decision.proposed"
    DECISION_VOIDED = "decision.voided"
    CASE_APPROVED = "case.approved"
    CASE_RETURNED = "case.returned"
    CASE_REFUSED = "case.refused"
    LEVEL_GRANTED = "level.granted"
    LEVEL_REVOKED = "level.revoked"
    LEVEL_EXPIRED = "level.expired"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    BIOMETRICS_DESTROYED = "biometrics.destroyed"
    PICTURES_DELETED = "pictures.deleted"
    LIST_IMPORTED = "list.imported"
    HIT_FOUND = "hit.found"
    HIT_DECIDED = "hit.decided"


LABELS: dict[Event, Promise] = {
    Event.CASE_OPENED: _("Application begun"),
    Event.CASE_CHANGED: _("Application changed"),
    Event.PICTURE_ADDED: _("Picture added"),
    Event.CASE_SUBMITTED: _("Application submitted"),
    Event.CASE_EXAMINED: _("Automatic checks done"),
    Event.CASE_CLAIMED: _("Taken up for review"),
    Event.CASE_RELEASED: _("Put back into the queue"),
    Event.CASE_HELD: _("Put on hold"),
    Event.CASE_RESUMED: _("Taken off hold"),
    Event.CASE_WITHDRAWN: _("Application withdrawn"),
    Event.CASE_LAPSED: _("Application lapsed"),
    Event.PICTURE_LOOKED_AT: _("Picture looked at"),
    Event.DATA_LOOKED_AT: _("Data looked at"),
    Event.NOTE_ADDED: _("Note added"),
    Event.DECISION_PROPOSED: _("Decision proposed"),
    Event.DECISION_VOIDED: _("Proposal void"),
    Event.CASE_APPROVED: _("Approved"),
    Event.CASE_RETURNED: _("Sent back to the applicant"),
    Event.CASE_REFUSED: _("Refused"),
    Event.LEVEL_GRANTED: _("Level granted"),
    Event.LEVEL_REVOKED: _("Level revoked"),
    Event.LEVEL_EXPIRED: _("Level expired"),
    Event.CONSENT_GIVEN: _("Agreed to biometrics"),
    Event.CONSENT_WITHDRAWN: _("Consent to biometrics withdrawn"),
    Event.BIOMETRICS_DESTROYED: _("Biometric data destroyed"),
    Event.PICTURES_DELETED: _("Pictures deleted"),
    Event.LIST_IMPORTED: _("Screening list imported"),
    Event.HIT_FOUND: _("Screening hit found"),
    Event.HIT_DECIDED: _("Screening hit decided"),
}
