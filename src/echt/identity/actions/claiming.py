"""Taking up a case at the desk, so that two reviewers do not do the same work.

1. A claim has an end; work on the case renews it. Nobody has to give anything back.
2. Who comes second is refused, with the moment at which the claim ends; nothing has changed then.
3. Nobody takes up their own case; it does not exist for them at the desk.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.access import Absent, lock_case
from echt.identity.events import Event
from echt.identity.models import Case
from echt.identity.models.cases import WrongState
from echt.identity.permissions import Permission, may
from echt.identity.review_refusals import ClaimedByOther
from echt.identity.settings import identity_settings
from echt.identity.states import AT_DESK, State


def claim(*, actor: User, case_id: UUID) -> Case:
    """Take the case up, or renew one's own claim.

    Raises:
        ClaimedByOther: somebody else has it; the refusal says until when.
        WrongState: it is not at the desk.
    """
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.CASES_DECIDE)
        require_at_desk(case)
        take_up(case, actor)
        case.save(update_fields=["claimed_by", "claimed_until"])
        return case


def renew(*, actor: User, case_id: UUID) -> Case:
    """As `claim`: who still has the case keeps it for the full time again."""
    return claim(actor=actor, case_id=case_id)


def release(*, actor: User, case_id: UUID) -> None:
    """Put the case back into the queue. Of a case that somebody else has, or nobody, nothing changes."""
    with transaction.atomic():
        case = lock_for_review(actor, case_id, Permission.CASES_DECIDE)
        if case.claimant() != actor:
            return
        lay_down(case)
        case.save(update_fields=["claimed_by", "claimed_until"])
        record(Event.CASE_RELEASED, actor=actor, subject=case.pk, case=str(case.pk))


def lock_for_review(actor: User, case_id: UUID, permission: Permission) -> Case:
    """The case, locked, for somebody whose role permits this, and who is not its applicant.

    Raises:
        Absent: there is none, or none for the actor.
    """
    if not may(actor, permission):
        raise Absent
    case = lock_case(case_id)
    if case.applicant_id == actor.pk:
        raise Absent
    return case


def require_at_desk(case: Case) -> None:
    """Let nobody take up a case that is with the applicant, with the machines, or closed.

    Raises:
        WrongState: it is.
    """
    if State(case.state) not in AT_DESK:
        raise WrongState(State(case.state))


def take_up(case: Case, actor: User) -> None:
    """Make the case the actor's from now on; the caller holds its lock and saves (rules 1 and 2)."""
    now = clock.now()
    holder = case.claimant(now)
    if holder is not None and holder != actor and case.claimed_until is not None:
        raise ClaimedByOther(case.claimed_until)
    case.claimed_by, case.claimed_until = actor, now + timedelta(minutes=identity_settings().claimed)
    if holder is None:
        record(
            Event.CASE_CLAIMED,
            actor=actor,
            subject=case.pk,
            case=str(case.pk),
            until=case.claimed_until.isoformat(),
        )


def lay_down(case: Case) -> None:
    """Make the case nobody's; the caller holds its lock and saves."""
    case.claimed_by = case.claimed_until = None
