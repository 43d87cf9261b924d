"""Applications in every state, made by the same actions that people use."""

from datetime import date

from django.apps import apps
from django.db import transaction

from echt.accounts.where import Where
from echt.audit.models import AuditEvent
from echt.identity import consents, looking  # noqa: F401
from echt.identity.actions import applying, faces, pictures
from echt.identity.challenges import container_of
from echt.identity.documents import DocumentKind
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant
from echt.identity.models.screening import ScreeningList
from echt.identity.providers import Frame
from echt.identity.states import State
from echt.identity.uploads import parts
from echt.mail.models import Message
from echt.work.worker import run_until_idle
from tests.identity.fakes import JPEG, LENA

HERE = Where(browser="Firefox", system="Linux", address="203.0.113.7")
FRONT, BACK = JPEG + b"front", JPEG + b"back"


def uploaded(person, content, item=Item.FRONT):
    """A finished upload."""
    upload = parts.begin(actor=person, item=item, size=len(content))
    for offset in range(0, len(content), parts.CHUNK):
        parts.append(actor=person, upload_id=upload.pk, offset=offset, chunk=content[offset : offset + parts.CHUNK])
    return parts.finish(actor=person, upload_id=upload.pk).pk


def begun(person, level=Level.PRIMARY):
    return applying.begin(actor=person, level=level, where=HERE)


def add(case, item=Item.FRONT, content=FRONT, *, scan=False):
    person = case.applicant
    return pictures.add_picture(
        actor=person, case_id=case.pk, item=item, upload_id=uploaded(person, content, item), scan=scan
    )


def choose(case, kind=DocumentKind.PASSPORT, country="DEU"):
    return applying.choose_document(actor=case.applicant, case_id=case.pk, country=country, kind=kind)


def confirm(case, **changed):
    typed = {**LENA, **changed}
    return applying.confirm_data(actor=case.applicant, case_id=case.pk, typed=typed)


def look():
    """Let the vision worker do what is due."""
    return run_until_idle("vision")


def with_document(person, level=Level.PRIMARY, content=FRONT):
    """A case with a passport, looked at, read and confirmed."""
    case = choose(begun(person, level))
    add(case, content=content)
    look()
    return confirm(case)


def agreed(person):
    return faces.agree(actor=person, text_version=consents.VERSION, where=HERE)


def frames(count=14, content=b"frame"):
    return [Frame(at=200 * number, picture=JPEG + content + str(number).encode()) for number in range(count)]


def answer(case, travel=None, container=None):
    """A challenge, answered five seconds later."""
    challenge = faces.issue_challenge(actor=case.applicant, case_id=case.pk)
    if travel is not None:
        travel.shift(5)
    upload = uploaded(case.applicant, container or container_of(frames()), Item.FACE)
    return faces.answer_challenge(actor=case.applicant, challenge_id=challenge.pk, upload_id=upload, camera="Camera")


def with_everything(person, travel=None, level=Level.PRIMARY):
    """A case that only needs to be submitted."""
    case = with_document(person, level)
    if level is Level.ADVANCED:
        applying.choose_residence(actor=person, case_id=case.pk, country="DEU")
        agreed(person)
        answer(case, travel)
        look()
    return fresh(case)


def submit(case, version=None):
    case = fresh(case)
    return applying.submit(
        actor=case.applicant, case_id=case.pk, version=case.version if version is None else version, where=HERE
    )


def in_review(person, travel=None, level=Level.PRIMARY):
    case = submit(with_everything(person, travel, level))
    look()
    return fresh(case)


def returned(case, *items):
    """As the desk does it."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        case.move(State.RETURNED)
        case.reopened = [item.value for item in items]
        case.reasons = [{"reason": "unreadable", "item": item.value} for item in items]
        case.save()
    return case


def closed(case, state):
    """As the desk does it."""
    case = fresh(case)
    case.move(state)
    case.save()
    return case


def granted(case, ends_at=None):
    case = closed(case, State.APPROVED)
    return LevelGrant.objects.create(applicant=case.applicant, level=case.level, case=case, ends_at=ends_at)


def a_list():
    """Some list in force, so that names are compared with something."""
    return ScreeningList.objects.create(name="sample", kind="sanctions", version="1", sha256="0" * 64, entries_count=0)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def events(person):
    """What the record has about somebody or something, oldest first."""
    return list(AuditEvent.objects.filter(subject=person.pk).order_by("seq").values_list("event", flat=True))


def mails(person):
    return list(Message.objects.filter(recipient=person).order_by("created_at", "pk").values_list("kind", flat=True))


def everything():
    """All rows of identification, of the mails, the record and the queue: what a refusal must leave as it was."""
    models = [*apps.get_app_config("identity").get_models(), Message, AuditEvent]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def years_before(day: date, years: int) -> str:
    return day.replace(year=day.year - years).isoformat()
