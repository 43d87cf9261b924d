"""What the applicant's actions have in common while a case is with them.

1. Only the applicant changes a case, and only while it is with them.
2. While a case is returned only what is asked for again can be changed; what was right stays.
3. Each change counts the version on, so that an older page cannot submit.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.access import lock_own_case
from echt.identity.events import Event
from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.models.cases import WrongState
from echt.identity.refusals import NotOffered
from echt.identity.selectors import open_items
from echt.identity.states import WITH_APPLICANT, State

KEPT = _("This was right and stays as it is. Give only what is asked for again.")


def lock_to_change(actor: User, case_id: UUID, item: Item) -> Case:
    """The actor's case, locked, if this item of it may be given now (rules 1 and 2).

    Raises:
        Absent, WrongState, NotOffered: see the rules.
    """
    case = lock_own_case(actor, case_id)
    check_open(case, item)
    return case


def check_open(case: Case, item: Item) -> None:
    """Whether this item of the case may be given now.

    Raises:
        WrongState: the case is not with the applicant.
        NotOffered: the item is not asked for.
    """
    require_with_applicant(case)
    if item not in open_items(case):
        raise NotOffered(KEPT)


def require_with_applicant(case: Case) -> None:
    if State(case.state) not in WITH_APPLICANT:
        raise WrongState(State(case.state))


def note_given(case: Case, item: Item) -> None:
    """An item that was asked for again has been given."""
    if item.value in case.reopened and item.value not in case.redone:
        case.redone = [*case.redone, item.value]


def save_change(case: Case, actor: User, item: Item, *, event: Event = Event.CASE_CHANGED, **details: Any) -> None:
    """Save a change of this item (rule 3) and record it."""
    case.touch()
    case.save()
    record(event, actor=actor, subject=actor.pk, case=str(case.pk), item=item.value, **details)
