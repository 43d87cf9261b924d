"""Taking away a level that was granted: proposed by one person, in force when another one has confirmed it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.identity.actions.claiming import lock_for_review
from echt.identity.actions.deciding import new_decision
from echt.identity.decision_rules import Chosen, check_decision
from echt.identity.evidence import pending_of
from echt.identity.models import Decision
from echt.identity.models.cases import WrongState
from echt.identity.models.decisions import Verdict
from echt.identity.permissions import Permission
from echt.identity.review_refusals import ReviewWrong
from echt.identity.states import State


def revoke_level(*, actor: User, case_id: UUID, reasons: Chosen, message: str = "", note: str = "") -> Decision:
    """Propose to revoke the level that this approved case granted.

    Raises:
        Absent: no such case for the actor.
        WrongState: it was not approved.
        ReviewWrong: there is nothing left to revoke, a proposal waits already, or no reason is named.
    """
    message, note = message.strip(), note.strip()
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.LEVELS_REVOKE)
        if case.state != State.APPROVED:
            raise WrongState(State(case.state))
        if pending_of(case):
            raise ReviewWrong(_("Somebody has proposed to revoke this level already."))
        if not case.grants.filter(revoked_at=None).exists():
            raise ReviewWrong(_("This level is revoked already."))
        check_decision(case, Verdict.REVOKE, reasons, message=message, note=note)
        return new_decision(case, actor, Verdict.REVOKE, reasons, message=message, note=note, waits=True)
