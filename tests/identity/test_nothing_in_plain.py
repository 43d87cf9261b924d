"""What identifies a person stands nowhere in plain: in no log, no job, no detail of the record, no byte kept.

Open by design, and therefore not looked for: country and kind of the document, country of residence, level, state,
reason codes, measures of pictures, case numbers, and the lists of others that the operator imports. The details of the
record are sealed; they hold the reason that staff give for a look, in their own words, and nothing of the applicant.
"""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import structlog
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from echt import clock
from echt.accounts.events import Event as AccountEvent
from echt.accounts.models import Role
from echt.audit.record import record
from echt.identity import consents, expiry, retention
from echt.identity.actions.screening import import_list
from echt.identity.documents import Field
from echt.identity.findings import Source
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant
from echt.identity.models.screening import ListKind
from echt.identity.states import State
from echt.vault.file_store import file_store
from echt.work.models import DeadLetter
from echt.work.worker import run_until_idle
from tests.identity import making, watching
from tests.identity.cases import a_jpeg
from tests.identity.fakes import reading
from tests.identity.reviewers import a_colleague

BORN, EXPIRES = date(1987, 3, 19), date(2031, 5, 14)
TYPED = {
    Field.SURNAME: "Quästenflünder",
    Field.GIVEN_NAMES: "Xaverine Ottilie",
    Field.NUMBER: "ZK7QX00W4",
    Field.BORN_ON: BORN.isoformat(),
    Field.EXPIRES_ON: EXPIRES.isoformat(),
}
ZONE = ("P<D<<QUAESTENFLUENDER<<XAVERINE<OTTILIE".ljust(44, "<"), "ZK7QX00W42D<<8703191F3105142".ljust(44, "<"))
ADDRESS = ("Krähenwinkelgasse 1741", "99831 Niederquabbelsheim")
MARK, FRAME = b"MARK-OF-A-PICTURE-7731", b"MARK-OF-A-FRAME-7731"
PHOTO = a_jpeg() + MARK
CAMERA, FILE = "Xaverines Taschenkamera", "reisepass-quaestenfluender.jpg"
NOTE, MESSAGE, HELD = "Schriftbild weicht ab", "Bitte bei Tageslicht", "Auskunft vom Passamt"
WHY_HIT, WHY_REJECTED, LOOK = "Anderer Geburtsort laut Eintrag", "Lupe nehmen", "Rückfrage der Applikantin"
CANARIES = [
    "Quästenflünder", "Quastenflunder", "Quaestenfluender", "Xaverine", "Ottilie", TYPED[Field.NUMBER], *ZONE, *ADDRESS,
    *watching.spellings_of(BORN), *watching.spellings_of(EXPIRES), MARK, FRAME, CAMERA, FILE,
    NOTE, MESSAGE, HELD, WHY_HIT, WHY_REJECTED, LOOK,
]  # fmt: skip
LISTED = "Ksaverina Otylia Kvastenflunder"
IN_THE_RECORD = (LOOK,)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def xaverine(lena, machines):
    """Somebody whose document can be recognised wherever a piece of it stands."""
    fields = {source: {**TYPED, Field.NATIONALITY: "D"} for source in (Source.MRZ, Source.PRINT)}
    machines.reading = replace(reading(), fields=fields, mrz_lines=ZONE, text=(*TYPED.values(), *ADDRESS))
    return lena


@pytest.fixture
def listed(db, tmp_path):
    """A list on which somebody of a like name stands. It was imported before anybody watches."""
    path = tmp_path / "list.csv"
    path.write_text(f"key,names,born,countries,remarks\nN-1,{LISTED},1987,DEU,\n")
    import_list(actor=None, files=[path], name="Tests", kind=ListKind.SANCTIONS, version="1")


@pytest.fixture
def watch():
    with watching.watching() as watch:
        yield watch


@pytest.fixture
def people(db):
    """A reviewer, another one, and a risk officer."""
    return a_colleague("mara"), a_colleague("jonas"), a_colleague("olga", Role.RISK_OFFICER)


