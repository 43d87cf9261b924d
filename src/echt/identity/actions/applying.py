"""An application from its beginning until it is submitted or withdrawn.

1. One open case of a level each: whoever begins again comes to the one that is open.
2. A double submit is one submit; a submit of an older version is refused and changes nothing.
3. What is missing, not looked at yet, or not offered refuses.
4. A submitted case is sent in again at most as often as the setting `tries` says.
5. While a case is checked or reviewed its applicant changes nothing; withdrawing is possible until it is decided.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from echt.accounts.models import User
from echt.accounts.where import Where
from echt.audit.record import record
from echt.identity import dates, duplicates, keeping, offers, sla
from echt.identity.access import Absent, lock_applicant, lock_own_case
from echt.identity.actions.gathering import lock_to_change, note_given, require_with_applicant, save_change
from echt.identity.documents import DocumentKind, Field
from echt.identity.events import Event
from echt.identity.evidence import WITHDRAWN, void_proposal
from echt.identity.expiry import is_renewable
from echt.identity.items import Item
from echt.identity.levels import TO_VERIFY, Level, reaches
from echt.identity.mails import CaseSubmitted
from echt.identity.models import Case
from echt.identity.models.cases import WrongState
from echt.identity.refusals import BeingLookedAt, Incomplete, NotOffered, Stale, TriesUsedUp
from echt.identity.selectors import (
    DOCUMENT_ITEMS,
    grant_of,
    is_looked_at,
    needed_items,
    open_case_of,
    tries_left,
)
from echt.identity.states import OPEN, State
from echt.identity.tasks import examine_case
from echt.identity.typed_data import checked
from echt.mail.send import send

NO_LEVEL = _("There is no such level. Choose one that the page offers.")
HELD = _("You hold this level already. Verify again once your document is about to expire.")
NOTHING_TO_REUSE = _("There is no verified document of yours that is still valid. Choose a document.")
ANEW = _("We need another document, or new photos of it. Choose the document first.")


def begin(*, actor: User, level: Level, where: Where) -> Case:
    """Begin an application for a level, or go on with the one that is open (rule 1).

    Raises:
        NotOffered: there is no such level to be had, or the person holds it.
    """
    with transaction.atomic():
        applicant = lock_applicant(actor.pk)
        if not applicant.is_active:
            raise Absent
        running = open_case_of(applicant, level)
        if running is not None:
            return running
        _check_level(applicant, level)
        case = Case.objects.create(applicant=applicant, level=level.value)
        _record(Event.CASE_OPENED, case, actor, level=level.value, **where.details())
        return case


def choose_document(*, actor: User, case_id: UUID, country: str, kind: DocumentKind) -> Case:
    """Say which document it is. Another one than before begins anew: its pictures and data are asked for.

    Raises:
        NotOffered: this kind of document of this country is not taken.
        WrongState: the case is not with its applicant.
    """
    with transaction.atomic():
        case = lock_to_change(actor, case_id, Item.DOCUMENT)
        offers.check_document(country, kind)
        if _is_the_same(case, country, kind):
            return case
        _empty_document(case)
        case.country, case.kind, case.reuses = country, kind.value, None
        note_given(case, Item.DOCUMENT)
        save_change(case, actor, Item.DOCUMENT, country=country, kind=kind.value)
        return case


def reuse_document(*, actor: User, case_id: UUID) -> Case:
    """Take over the document that verified the person for the level primary.

    Raises:
        NotOffered: there is none that is still valid, or another one is asked for.
        WrongState: the case is not with its applicant.
    """
    with transaction.atomic():
        case = lock_to_change(actor, case_id, Item.DOCUMENT)
        verified = _document_to_reuse(case)
        if case.reuses_id == verified.pk:
            return case
        _empty_document(case)
        case.country, case.kind, case.reuses = verified.country, verified.kind, verified
        case.number_index = verified.number_index
        save_change(case, actor, Item.DOCUMENT, reuses=str(verified.pk))
        return case


def choose_residence(*, actor: User, case_id: UUID, country: str) -> Case:
    """Say in which country one lives.

    Raises:
        NotOffered: the country is not served, or the level does not ask for it.
        WrongState: the case is not with its applicant.
    """
    with transaction.atomic():
        case = lock_to_change(actor, case_id, Item.RESIDENCE)
        offers.check_residence(country)
        if case.residence == country and Item.RESIDENCE.value not in case.reopened:
            return case
        case.residence = country
        note_given(case, Item.RESIDENCE)
        save_change(case, actor, Item.RESIDENCE)
        return case


def confirm_data(*, actor: User, case_id: UUID, typed: Mapping[Field, str]) -> Case:
    """Confirm or correct what was read from the document.

    Raises:
        DataRefused: something of it cannot be right; `faults` says what.
        NotOffered: there is no document yet, or the data are not asked for.
        WrongState: the case is not with its applicant.
    """
    data = checked(typed)
    with transaction.atomic():
        case = lock_to_change(actor, case_id, Item.DATA)
        if not case.kind:
            raise NotOffered(NOTHING_TO_REUSE)
        case.typed = data
        case.number_index = duplicates.index_of(case)
        note_given(case, Item.DATA)
        save_change(case, actor, Item.DATA)
        return case


def submit(*, actor: User, case_id: UUID, version: int, where: Where) -> Case:
    """Hand the case in as the applicant saw it.

    Raises:
        Stale: it has changed since (rule 2).
        Incomplete: items are missing (rule 3).
        BeingLookedAt: a machine is about to look at something (rule 3).
        TriesUsedUp: it was sent in as often as it may be (rule 4).
        WrongState: the case is not with its applicant (rule 5).
    """
    with transaction.atomic():
        case = lock_own_case(actor, case_id)
        if _was_just_submitted(case, version):
            return case
        require_with_applicant(case)
        _check_to_submit(case, version)
        _hand_in(case, version)
        _record(Event.CASE_SUBMITTED, case, actor, attempt=case.attempt, **where.details())
        assert case.due_at is not None
        send(CaseSubmitted(to=case.applicant, level=Level(case.level), due_at=case.due_at))
        return case


def withdraw(*, actor: User, case_id: UUID, where: Where) -> Case:
    """Take the application back (rule 5). A second click changes nothing.

    Raises:
        WrongState: it is decided or has lapsed.
    """
    with transaction.atomic():
        case = lock_own_case(actor, case_id)
        if case.state == State.WITHDRAWN:
            return case
        if State(case.state) not in OPEN:
            raise WrongState(State(case.state))
        void_proposal(case, because=WITHDRAWN, actor=actor)
        case.move(State.WITHDRAWN)
        case.claimed_by = case.claimed_until = None
        case.save()
        _record(Event.CASE_WITHDRAWN, case, actor, **where.details())
        return case


def _check_level(applicant: User, level: Level) -> None:
    if level not in TO_VERIFY:
        raise NotOffered(NO_LEVEL)
    grant = grant_of(applicant)
    if grant and reaches(Level(grant.level), level) and not is_renewable(grant):
        raise NotOffered(HELD)


def _is_the_same(case: Case, country: str, kind: DocumentKind) -> bool:
    waits = Item.DOCUMENT in needed_items(case)
    return not waits and not case.reuses_id and (case.country, case.kind) == (country, kind.value)


def _empty_document(case: Case) -> None:
    """Another document: pictures, reading and data of the one before are not of it."""
    keeping.replace(case, Item.FRONT)
    keeping.replace(case, Item.BACK)
    case.read = case.typed = None
    case.number_index = ""


def _document_to_reuse(case: Case) -> Case:
    if case.state == State.RETURNED and {*case.reopened} & {item.value for item in DOCUMENT_ITEMS}:
        raise NotOffered(ANEW)
    grant = grant_of(case.applicant, Level.PRIMARY) if case.level == Level.ADVANCED else None
    if grant is None or dates.has_expired(grant.case):
        raise NotOffered(NOTHING_TO_REUSE)
    return grant.case


def _was_just_submitted(case: Case, version: int) -> bool:
    """The second click of the same button (rule 2)."""
    return case.submitted_version == version and State(case.state) in OPEN - {State.RETURNED, State.DRAFT}


def _check_to_submit(case: Case, version: int) -> None:
    if case.version != version:
        raise Stale
    missing = needed_items(case)
    if missing:
        raise Incomplete(missing)
    if is_looked_at(case):
        raise BeingLookedAt
    if case.reuses_id and dates.has_expired(case):
        raise NotOffered(NOTHING_TO_REUSE)
    if case.state == State.RETURNED and not tries_left(case):
        raise TriesUsedUp


def _hand_in(case: Case, version: int) -> None:
    """A new attempt, its clock, and the checks."""
    case.attempt = case.gathering
    case.submitted_version = version
    case.move(State.CHECKING)
    case.reopened, case.redone, case.reasons = [], [], []
    sla.start(case)
    case.save()
    examine_case.enqueue(case=str(case.pk), attempt=case.attempt, key=f"{case.pk}:{case.attempt}")


def _record(event: Event, case: Case, actor: User, **details: str | int) -> None:
    record(event, actor=actor, subject=case.applicant_id, case=str(case.pk), **details)
