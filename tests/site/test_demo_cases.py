"""The demo's applicants, by the rules of `demo_cases`. Their pictures are looked at by a stand-in for the models."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from echt import clock
from echt.accounts.models import User
from echt.identity import local, sla
from echt.identity.documents import Side
from echt.identity.findings import Fault, PictureVerdict, Reading
from echt.identity.models import Case, ScreeningHit
from echt.identity.selectors import level_of
from echt.identity.states import State
from echt.site import demo, demo_cases, demo_documents, first_start
from echt.work.worker import run_until_idle
from tests.identity import fakes

pytestmark = pytest.mark.django_db

GIVEN = "a long and quiet evening"


class AcceptsAll:
    """Takes every picture, and reads nothing."""

    version = "stand-in"

    def judge(self, _picture, *, expected):
        return PictureVerdict()

    def read(self, _front, _back, *, kind, country):
        return Reading()


class RefusesAll(AcceptsAll):
    def judge(self, _picture, *, expected):
        return PictureVerdict(faults=(Fault.BLURRED,))


@pytest.fixture
def run(settings, monkeypatch, travel):
    """The demo, with a stand-in for the reader: `run(AcceptsAll)`. What it sends is not opened."""
    monkeypatch.setattr(demo_cases, "photograph", lambda _paper, side, number: fakes.JPEG + f"{side}{number}".encode())
    monkeypatch.setattr("echt.identity.actions.pictures.sanitise", fakes.sanitise)
    monkeypatch.setattr("echt.vault.file_store.os.fsync", lambda _file: None)

    def run(reader):
        local.use_reader(reader)
        demo.load(settings.DATA, GIVEN)
        demo_cases.begin()
        for _turn in range(4):
            run_until_idle()
            travel.shift(timedelta(seconds=10))

    yield run
    local.use_shipped()
    (settings.DATA / demo.FILE).unlink(missing_ok=True)


def case_of(name: str) -> Case:
    return Case.objects.get(applicant=User.objects.by_address(demo_cases.address_of(name)))


def test_rules_1_to_3_an_application_stands_in_every_state_and_none_is_made_twice(run):
    run(AcceptsAll)
    states = {name: case_of(name).state for name in demo_cases.APPLICANTS}

    assert states == {
        "fresh": State.IN_REVIEW,
        "nearly-due": State.IN_REVIEW,
        "overdue": State.IN_REVIEW,
        "claimed": State.IN_REVIEW,
        "proposed": State.PROPOSED,
        "returned": State.RETURNED,
        "on-hold": State.ON_HOLD,
        "verified": State.APPROVED,
        "expired": State.APPROVED,
    }
    assert sla.is_warned(case_of("nearly-due"))
    assert not sla.is_late(case_of("nearly-due"))
    assert sla.is_late(case_of("overdue"))
    assert case_of("claimed").claimant(clock.now()) == User.objects.by_address(demo_cases.REVIEWER)
    assert ScreeningHit.objects.get().case == case_of("on-hold")
    assert level_of(case_of("verified").applicant) == "primary"
    assert level_of(case_of("expired").applicant) == "none"
    assert case_of("verified").applicant.check_password(GIVEN)

    before = list(Case.objects.order_by("pk").values("pk", "state", "version"))
    run(AcceptsAll)
    for name in demo_cases.APPLICANTS:
        demo_cases.furnish.func(name=name)

    assert list(Case.objects.order_by("pk").values("pk", "state", "version")) == before


def test_another_password_counts_for_the_applicants_too(run, settings, monkeypatch):
    monkeypatch.setattr(first_start.connection, "close", lambda: None)
    run(RefusesAll)
    first_start.prepare_demo(settings.DATA, "another quiet evening")

    assert case_of("fresh").applicant.check_password("another quiet evening")


def test_pictures_that_will_not_do_leave_an_application_with_its_applicant(run):
    run(RefusesAll)

    assert set(Case.objects.values_list("state", flat=True)) == {State.DRAFT}


def test_a_specimen_lies_on_a_table():
    applicant = demo_cases.APPLICANTS["fresh"]
    picture = Image.open(BytesIO(demo_documents.photograph(applicant.document, Side.FRONT, applicant.number)))

    assert picture.width > demo_documents.WIDTH
    assert applicant.document.country == "DEU"
