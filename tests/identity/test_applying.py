"""An application from its beginning until it is submitted: the rules of `actions.applying`, `gathering`, `pictures`."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from echt import clock
from echt.accounts.access import Absent
from echt.identity.actions import applying
from echt.identity.documents import DocumentKind, Field
from echt.identity.findings import Fault, PictureVerdict
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.models.cases import PictureState, WrongState
from echt.identity.refusals import (
    BeingLookedAt,
    DataRefused,
    Incomplete,
    NotOffered,
    Refused,
    Stale,
    TriesUsedUp,
    sentence_of,
)
from echt.identity.selectors import PATIENCE, current_picture, is_reading, needed_items, open_items, reading_of
from echt.identity.states import State
from echt.identity.uploads.refusals import UploadRefused
from echt.vault import files
from tests.identity import making
from tests.identity.fakes import JPEG, LENA
from tests.identity.making import HERE, add, choose, confirm, everything, fresh, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def refuses():
    """That an action is refused with a sentence, and has changed nothing."""

    def check(refusal, action, **arguments):
        before = everything()
        with pytest.raises(refusal) as caught:
            action(**arguments)
        if isinstance(caught.value, Refused | WrongState):
            assert sentence_of(caught.value).endswith(".")
        assert everything() == before
        return caught.value

    return check


def test_from_the_beginning_to_the_desk(lena, machines):
    case = making.begun(lena)
    assert needed_items(case) == [Item.DOCUMENT, Item.FRONT, Item.DATA]
    choose(case)
    picture = add(case)
    making.look()
    picture.refresh_from_db()
    assert picture.state == PictureState.ACCEPTED
    assert needed_items(fresh(case)) == [Item.DATA]
    assert reading_of(fresh(case)) == machines.reading
    confirm(case)

    case = submit(case)

    assert (case.state, case.due_at) == (State.CHECKING, clock.now() + timedelta(hours=24))
    making.look()
    assert fresh(case).state == State.IN_REVIEW
    assert making.mails(lena) == ["identity.case_submitted"]
    assert making.events(lena)[-5:] == [
        "case.opened", "case.changed", "picture.added", "case.changed", "case.submitted",
    ]  # fmt: skip
    assert making.events(case) == ["case.examined"]


def test_advanced_asks_for_residence_and_face_too(lena, travel):
    case = making.begun(lena, Level.ADVANCED)

    assert needed_items(case) == [Item.DOCUMENT, Item.FRONT, Item.DATA, Item.RESIDENCE, Item.FACE]
    assert making.in_review(lena, travel, Level.ADVANCED).state == State.IN_REVIEW


def test_rule_1_whoever_begins_again_comes_to_the_case_that_is_open(lena):
    case = making.begun(lena)

    assert making.begun(lena) == case
    assert making.begun(lena, Level.ADVANCED) != case
    assert making.events(lena).count("case.opened") == 2


def test_rule_1_of_gathering_a_stranger_finds_no_case(lena, stranger, refuses):
    case = making.with_everything(lena)
    named = {"actor": stranger, "case_id": case.pk}

    refuses(Absent, applying.choose_document, **named, country="DEU", kind=DocumentKind.PASSPORT)
    refuses(Absent, applying.confirm_data, **named, typed=LENA)
    refuses(Absent, applying.submit, **named, version=case.version, where=HERE)
    refuses(Absent, applying.withdraw, **named, where=HERE)
    refuses(Absent, applying.submit, actor=lena, case_id=uuid4(), version=1, where=HERE)


def test_rule_2_a_double_submit_is_one_submit(lena):
    case = making.with_everything(lena)
    submit(case, version=case.version)
    before = everything()

    again = submit(case, version=case.version)

    assert again.state == State.CHECKING
    assert everything() == before


def test_rule_2_a_double_submit_is_one_even_after_the_checks(lena):
    case = making.with_everything(lena)
    submit(case, version=case.version)
    making.look()

    assert submit(case, version=case.version).state == State.IN_REVIEW
    assert making.mails(lena) == ["identity.case_submitted"]


def test_rule_2_a_submit_of_an_older_version_is_refused(lena, refuses):
    seen = making.with_everything(lena)
    confirm(seen, surname="Wolf")

    refuses(Stale, submit, case=seen, version=seen.version)


def test_rule_3_what_is_missing_refuses_and_is_named(lena, refuses):
    case = making.begun(lena)

    assert refuses(Incomplete, submit, case=case).items == [Item.DOCUMENT, Item.FRONT, Item.DATA]


def test_rule_3_a_picture_that_will_not_do_is_missing(lena, machines, refuses):
    case = making.with_everything(lena)
    blurred = JPEG + b"blurred"
    machines.verdicts[blurred] = PictureVerdict(faults=(Fault.BLURRED,))
    add(case, content=blurred)
    making.look()

    assert refuses(Incomplete, submit, case=case).items == [Item.FRONT]


def test_rule_3_a_picture_that_nobody_has_looked_at_holds_up_for_a_while_only(lena, travel, refuses):
    case = making.with_document(lena)
    add(case)
    refuses(BeingLookedAt, submit, case=case)

    travel.shift(PATIENCE)

    assert submit(case).state == State.CHECKING


@pytest.mark.parametrize(
    ("country", "kind"),
    [("XXX", DocumentKind.PASSPORT), ("", DocumentKind.PASSPORT), ("PRK", DocumentKind.PASSPORT)],
)
def test_rule_3_what_is_not_offered_refuses(lena, set_identity, refuses, country, kind):
    set_identity(excluded=["PRK"])
    case = making.begun(lena)

    refuses(NotOffered, choose, case=case, country=country, kind=kind)


def test_rule_3_an_excluded_residence_refuses(lena, set_identity, refuses):
    set_identity(excluded=["PRK"])
    case = making.begun(lena, Level.ADVANCED)

    refuses(NotOffered, applying.choose_residence, actor=lena, case_id=case.pk, country="PRK")


def test_rule_3_primary_asks_for_no_residence(lena, refuses):
    case = making.begun(lena)

    refuses(NotOffered, applying.choose_residence, actor=lena, case_id=case.pk, country="DEU")


def test_rule_4_the_tries_are_counted(lena, set_identity, refuses):
    set_identity(tries=1)
    case = making.returned(making.in_review(lena), Item.FRONT)
    add(case)
    making.look()
    assert submit(case).attempt == 2
    making.look()
    case = making.returned(case, Item.FRONT)
    add(case)
    making.look()

    refuses(TriesUsedUp, submit, case=case)


@pytest.mark.parametrize("looked", [False, True], ids=["checking", "in review"])
def test_rule_5_nothing_can_be_changed_while_it_is_with_us(lena, refuses, looked):
    case = submit(making.with_everything(lena))
    if looked:
        making.look()
    upload = making.uploaded(lena, making.FRONT)

    refuses(WrongState, choose, case=case, kind=DocumentKind.ID_CARD)
    refuses(WrongState, confirm, case=case)
    refuses(
        WrongState,
        making.pictures.add_picture,
        actor=lena,
        case_id=case.pk,
        item=Item.FRONT,
        upload_id=upload,
        scan=False,
    )
    refuses(WrongState, submit, case=case)


@pytest.mark.parametrize("state", ["draft", "checking", "in_review", "returned"])
def test_rule_5_withdrawing_is_possible_until_it_is_decided(lena, state):
    case = {
        "draft": making.with_everything,
        "checking": lambda person: submit(making.with_everything(person)),
        "in_review": making.in_review,
        "returned": lambda person: making.returned(making.in_review(person), Item.FRONT),
    }[state](lena)

    applying.withdraw(actor=lena, case_id=case.pk, where=HERE)
    before = everything()
    applying.withdraw(actor=lena, case_id=case.pk, where=HERE)

    assert fresh(case).state == State.WITHDRAWN
    assert everything() == before
    assert making.begun(lena) != case


def test_rule_5_a_decided_case_cannot_be_withdrawn(lena, refuses):
    case = making.closed(making.in_review(lena), State.REFUSED)

    refuses(WrongState, applying.withdraw, actor=lena, case_id=case.pk, where=HERE)


def test_a_case_that_is_withdrawn_during_the_checks_stays_so(lena, machines):
    case = submit(making.with_everything(lena))
    applying.withdraw(actor=lena, case_id=case.pk, where=HERE)

    making.look()

    assert fresh(case).state == State.WITHDRAWN
    assert not fresh(case).checks.exists()


# What was right stays ---------------------------------------------------------------------------------------


def two_sided(lena):
    case = choose(making.begun(lena), DocumentKind.ID_CARD)
    add(case, Item.FRONT, making.FRONT)
    add(case, Item.BACK, making.BACK)
    making.look()
    confirm(case)
    submit(case)
    making.look()
    return fresh(case)


def test_rule_2_of_gathering_only_what_is_asked_for_again_is_needed_and_the_rest_kept(lena):
    case = two_sided(lena)
    front = current_picture(case, Item.FRONT)

    case = making.returned(case, Item.BACK)
    assert needed_items(case) == [Item.BACK]
    assert open_items(case) == {Item.BACK, Item.DATA}
    add(case, Item.BACK, making.BACK + b"2")
    making.look()

    assert needed_items(fresh(case)) == []
    case = submit(case)
    assert (case.attempt, case.reopened, case.redone, case.reasons) == (2, [], [], [])
    assert current_picture(case, Item.FRONT) == front
    assert current_picture(case, Item.BACK).attempt == 2


def test_rule_2_of_gathering_what_was_right_cannot_be_changed(lena, refuses):
    case = making.returned(two_sided(lena), Item.BACK)

    refuses(NotOffered, choose, case=case, kind=DocumentKind.PASSPORT)
    upload = making.uploaded(lena, making.FRONT)
    refuses(
        NotOffered,
        making.pictures.add_picture,
        actor=lena,
        case_id=case.pk,
        item=Item.FRONT,
        upload_id=upload,
        scan=False,
    )


def test_a_picture_that_was_asked_for_again_can_be_taken_several_times(lena):
    case = making.returned(two_sided(lena), Item.BACK)
    add(case, Item.BACK, making.BACK + b"2")
    add(case, Item.BACK, making.BACK + b"3")
    making.look()

    assert needed_items(fresh(case)) == []


def test_a_picture_a_decision_may_rest_on_is_kept_and_one_that_was_never_sent_is_deleted(lena):
    case = making.returned(two_sided(lena), Item.BACK)
    sent = current_picture(case, Item.BACK)
    unsent = add(case, Item.BACK, making.BACK + b"2")
    add(case, Item.BACK, making.BACK + b"3")

    sent.refresh_from_db(fields=["file", "replaced_at"])
    unsent.refresh_from_db(fields=["file", "replaced_at"])
    assert files.content_of(sent.file) == making.BACK
    assert unsent.file is None
    assert sent.replaced_at
    assert unsent.replaced_at


def test_the_same_document_once_more_changes_nothing(lena):
    case = making.with_everything(lena)
    before = everything()

    choose(case)

    assert everything() == before


def test_another_document_begins_anew(lena):
    case = making.with_everything(lena)

    case = choose(case, DocumentKind.ID_CARD)

    assert needed_items(case) == [Item.FRONT, Item.BACK, Item.DATA]
    assert (case.read, case.typed, case.number_index) == (None, None, "")


def test_when_the_document_is_asked_for_again_the_same_kind_needs_new_pictures(lena):
    case = making.returned(making.in_review(lena), Item.DOCUMENT)
    assert needed_items(case) == [Item.DOCUMENT]

    case = choose(case)

    assert needed_items(case) == [Item.FRONT, Item.DATA]


# A primary level's document for advanced --------------------------------------------------------------------


@pytest.fixture
def verified(lena):
    return making.granted(making.in_review(lena), ends_at=datetime(2031, 5, 2, tzinfo=UTC))


def test_the_document_of_primary_is_taken_over(lena, verified):
    case = making.begun(lena, Level.ADVANCED)

    case = applying.reuse_document(actor=lena, case_id=case.pk)

    assert needed_items(case) == [Item.RESIDENCE, Item.FACE]
    assert case.document == verified.case
    assert case.number_index == verified.case.number_index


def test_a_document_taken_over_is_asked_for_as_a_whole_when_something_of_it_is_wrong(lena, verified, travel, refuses):
    case = making.begun(lena, Level.ADVANCED)
    applying.reuse_document(actor=lena, case_id=case.pk)
    applying.choose_residence(actor=lena, case_id=case.pk, country="DEU")
    making.agreed(lena)
    making.answer(case, travel)
    making.look()
    submit(case)
    making.look()
    case = making.returned(case, Item.FRONT)

    assert needed_items(case) == [Item.DOCUMENT]
    refuses(NotOffered, applying.reuse_document, actor=lena, case_id=case.pk)
    case = choose(case, DocumentKind.ID_CARD)
    assert needed_items(case) == [Item.FRONT, Item.BACK, Item.DATA]


def test_an_expired_document_is_not_taken_over(lena, verified, travel, refuses):
    case = making.begun(lena, Level.ADVANCED)
    travel.move_to(datetime(2031, 5, 2, tzinfo=UTC))

    refuses(NotOffered, applying.reuse_document, actor=lena, case_id=case.pk)


def test_without_a_level_there_is_nothing_to_take_over(lena, refuses):
    case = making.begun(lena, Level.ADVANCED)

    refuses(NotOffered, applying.reuse_document, actor=lena, case_id=case.pk)


def test_who_holds_the_level_begins_again_only_when_it_is_about_to_end(lena, verified, travel, refuses):
    refuses(NotOffered, making.begun, person=lena)

    travel.move_to(datetime(2031, 4, 10, tzinfo=UTC))

    assert making.begun(lena).state == State.DRAFT


def test_who_has_closed_the_account_begins_nothing(lena, refuses):
    lena.is_active = False
    lena.save()

    refuses(Absent, making.begun, person=lena)


@pytest.mark.parametrize("level", [Level.NONE])
def test_no_level_is_no_application(lena, refuses, level):
    refuses(NotOffered, making.begun, person=lena, level=level)


# Pictures and data ------------------------------------------------------------------------------------------


def test_what_is_no_picture_is_refused_and_nothing_changes(lena, refuses):
    case = choose(making.begun(lena))
    upload = making.uploaded(lena, b"a text")

    refuses(
        UploadRefused,
        making.pictures.add_picture,
        actor=lena,
        case_id=case.pk,
        item=Item.FRONT,
        upload_id=upload,
        scan=False,
    )


@pytest.mark.parametrize("item", [Item.BACK, Item.FACE, Item.DATA])
def test_only_sides_of_the_document_are_photographed(lena, refuses, item):
    case = choose(making.begun(lena))
    upload = making.uploaded(lena, making.FRONT)

    refuses(
        NotOffered, making.pictures.add_picture, actor=lena, case_id=case.pk, item=item, upload_id=upload, scan=False
    )


def test_one_waits_for_the_reading_but_not_for_ever(lena, travel, machines):
    case = choose(making.begun(lena))
    picture = add(case)
    making.looking.judge(picture.pk)
    assert is_reading(fresh(case))

    travel.shift(PATIENCE)

    assert not is_reading(fresh(case))


def test_both_sides_are_read_once_both_will_do(lena, machines):
    case = choose(making.begun(lena), DocumentKind.ID_CARD)
    add(case, Item.BACK, making.BACK)
    making.look()
    assert "read" not in machines.asked
    add(case, Item.FRONT, making.FRONT)
    making.look()

    assert machines.asked.count("read") == 1
    assert fresh(case).read


WRONG = [
    ({Field.NUMBER: " - "}, Field.NUMBER),
    ({Field.BORN_ON: "1990-02-30"}, Field.BORN_ON),
    ({Field.BORN_ON: ""}, Field.BORN_ON),
    ({Field.BORN_ON: "2026-11-22"}, Field.BORN_ON),
    ({Field.BORN_ON: "1890-01-01"}, Field.BORN_ON),
    ({Field.EXPIRES_ON: "2026-11-21"}, Field.EXPIRES_ON),
    ({Field.EXPIRES_ON: "soon"}, Field.EXPIRES_ON),
    ({Field.SURNAME: "", Field.GIVEN_NAMES: " "}, Field.SURNAME),
    ({Field.SURNAME: "W" * 121}, Field.SURNAME),
    ({Field.SURNAME: "Wolff\x00"}, Field.SURNAME),
]


@pytest.mark.parametrize(("changed", "field"), WRONG)
def test_data_that_cannot_be_right_are_refused_field_by_field(lena, refuses, changed, field):
    case = making.with_document(lena)

    refusal = refuses(DataRefused, confirm, case=case, **changed)

    assert {*refusal.faults} == {field}
    assert refusal.faults[field].endswith(".")


@pytest.mark.parametrize("changed", [{Field.EXPIRES_ON: ""}, {Field.SURNAME: ""}, {Field.GIVEN_NAMES: ""}])
def test_one_name_or_no_date_of_expiry_will_do(lena, changed):
    assert confirm(making.with_document(lena), **changed).typed[next(iter(changed))] == ""


def test_data_before_the_document_are_refused(lena, refuses):
    refuses(NotOffered, confirm, case=making.begun(lena))


def test_a_document_is_valid_on_its_last_day(lena):
    assert confirm(making.with_document(lena), expires_on=date(2026, 11, 22).isoformat())


def test_the_number_that_a_check_digit_protects_counts_for_the_index(lena):
    case = making.with_document(lena)
    index = case.number_index

    assert confirm(case, number="X99999999").number_index == index
    assert confirm(case, number="c01x 00t47").number_index == index
    assert Case.objects.filter(number_index=index).count() == 1
