"""What people do with holds, policies and limits."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    HOLD_EXTENDED = "hold.extended"
    HOLD_FROZEN = "hold.frozen"
    HOLD_UNFROZEN = "hold.unfrozen"
    RELEASE_PROPOSED = "release.proposed"
    RELEASE_REJECTED = "release.rejected"
    HOLD_RELEASED_EARLY = "hold.released_early"
    CLAW_BACK_PROPOSED = "claw_back.proposed"
    CLAW_BACK_REJECTED = "claw_back.rejected"
    HOLD_CLAWED_BACK = "hold.clawed_back"
    APPEAL_MADE = "appeal.made"
    APPEAL_WITHDRAWN = "appeal.withdrawn"
    APPEAL_GRANTED = "appeal.granted"
    APPEAL_REFUSED = "appeal.refused"
    APPEAL_LOOKED_AT = "appeal.looked_at"
    POLICY_CHANGED = "policy.changed"
    POLICY_ENDED = "policy.ended"
    LIMIT_CHANGED = "limit.changed"
    LIMIT_ENDED = "limit.ended"
    EXEMPTION_PROPOSED = "exemption.proposed"
    EXEMPTION_GRANTED = "exemption.granted"
    EXEMPTION_ENDED = "exemption.ended"
    RISK_CHANGED = "risk.changed"


LABELS: dict[Event, Promise] = {
    Event.HOLD_EXTENDED: _("Hold extended"),
    Event.HOLD_FROZEN: _("Hold frozen"),
    Event.HOLD_UNFROZEN: _("Hold no longer frozen"),
    Event.RELEASE_PROPOSED: _("Early release proposed"),
    Event.RELEASE_REJECTED: _("Early release rejected"),
    Event.HOLD_RELEASED_EARLY: _("Hold released early"),
    Event.CLAW_BACK_PROPOSED: _("Claw-back proposed"),
    Event.CLAW_BACK_REJECTED: _("Claw-back rejected"),
    Event.HOLD_CLAWED_BACK: _("Hold clawed back"),
    Event.APPEAL_MADE: _("Earlier release asked for"),
    Event.APPEAL_WITHDRAWN: _("Request for earlier release withdrawn"),
    Event.APPEAL_GRANTED: _("Request for earlier release granted"),
    Event.APPEAL_REFUSED: _("Request for earlier release refused"),
    Event.APPEAL_LOOKED_AT: _("Documents of a request looked at"),
    Event.POLICY_CHANGED: _("Holding policy changed"),
    Event.POLICY_ENDED: _("Holding policy ended"),
    Event.LIMIT_CHANGED: _("Limit changed"),
    Event.LIMIT_ENDED: _("Limit ended"),
    Event.EXEMPTION_PROPOSED: _("Exemption proposed"),
    Event.EXEMPTION_GRANTED: _("Exemption granted"),
    Event.EXEMPTION_ENDED: _("Exemption ended"),
    Event.RISK_CHANGED: _("Risk of an account changed"),
}