def leaks(watch):
    """What stands where it must not."""
    found = watch.found(CANARIES)
    return {(canary, place) for canary, place in found if not (canary in IN_THE_RECORD and place.startswith("record"))}


def post(client, page, *parts, **values):
    """Send a form; whatever it answers with is read to its end, as a browser would."""
    answer = client.post(reverse(page, args=parts), values, follow=True)
    assert answer.status_code == 200, (page, answer.status_code)
    return answer


def photographed(browser, case):
    file = SimpleUploadedFile(FILE, PHOTO, "image/jpeg")
    post(browser, "identity:photo", case.pk, "front", file=file)
    run_until_idle()


def applied(browser, level, travel):
    """An application as a person sends it, page by page."""
    post(browser, "identity:begin", level.value)
    case = Case.objects.get(state=State.DRAFT)
    post(browser, "identity:document", case.pk, country="DEU", kind="passport")
    photographed(browser, case)
    post(browser, "identity:data", case.pk, **{field.value: value for field, value in TYPED.items()})
    if level is Level.ADVANCED:
        with_face(browser, case, travel)
    return submitted(browser, case)


def with_face(browser, case, travel):
    post(browser, "identity:residence", case.pk, country="DEU")
    post(browser, "identity:consent", case.pk, agreed="on", version=consents.VERSION)
    challenge = browser.post(reverse("identity:challenge", args=[case.pk])).json()["challenge"]
    travel.shift(timedelta(seconds=8))
    upload = making.uploaded(case.applicant, making.container_of(making.frames(content=FRAME)), Item.FACE)
    post(browser, "identity:answer", case.pk, challenge=challenge, upload=upload, camera=CAMERA)
    run_until_idle()


def submitted(browser, case):
    post(browser, "identity:check", case.pk, version=making.fresh(case).version)
    run_until_idle()
    return making.fresh(case)


def looked_at(client, case):
    """Everything of the case at the desk, pictures too."""
    post(client, "desk:look", case.pk, reason="other", words=LOOK)
    for picture in case.pictures.filter(item=Item.FRONT, replaced_at=None):
        assert client.get(reverse("desk:picture", args=[picture.pk])).status_code == 200


def decided(client, case, verdict, *reasons):
    values = {"verdict": verdict, "reasons": reasons, "message": MESSAGE, "note": NOTE}
    post(client, "desk:decide", case.pk, version=making.fresh(case).version, **values)
    run_until_idle()
    return making.fresh(case)


def cleared(client, case):
    """Another person than the one on the list."""
    (hit,) = case.hits.all()
    post(client, "desk:hit", hit.pk, same="no", why=WHY_HIT)
    post(client, "desk:resume", case.pk)
    post(client, "desk:release", case.pk)
    return making.fresh(case)


def closed(person):
    with transaction.atomic():
        record(AccountEvent.ACCOUNT_CLOSED, actor=person, subject=person.pk)
        person.is_active = False
        person.save()


def test_on_the_way_to_a_level_and_to_its_end(xaverine, listed, people, watch, client_of, travel):
    mara, _jonas, olga = people
    browser, desk = client_of(xaverine), client_of(mara)

    case = applied(browser, Level.ADVANCED, travel)
    watch.look("submitted")
    assert case.state == State.ON_HOLD
    case = cleared(client_of(olga), case)
    post(desk, "desk:hold", case.pk, version=case.version, text=HELD)
    post(desk, "desk:resume", case.pk)
    looked_at(desk, case)
    case = decided(desk, case, "return", "unreadable:front")
    watch.look("returned")
    photographed(browser, case)
    submitted(browser, case)
    looked_at(desk, case)
    case = decided(desk, case, "approve")
    assert case.state == State.APPROVED
    watch.look("approved")
    post(browser, "identity:consent_withdraw")
    run_until_idle()
    travel.move_to(datetime.combine(EXPIRES + timedelta(days=1), datetime.min.time(), UTC))
    expiry.warn()
    expiry.tell_ended()
    run_until_idle()
    watch.look("expired")
    closed(xaverine)
    travel.shift(timedelta(days=5 * 366))
    assert retention.forget()
    watch.look("forgotten")

    assert LevelGrant.objects.get().end_told_at
    assert leaks(watch) == set()


