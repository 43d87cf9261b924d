"""Putting a case on hold and taking it off again.

1. While it is held its clock stands: off hold, it is due exactly as much later as it was held.
2. A proposal that was pending is void: whoever decides afterwards looks again.
3. The applicant reads that the case is under review, never why.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt.accounts.models import User
from echt.audit.record import record
from echt.identity import sla
from echt.identity.actions.claiming import lay_down, lock_for_review, require_at_desk, take_up
from echt.identity.events import Event
from echt.identity.evidence import WITHDRAWN, void_proposal
from echt.identity.models import Case, Note
from echt.identity.models.cases import WrongState
from echt.identity.permissions import Permission
from echt.identity.review_refusals import ReviewWrong, Stale
from echt.identity.states import State

SAVED = ["state", "version", "changed_at", "due_at", "held_at", "claimed_by", "claimed_until"]


def hold(*, actor: User, case_id: UUID, version: int, why: str) -> Case:
    """Stop the clock of a case until something is clarified; why stands among the notes of the desk.

    Raises:
        ReviewWrong: no reason was given.
        ClaimedByOther, Stale, WrongState: see there.
    """
    why = why.strip()
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.CASES_DECIDE)
        require_at_desk(case)
        if case.version != version:
            raise Stale
        take_up(case, actor)
        if not why:
            raise ReviewWrong(_("Write down what must be clarified, so that colleagues know it."))
        void_proposal(case, because=WITHDRAWN, actor=actor)
        case.move(State.ON_HOLD)
        sla.hold(case)
        lay_down(case)
        case.save(update_fields=SAVED)
        Note.objects.create(case=case, applicant_id=case.applicant_id, author=actor, text=why)
        record(Event.CASE_HELD, actor=actor, subject=case.pk, case=str(case.pk))
        return case


def resume(*, actor: User, case_id: UUID) -> Case:
    """Take the case off hold; its clock goes on where it stopped (rule 1).

    Raises:
        WrongState: it is not on hold.
        ClaimedByOther: somebody else has it.
    """
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.CASES_DECIDE)
        if case.state != State.ON_HOLD:
            raise WrongState(State(case.state))
        take_up(case, actor)
        sla.resume(case)
        case.move(State.IN_REVIEW)
        case.save(update_fields=SAVED)
        record(Event.CASE_RESUMED, actor=actor, subject=case.pk, case=str(case.pk))
        return case
