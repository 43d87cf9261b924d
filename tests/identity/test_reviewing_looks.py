"""Looking and noting: the rules of `actions.looking` and `actions.noting`."""

from io import BytesIO

import pytest
from django.db import transaction
from PIL import Image

from echt.accounts.models import Role
from echt.audit.selectors import history_of
from echt.identity.access import Absent
from echt.identity.actions import looking
from echt.identity.actions.looking import look_at_data, look_at_picture, why
from echt.identity.actions.noting import add_note
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.review_refusals import ReviewWrong
from echt.vault import files
from echt.vault.shred import destroy_keys
from tests.identity.cases import a_case, state_of
from tests.identity.reviewers import a_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(db):
    return a_colleague("mara")


@pytest.fixture
def case(customer):
    return a_case(customer, level=Level.ADVANCED)


@pytest.fixture
def picture(case):
    return case.pictures.get(item=Item.FRONT)


def looks(case):
    return [(entry.event, entry.details["why"]) for entry in history_of(case.pk)]


def test_rule_1_each_look_at_a_picture_is_recorded_with_its_reason(case, picture, mara):
    for _ in range(2):
        content = look_at_picture(actor=mara, picture_id=picture.pk, why="review")

    assert Image.open(BytesIO(content)).format == "JPEG"
    assert looks(case) == [("picture.looked_at", "review")] * 2
    assert history_of(case.pk)[0].details["item"] == "front"


def test_rule_1_it_is_recorded_before_a_byte_is_opened(case, picture, mara, monkeypatch):
    seen = []

    def open_(file):
        seen.extend(looks(case))
        seen.append(transaction.get_connection().savepoint_ids)
        return b""

    monkeypatch.setattr(looking.files, "content_of", open_)
    outside = list(transaction.get_connection().savepoint_ids)

    look_at_picture(actor=mara, picture_id=picture.pk, why="review")

    assert seen == [("picture.looked_at", "review"), outside]


def test_rule_1_a_look_at_data_is_recorded(case, mara):
    assert look_at_data(actor=mara, case_id=case.pk, why="question: date").pk == case.pk
    assert looks(case) == [("data.looked_at", "question: date")]


def test_the_applicant_reads_nothing_of_it(case, picture, mara, customer):
    before = len(history_of(customer.pk))
    look_at_picture(actor=mara, picture_id=picture.pk, why="review")

    assert len(history_of(customer.pk)) == before


@pytest.mark.parametrize("nothing", ["", "  "])
def test_rule_2_without_a_reason_nothing_is_shown_or_recorded(case, picture, mara, nothing):
    before = state_of(case)

    with pytest.raises(ReviewWrong):
        look_at_picture(actor=mara, picture_id=picture.pk, why=nothing)
    with pytest.raises(ReviewWrong):
        look_at_data(actor=mara, case_id=case.pk, why=nothing)

    assert state_of(case) == before


def test_rule_2_reasons_are_chosen_from_a_list_and_another_one_is_told():
    assert why("review") == "review"
    assert why("other", "  He   called ") == "other: He called"
    for reason, words in (("", ""), ("curiosity", "x"), ("other", " ")):
        with pytest.raises(ReviewWrong):
            why(reason, words)


def test_rule_3_nobody_looks_at_their_own_at_the_desk(mara):
    own = a_case(mara)
    before = state_of(own)

    with pytest.raises(Absent):
        look_at_picture(actor=mara, picture_id=own.pictures.first().pk, why="review")
    with pytest.raises(Absent):
        look_at_data(actor=mara, case_id=own.pk, why="review")

    assert state_of(own) == before


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.TREASURER, Role.AUDITOR])
def test_a_role_without_the_permission_sees_nothing(case, picture, role):
    other = a_colleague("other", role)

    with pytest.raises(Absent):
        look_at_picture(actor=other, picture_id=picture.pk, why="review")
    with pytest.raises(Absent):
        look_at_data(actor=other, case_id=case.pk, why="review")


def test_rule_4_what_was_deleted_is_absent(case, picture, mara):
    files.discard(picture.file)

    with pytest.raises(Absent):
        look_at_picture(actor=mara, picture_id=picture.pk, why="review")


def test_rule_4_a_face_whose_key_was_destroyed_is_absent(case, mara, customer):
    face = case.pictures.get(item=Item.FACE)
    destroy_keys(customer.pk)

    with pytest.raises(Absent):
        look_at_picture(actor=mara, picture_id=face.pk, why="review")


def test_a_note_is_kept_and_recorded_without_its_text(case, mara):
    add_note(actor=mara, case_id=case.pk, text="  Wrote to the issuer. ")

    assert [note.text for note in case.notes.all()] == ["Wrote to the issuer."]
    assert "issuer" not in str(history_of(case.pk))


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_a_note_that_says_nothing_is_refused(case, mara, text):
    before = state_of(case)

    with pytest.raises(ReviewWrong):
        add_note(actor=mara, case_id=case.pk, text=text)

    assert state_of(case) == before
