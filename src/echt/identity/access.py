"""The only way to a case: for its applicant, and for staff whose role may read cases.

Lock order: the applicant, then cases by their primary key, then what belongs to a case, the record's head last.
"""

from uuid import UUID

from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.identity.models import Case, Picture
from echt.identity.permissions import Permission, may

__all__ = [
    "Absent",
    "case_at_desk",
    "case_for",
    "lock_applicant",
    "lock_case",
    "lock_own_case",
    "own_case",
    "picture_for",
]


def case_for(actor: User, case_id: UUID) -> Case:
    """The case, if the actor is its applicant or may read cases; otherwise `Absent`, whether it exists or not."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise Absent
    if case.applicant_id == actor.pk:
        return case
    if not may(actor, Permission.CASES_READ):
        raise Absent
    return case


def own_case(actor: User, case_id: UUID) -> Case:
    """The case, if it is the actor's own."""
    case = Case.objects.filter(pk=case_id, applicant=actor).first()
    if case is None:
        raise Absent
    return case


def case_at_desk(actor: User, case_id: UUID) -> Case:
    """The case for the desk: staff, and never one's own."""
    if not may(actor, Permission.CASES_READ):
        raise Absent
    case = Case.objects.filter(pk=case_id).exclude(applicant=actor).first()
    if case is None:
        raise Absent
    return case


def lock_case(case_id: UUID) -> Case:
    """The case's row, locked until the transaction ends.

    Raises:
        Absent: there is none.
    """
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise Absent
    return case


def lock_own_case(actor: User, case_id: UUID) -> Case:
    """The actor's own case, locked.

    Raises:
        Absent: there is none, or it is somebody else's.
    """
    case = lock_case(case_id)
    if case.applicant_id != actor.pk:
        raise Absent
    return case


def lock_applicant(pk: UUID) -> User:
    """A person's row, locked against others who lock it here or change it.

    Without touching the key: rows that refer to the person can still be written meanwhile, by somebody who holds a
    case and waits for nothing.

    Raises:
        Absent: there is no such person.
    """
    found = User.objects.filter(pk=pk)  # house: guarded-user: named by a case or a job, and locked without its key
    user = found.select_for_update(no_key=True).first()
    if user is None:
        raise Absent
    return user


def picture_for(actor: User, picture_id: UUID) -> Picture:
    """The picture, if the actor is its applicant or staff who may look at pictures; never one's own at the desk."""
    picture = Picture.objects.select_related("case", "file").filter(pk=picture_id).first()
    if picture is None:
        raise Absent
    if picture.applicant_id == actor.pk:
        return picture
    if not may(actor, Permission.PICTURES_LOOK):
        raise Absent
    return picture
