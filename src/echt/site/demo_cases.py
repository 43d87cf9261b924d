"""The demo's applicants: made-up persons whose applications stand in every state that the desk knows.

1. They go the way that everybody goes: the actions of applicants and reviewers, real pictures, the real checks of the
   vision worker. Only times are set back, since nobody waits a day for a demo.
2. They are made once, at the first start, by the worker; the first page does not wait for it.
3. Each step finds out itself what is still to do, so that it can be broken off anywhere and goes on.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from echt import clock
from echt.accounts.actions.provisioning import give_password, provision
from echt.accounts.models import User
from echt.accounts.where import Where
from echt.identity import sla
from echt.identity.access import lock_case
from echt.identity.actions import applying, claiming, confirming, deciding, faces, pictures
from echt.identity.actions.screening import import_list
from echt.identity.documents import DocumentKind, Field
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant, ScreeningList
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import ListKind
from echt.identity.reasons import Reason
from echt.identity.screening.folding import words
from echt.identity.screening.formats.own import COLUMNS
from echt.identity.screening.holding import hold_if_blocked
from echt.identity.selectors import SIDES, is_looked_at, is_reading, needed_items, required_items
from echt.identity.specimens import Document, Person
from echt.identity.states import State
from echt.identity.uploads import parts
from echt.site import demo
from echt.site.demo_documents import SIDE_OF, paper, person, photograph
from echt.work.jobs import GiveUp, Later, job

SOON = timedelta(seconds=4)
PATIENCE = timedelta(days=1)
"""After which a step that waits for the vision worker waits no longer."""
LAST = -90
"""Whatever else there is to do comes first."""
LIST = "Made-up list of the demo"
DECOYS = ("Ottokar Zwirnbold", "Rosalinde Quellenhof", "Baltasar Mondschein", "Ludmilla Khlebotsev")
REVIEWER, CHIEF = "second@demo.example", "desk@demo.example"
HERE = Where()


@dataclass(frozen=True)
class Applicant:
    """Somebody made up, with a document, and how far their application gets. `number`: who they are."""

    number: int
    country: str
    kind: DocumentKind
    ending: Callable[[Case], None]
    level: Level = Level.PRIMARY
    language: str = "en"

    @property
    def person(self) -> Person:
        return person(self.number, self.country)

    @property
    def document(self) -> Document:
        return paper(self.kind, self.person, clock.now().date())


def begin() -> None:
    """Have the applicants made, unless they are there."""
    if User.objects.by_address(address_of(next(iter(APPLICANTS)))) is None:
        prepare.enqueue(key="demo")


def give_passwords(password: str) -> None:
    """Another password for the applicants that are there."""
    for name in APPLICANTS:
        user = User.objects.by_address(address_of(name))
        if user is not None:
            give_password(user=user, password=password)


@job(priority=LAST)
def prepare() -> None:
    """Bring the made-up list in, then have each applicant made."""
    if not ScreeningList.objects.filter(name=LIST).exists():
        _bring_list()
    for name in APPLICANTS:
        furnish.enqueue(name=name, key=name)


@job(priority=LAST)
def furnish(*, name: str) -> None:
    """Take one applicant as far as their application goes (rule 3)."""
    applicant = APPLICANTS[name]
    user = _user(name, applicant)
    case = Case.objects.filter(applicant=user).first() or _apply(user, applicant)
    if case.state == State.DRAFT:
        _submit(user, case, applicant)
    if case.state == State.CHECKING and case.created_at > clock.now() - PATIENCE:
        raise Later(at=clock.now() + SOON)
    if case.state in {State.IN_REVIEW, State.PROPOSED}:
        applicant.ending(case)


def address_of(name: str) -> str:
    return f"{name}@demo.example"


def _user(name: str, applicant: Applicant) -> User:
    return provision(
        address=address_of(name),
        password=demo.kept_password(settings.DATA),
        language=applicant.language,
        nickname=applicant.person.given_names.split()[0],
    )


def _apply(user: User, applicant: Applicant) -> Case:
    with transaction.atomic():
        case = applying.begin(actor=user, level=applicant.level, where=HERE)
        applying.choose_document(actor=user, case_id=case.pk, country=applicant.country, kind=applicant.kind)
    case.refresh_from_db()
    return case


def _submit(user: User, case: Case, applicant: Applicant) -> None:
    for item in needed_items(case):
        if item in SIDES:
            if case.pictures.filter(item=item).exists():
                raise GiveUp("The vision worker does not take a picture of the demo.")
            _send_picture(user, case, item, applicant)
    if (is_looked_at(case) or is_reading(case)) and case.created_at > clock.now() - PATIENCE:
        raise Later(at=clock.now() + SOON)
    applying.confirm_data(actor=user, case_id=case.pk, typed=_typed(applicant.document))
    if Item.RESIDENCE in required_items(case):
        applying.choose_residence(actor=user, case_id=case.pk, country=applicant.country)
    if Item.FACE in required_items(case):
        faces.go_without_face(actor=user, case_id=case.pk)
    case.refresh_from_db()
    applying.submit(actor=user, case_id=case.pk, version=case.version, where=HERE)
    case.refresh_from_db()


def _send_picture(user: User, case: Case, item: Item, applicant: Applicant) -> None:
    """In parts, as a browser sends it."""
    content = photograph(applicant.document, SIDE_OF[item], applicant.number)
    upload = parts.begin(actor=user, item=item, size=len(content))
    for offset in range(0, len(content), parts.CHUNK):
        chunk = content[offset : offset + parts.CHUNK]
        parts.append(actor=user, upload_id=upload.pk, offset=offset, chunk=chunk)
    parts.finish(actor=user, upload_id=upload.pk)
    pictures.add_picture(actor=user, case_id=case.pk, item=item, upload_id=upload.pk, scan=False)


def _typed(document: Document) -> dict[Field, str]:
    return {
        Field.SURNAME: document.person.surname,
        Field.GIVEN_NAMES: document.person.given_names,
        Field.NUMBER: document.number,
        Field.BORN_ON: document.person.born_on.isoformat(),
        Field.EXPIRES_ON: document.expires_on.isoformat(),
    }


def _bring_list() -> None:
    """A list with somebody who is spelled a little otherwise, and with others who are nobody."""
    listed = APPLICANTS["on-hold"].person
    spelled = " ".join(word.capitalize() for word in words(f"{listed.surname} {listed.given_names}"))
    rows = [f"D-1,{spelled},{listed.born_on.year},{listed.nationality},Made up for the demo"]
    rows += [f"D-{number},{name},1961,," for number, name in enumerate(DECOYS, start=2)]
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write("\n".join([",".join(COLUMNS), *rows, ""]))
        file.flush()
        import_list(actor=None, files=[Path(file.name)], name=LIST, kind=ListKind.SANCTIONS, version="1")


# How far an application gets


def _stays(case: Case) -> None:
    """It waits for a reviewer."""


def _set_back(case: Case, hours: int) -> None:
    with transaction.atomic():
        case = lock_case(case.pk)
        case.submitted_at = clock.now() - timedelta(hours=hours)
        case.due_at = case.submitted_at + sla.allowed()
        case.save(update_fields=["submitted_at", "due_at"])


def _nearly_due(case: Case) -> None:
    _set_back(case, hours=20)


def _overdue(case: Case) -> None:
    _set_back(case, hours=27)


def _is_claimed(case: Case) -> None:
    claiming.claim(actor=_staff(REVIEWER), case_id=case.pk)


def _is_proposed(case: Case) -> None:
    if case.state == State.IN_REVIEW:
        _propose(
            case,
            Verdict.REFUSE,
            [(Reason.FORGERY, Item.CASE)],
            note="The number is set in another type than the rest of the card. Please look at it too.",
        )


def _is_returned(case: Case) -> None:
    message = "The lower edge is out of focus. Please take the photo once more by daylight."
    _propose(case, Verdict.RETURN, [(Reason.UNREADABLE, Item.FRONT)], message=message)


def _is_held(case: Case) -> None:
    with transaction.atomic():
        hold_if_blocked(lock_case(case.pk), actor=None)


def _is_verified(case: Case) -> None:
    if case.state == State.IN_REVIEW:
        _propose(case, Verdict.APPROVE, [])
    pending = case.decisions.filter(decided_at=None, voided_at=None).first()
    if pending is not None:
        confirming.confirm(actor=_staff(CHIEF), decision_id=pending.pk)


def _has_expired(case: Case) -> None:
    _is_verified(case)
    now = clock.now()
    LevelGrant.objects.filter(case=case).update(begins_at=now - timedelta(days=60), ends_at=now - timedelta(days=3))


def _propose(case: Case, verdict: Verdict, reasons: list[tuple[Reason, Item]], **words_: str) -> None:
    case.refresh_from_db()
    deciding.propose(
        actor=_staff(REVIEWER), case_id=case.pk, version=case.version, verdict=verdict, reasons=reasons, **words_
    )


def _staff(address: str) -> User:
    found = User.objects.by_address(address)
    assert found is not None
    return found


APPLICANTS: dict[str, Applicant] = {
    "fresh": Applicant(1, "DEU", DocumentKind.ID_CARD, _stays, level=Level.ADVANCED, language="de"),
    "nearly-due": Applicant(2, "FRA", DocumentKind.PASSPORT, _nearly_due),
    "overdue": Applicant(3, "POL", DocumentKind.ID_CARD, _overdue),
    "claimed": Applicant(4, "ESP", DocumentKind.RESIDENCE_PERMIT, _is_claimed),
    "proposed": Applicant(5, "DEU", DocumentKind.RESIDENCE_PERMIT, _is_proposed, language="de"),
    "returned": Applicant(6, "POL", DocumentKind.PASSPORT, _is_returned),
    "on-hold": Applicant(7, "FRA", DocumentKind.ID_CARD, _is_held),
    "verified": Applicant(18, "DEU", DocumentKind.PASSPORT, _is_verified, language="de"),
    "expired": Applicant(9, "ESP", DocumentKind.PASSPORT, _has_expired),
}
