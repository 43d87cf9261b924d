"""Lists that are brought in, and what a person finds of a hit.

1. A hit is decided once, by somebody whose role permits it and who is not its applicant, and with a reason.
2. A hit that is the same person keeps the case on hold, or puts it there; one that is another person only ever lets
   others go on: nothing takes the case off hold by itself.
3. The record says who decided what about which entry, under the case, where the applicant does not read it; why stands
   in the note that it names, and goes with the applicant's data.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.access import Absent
from echt.identity.actions.claiming import lock_for_review
from echt.identity.events import Event
from echt.identity.evidence import CHANGED, void_proposal
from echt.identity.models import Note, ScreeningHit, ScreeningList
from echt.identity.models.screening import HitState, ListKind
from echt.identity.permissions import Permission, may
from echt.identity.review_refusals import ReviewRefused, ReviewWrong
from echt.identity.screening import importing
from echt.identity.screening.entries import ListRefused
from echt.identity.screening.holding import hold_if_blocked
from echt.identity.screening.rescreening import forget_old_versions, rescreen
from echt.identity.states import AT_DESK

LONGEST = 80
SHRUNK = 2
"""A new version with fewer than one in so many of the persons of the old one was probably cut off."""


class AlreadyDecided(ReviewRefused):
    """Somebody was faster."""

    words = gettext_lazy("This hit has been decided already. The page shows by whom.")


def decide_hit(*, actor: User, hit_id: UUID, same: bool, why: str) -> ScreeningHit:
    """Say whether the applicant is the person on the list; why stands among the notes of the desk.

    Raises:
        Absent: there is no such hit, or none for the actor.
        AlreadyDecided: it is not open any more.
        ReviewWrong: no reason was given.
    """
    why = why.strip()
    with transaction.atomic():
        case = lock_for_review(actor, _case_of(hit_id), Permission.HITS_DECIDE)
        hit = ScreeningHit.objects.get(pk=hit_id)
        if hit.state != HitState.OPEN:
            raise AlreadyDecided
        if not why:
            raise ReviewWrong(_("Write down what tells the two apart, or what makes them the same."))
        hit.state = HitState.CONFIRMED.value if same else HitState.CLEARED.value
        hit.decided_at, hit.decided_by = clock.now(), actor
        hit.save(update_fields=["state", "decided_at", "decided_by"])
        if case.state in AT_DESK:
            case.touch()
            case.save(update_fields=["version", "changed_at"])
        note = Note.objects.create(case=case, applicant_id=case.applicant_id, author=actor, text=why)
        record(
            Event.HIT_DECIDED,
            actor=actor,
            subject=case.pk,
            case=str(case.pk),
            hit=str(hit.pk),
            list=hit.shown["list"],
            version=hit.shown["version"],
            key=hit.shown["key"],
            state=hit.state,
            note=str(note.pk),
        )
        if not hold_if_blocked(case, actor=actor):
            void_proposal(case, because=CHANGED, actor=actor)
        return hit


def _case_of(hit_id: UUID) -> UUID:
    hit = ScreeningHit.objects.filter(pk=hit_id).only("case_id").first()
    if hit is None:
        raise Absent
    return hit.case_id


def import_list(
    *, actor: User | None, files: Sequence[Path], name: str, kind: ListKind, version: str, smaller: bool = False
) -> ScreeningList:
    """Put a list in force, instead of the version of that name that is; everybody is compared with it afterwards.

    Unlike other actions this one is many transactions: the list is put aside first (`importing`), and only the
    exchange, its record and the jobs are one.

    Args:
        actor: None: the operator, at the machine.
        files: the list; OFAC’s `sdn.csv` may come with `alt.csv`.
        name: what the list is called; its next version has the same name.
        kind: whom it is about.
        version: as its publisher calls it.
        smaller: take it also where it has less than half of the persons of the version in force.

    Raises:
        Absent: the actor may not.
        ListRefused: the list cannot be used; what was in force stays in force.
    """
    if actor is not None and not may(actor, Permission.LISTS_IMPORT):
        raise Absent
    name, version = _named(name), _named(version)
    found = importing.survey(files)
    _compare(found, name, version, smaller=smaller)
    aside = importing.put_aside(found, name=name, kind=kind, version=version)
    aside.imported_by = actor
    try:
        with transaction.atomic():
            importing.exchange(aside)
            rescreen.enqueue(imported=str(aside.pk), key=str(aside.pk))
            forget_old_versions.enqueue(key="forget_old_versions")
            record(
                Event.LIST_IMPORTED,
                actor=actor,
                list=str(aside.pk),
                name=name,
                kind=kind.value,
                version=version,
                sha256=found.sha256,
                format=found.source.title,
                persons=found.persons,
                others=found.others,
            )
    except BaseException:
        importing.remove(aside)
        raise
    return aside


def _named(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise ListRefused(_("Name and version of a list have 1 to %(most)d characters.") % {"most": LONGEST})
    return text


def _compare(found: importing.Survey, name: str, version: str, *, smaller: bool) -> None:
    current = ScreeningList.objects.filter(name=name, retired_at=None).first()
    if current is None:
        return
    if (current.sha256, current.version) == (found.sha256, version):
        raise ListRefused(_("Exactly this version of the list is in force already."))
    if found.persons * SHRUNK < current.entries_count and not smaller:
        text = _(
            "The file has %(new)d persons, the version in force has %(old)d. If it is whole, import it as smaller."
        )
        raise ListRefused(text % {"new": found.persons, "old": current.entries_count})