def test_on_the_way_to_a_refusal(xaverine, listed, people, watch, client_of, travel):
    mara, jonas, olga = people
    desk = client_of(mara)

    case = cleared(client_of(olga), applied(client_of(xaverine), Level.PRIMARY, travel))
    for second in ("reject", "confirm"):
        looked_at(desk, case)
        case = decided(desk, case, "refuse", "forgery:case")
        watch.look("proposed")
        pending = case.decisions.get(decided_at=None, voided_at=None)
        post(client_of(jonas), f"desk:{second}", pending.pk, text=WHY_REJECTED)
        post(client_of(jonas), "desk:release", case.pk)
    run_until_idle()
    assert making.fresh(case).state == State.REFUSED
    watch.look("refused")
    travel.shift(timedelta(days=91))
    assert retention.forget()
    watch.look("forgotten")

    assert leaks(watch) == set()


def test_when_a_machine_breaks_over_it(xaverine, watch, machines):
    machines.before = _broken
    making.add(making.choose(making.begun(xaverine)), content=PHOTO)
    run_until_idle()
    watch.look("judging broke")

    assert "ValueError" in str(list(DBTaskResult.objects.values_list("traceback")))
    assert leaks(watch) == set()


def test_when_a_page_breaks_over_it(xaverine, watch, client_of):
    browser = client_of(xaverine)
    browser.raise_request_exception = False
    case = making.choose(making.begun(xaverine))
    case.read = {"fields": {"mrz": {"surname": [TYPED[Field.SURNAME]], "number": {TYPED[Field.NUMBER]: 1}}}}
    case.save()

    assert browser.get(reverse("identity:data", args=[case.pk]), {"by-hand": "yes"}).status_code == 500
    assert "NotAFinding" in watch.log.getvalue()
    assert leaks(watch) == set()


def test_when_the_database_refuses_it(xaverine, watch, client_of, monkeypatch):
    browser = client_of(xaverine)
    browser.raise_request_exception = False
    case = making.choose(making.begun(xaverine))
    monkeypatch.setattr("echt.identity.actions.applying.save_change", _refused_by_the_database)

    values = {field.value: value for field, value in TYPED.items()}
    assert browser.post(reverse("identity:data", args=[case.pk]), values).status_code == 500
    assert "IntegrityError" in watch.log.getvalue()
    assert leaks(watch) == set()


def _broken(name):
    raise ValueError(f"{name}: {TYPED[Field.SURNAME]} {ADDRESS} {ZONE}")


def _refused_by_the_database(case, *_more, **_values):
    """A row that cannot be, with everything that was typed in it: PostgreSQL quotes such rows."""
    case.save()
    Case.objects.create(applicant=case.applicant, level=case.level, typed=case.typed, read=case.read)


def test_a_watch_finds_what_stands_in_plain(xaverine, watch):
    """So that the tests above can fail: the same values, put where they must not be."""
    making.begun(xaverine)
    with transaction.atomic():
        record(AccountEvent.ACCOUNT_CLOSED, actor=xaverine, subject=xaverine.pk, why=NOTE)
    Case.objects.update(reasons=[{"reason": TYPED[Field.SURNAME]}])
    DeadLetter.objects.create(
        id=xaverine.pk, job="x", arguments={"name": MESSAGE}, attempts=1, error="", at=clock.now()
    )
    file_store().put(xaverine.pk, base64.b64encode(MARK))
    watch.look("now")
    file_store().remove(xaverine.pk)
    structlog.get_logger("echt").info("seen", born=f"{BORN:%d.%m.%Y}")

    found = leaks(watch)
    assert found >= {
        (NOTE, "record, now"),
        (TYPED[Field.SURNAME], "database, now"),
        (MESSAGE, "jobs, now"),
        (str(MARK), "private files, now"),
        (f"{BORN:%d.%m.%Y}", "log"),
    }


def test_what_stands_open_by_design_is_found_open(xaverine, listed, watch):
    """The lists of others: public data, in their own tables, and nowhere in a log."""
    watch.look("imported")

    assert watch.found([LISTED]) == {(LISTED, "database, imported")}
