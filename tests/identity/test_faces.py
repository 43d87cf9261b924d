"""Consent, challenges and the face step: the rules of `actions.faces`, `challenges`, `consents` and `looking`."""

from datetime import timedelta

import pytest

from echt import clock
from echt.accounts.access import Absent
from echt.identity import challenges, consents, looking
from echt.identity.actions import faces
from echt.identity.challenges import container_of
from echt.identity.findings import Fault, LivenessOutcome, Movement, PictureVerdict
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Challenge, Consent, Picture
from echt.identity.models.cases import CheckKind, Outcome, PictureState, WrongState
from echt.identity.models.decisions import Decision
from echt.identity.providers import Frame
from echt.identity.refusals import ChallengeRefused, ConsentMissing, Incomplete, NotOffered, Stale, sentence_of
from echt.identity.selectors import PATIENCE, checks_of, consent_of, current_picture, liveness_of, needed_items
from echt.identity.states import State
from echt.identity.uploads.refusals import UploadRefused
from echt.vault.models import DataKey, PrivateFile
from echt.vault.purposes import Purpose
from tests.identity import making
from tests.identity.fakes import JPEG
from tests.identity.making import HERE, everything, fresh, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(lena):
    """Advanced, with everything but the face."""
    case = making.with_document(lena, Level.ADVANCED)
    making.applying.choose_residence(actor=lena, case_id=case.pk, country="DEU")
    return fresh(case)


@pytest.fixture
def challenge(lena, case):
    making.agreed(lena)
    return faces.issue_challenge(actor=lena, case_id=case.pk)


def give(challenge, container=None, actor=None):
    person = actor or challenge.applicant
    upload = making.uploaded(person, container or container_of(making.frames()), Item.FACE)
    return faces.answer_challenge(actor=person, challenge_id=challenge.pk, upload_id=upload, camera="Camera")


def refused(refusal, action, *args, **arguments):
    """The refusal in words, when nothing but uploads has changed."""
    ignored = {model for model in everything() if model.__name__.startswith("Upload")}
    before = {model: rows for model, rows in everything().items() if model not in ignored}
    with pytest.raises(refusal) as caught:
        action(*args, **arguments)
    assert {model: rows for model, rows in everything().items() if model not in ignored} == before
    return caught.value.sentence if hasattr(caught.value, "sentence") else ""


# Consent ----------------------------------------------------------------------------------------------------


def test_rule_1_nothing_without_a_consent(lena, case):
    assert refused(ConsentMissing, faces.issue_challenge, actor=lena, case_id=case.pk)


def test_consents_rule_2_names_version_language_and_digest(lena):
    given = making.agreed(lena)

    assert (given.text_version, given.language, given.text_digest) == (consents.VERSION, "en", consents.digest())
    assert making.agreed(lena) == given
    assert making.events(lena).count("consent.given") == 1


def test_consents_rule_1_an_older_text_is_not_agreed_to(lena):
    assert refused(Stale, faces.agree, actor=lena, text_version="2020-01", where=HERE)


def test_a_consent_to_an_older_text_is_none_to_this_one(lena, case, monkeypatch):
    making.agreed(lena)
    monkeypatch.setattr(consents, "VERSION", "2027-01")

    refused(ConsentMissing, faces.issue_challenge, actor=lena, case_id=case.pk)
    making.agreed(lena)

    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert faces.issue_challenge(actor=lena, case_id=case.pk)


# Challenges -------------------------------------------------------------------------------------------------


def test_challenges_rule_1_three_movements_none_twice_with_a_turn_and_never_the_same_again():
    before, rows = [], set()
    for _number in range(300):
        drawn = challenges.draw(before=before)
        assert len({*drawn}) == 3
        assert {*drawn} & {*challenges.TURNS}
        assert [movement.value for movement in drawn] != before
        before = [movement.value for movement in drawn]
        rows.add(tuple(drawn))

    assert len(rows) > 60
    assert {movement for row in rows for movement in row} == {*Movement}


def test_rule_2_a_challenge_is_answered_once(lena, challenge, travel):
    travel.shift(5)
    give(challenge)

    assert refused(ChallengeRefused, give, challenge)


def test_rule_2_a_challenge_ends(lena, challenge, travel):
    travel.shift(challenges.LIFE)

    assert refused(ChallengeRefused, give, challenge)


def test_rule_2_a_new_challenge_ends_the_one_before(lena, case, challenge, travel):
    travel.shift(1)
    faces.issue_challenge(actor=lena, case_id=case.pk)

    assert refused(ChallengeRefused, give, challenge)


def test_rule_2_a_stranger_finds_no_challenge(challenge, stranger, travel):
    travel.shift(5)

    refused(Absent, give, challenge, actor=stranger)


def test_there_is_a_limit_within_an_hour(lena, case, travel, monkeypatch):
    monkeypatch.setattr(faces, "MOST_IN_AN_HOUR", 2)
    making.agreed(lena)
    for _number in range(2):
        faces.issue_challenge(actor=lena, case_id=case.pk)
    assert refused(ChallengeRefused, faces.issue_challenge, actor=lena, case_id=case.pk)

    travel.shift(timedelta(hours=1, seconds=1))

    assert faces.issue_challenge(actor=lena, case_id=case.pk)


def _with(**changed):
    frames = making.frames()
    return [*frames[:-1], Frame(**{"at": frames[-1].at, "picture": frames[-1].picture, **changed})]


GOOD = container_of(making.frames())
BROKEN = {
    "nothing": b"-",
    "another beginning": b"ECHTF2" + GOOD[6:],
    "cut off": GOOD[:-1],
    "something behind it": GOOD + b"x",
    "too few": container_of(making.frames(11)),
    "too many": container_of(making.frames(81)),
    "no picture": container_of(_with(picture=b"text")),
    "a frame too large": container_of(_with(picture=JPEG + bytes(200_000))),
    "out of order": container_of(_with(at=0)),
    "too long": container_of(_with(at=20_001)),
    "too large": GOOD + bytes(4_000_001),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_challenges_rule_3_a_container_that_breaks_a_limit_is_refused(broken):
    with pytest.raises(ChallengeRefused) as refusal:
        challenges.frames_of(BROKEN[broken])

    assert refusal.value.sentence.endswith(".")


def test_challenges_rule_3_a_container_comes_back_as_it_was():
    assert challenges.frames_of(GOOD) == making.frames()


def test_challenges_rule_3_no_frame_is_from_after_now(challenge):
    assert refused(ChallengeRefused, give, challenge)


def test_an_upload_for_something_else_answers_nothing(lena, challenge, travel):
    travel.shift(5)
    upload = making.uploaded(lena, GOOD, Item.FRONT)

    refused(
        UploadRefused, faces.answer_challenge, actor=lena, challenge_id=challenge.pk, upload_id=upload, camera="Camera"
    )


# Verifying --------------------------------------------------------------------------------------------------


def test_an_answer_becomes_the_picture_of_the_face_and_a_strip(lena, case, travel):
    making.agreed(lena)
    challenge = making.answer(case, travel)
    assert needed_items(fresh(case)) == []
    making.look()

    challenge.refresh_from_db()
    face = current_picture(case, Item.FACE)
    strip = Picture.objects.filter(case=case, item=Item.FACE, position__isnull=False)
    assert (face.state, face.file.purpose) == (PictureState.ACCEPTED, Purpose.BIOMETRIC)
    assert liveness_of(challenge).outcome is LivenessOutcome.PASSED
    assert challenge.file is None
    assert strip.count() == looking.STRIP
    assert PrivateFile.objects.filter(purpose=Purpose.BIOMETRIC, discarded_at=None).count() == looking.STRIP + 1


def test_frames_that_are_no_pictures_are_left_out_and_too_few_say_nothing(lena, case, travel, machines):
    making.agreed(lena)
    challenge = making.answer(case, travel, container=container_of(making.frames(content=b"broken")))
    making.look()

    challenge.refresh_from_db()
    assert liveness_of(challenge).outcome is LivenessOutcome.INCONCLUSIVE
    assert "verify" not in machines.asked
    assert needed_items(fresh(case)) == [Item.FACE]


def test_looking_rule_5_who_does_not_pass_repeats_and_the_third_answer_goes_to_a_person(lena, case, travel, machines):
    machines.outcome = LivenessOutcome.FAILED
    making.agreed(lena)
    for _try in range(2):
        making.answer(case, travel)
        making.look()
        assert needed_items(fresh(case)) == [Item.FACE]

    making.answer(case, travel)
    making.look()

    assert needed_items(fresh(case)) == []
    submit(case)
    making.look()
    assert checks_of(fresh(case))[CheckKind.LIVENESS].outcome == Outcome.FAILS


def test_a_picture_of_the_face_that_will_not_do_is_repeated(lena, case, travel, machines):
    machines.verdicts[making.frames()[0].picture] = PictureVerdict(faults=(Fault.TOO_DARK,))
    making.agreed(lena)
    making.answer(case, travel)
    making.look()

    assert needed_items(fresh(case)) == [Item.FACE]


def test_looking_rule_1_verifying_twice_is_verifying_once(lena, case, travel, machines):
    making.agreed(lena)
    challenge = making.answer(case, travel)
    making.look()
    before = everything()

    looking.verify(challenge.pk)

    assert machines.asked.count("verify") == 1
    assert everything() == before


def test_looking_rule_1_an_answer_that_another_replaced_meanwhile_is_not_written(lena, case, travel, machines):
    making.agreed(lena)
    first = making.answer(case, travel)
    machines.before = lambda _name: making.answer(case, travel)

    looking.verify(first.pk)

    assert not Picture.objects.filter(case=case, item=Item.FACE).exists()
    making.look()
    assert current_picture(case, Item.FACE)


def test_looking_rule_4_a_consent_withdrawn_meanwhile_counts(lena, case, travel, machines):
    making.agreed(lena)
    challenge = making.answer(case, travel)
    machines.before = lambda _name: faces.withdraw_consent(actor=lena, where=HERE)

    looking.verify(challenge.pk)

    assert not Picture.objects.filter(case=case, item=Item.FACE).exists()
    assert needed_items(fresh(case)) == [Item.FACE]


def test_one_waits_for_the_verification_but_not_for_ever(lena, case, travel):
    making.agreed(lena)
    making.answer(case, travel)
    with pytest.raises(making.applying.BeingLookedAt):
        submit(case)

    travel.shift(PATIENCE)
    submit(case)
    making.look()

    assert checks_of(fresh(case))[CheckKind.FACE].outcome == Outcome.HOLDS


# The way without --------------------------------------------------------------------------------------------


def test_rule_4_the_way_without_and_back(lena, case, travel):
    faces.go_without_face(actor=lena, case_id=case.pk)
    assert needed_items(fresh(case)) == []
    making.agreed(lena)
    making.answer(case, travel)
    making.look()

    assert fresh(case).without_face is False
    assert current_picture(case, Item.FACE)
    faces.go_without_face(actor=lena, case_id=case.pk)
    assert current_picture(case, Item.FACE) is None
    assert not PrivateFile.objects.filter(purpose=Purpose.BIOMETRIC, discarded_at=None).exists()


def test_rule_4_only_while_it_is_with_the_applicant(lena, case):
    faces.go_without_face(actor=lena, case_id=case.pk)
    submit(case)

    with pytest.raises(WrongState) as refusal:
        faces.go_without_face(actor=lena, case_id=case.pk)
    assert sentence_of(refusal.value)


def test_primary_has_no_face_step(lena):
    case = making.begun(lena)

    refused(NotOffered, faces.go_without_face, actor=lena, case_id=case.pk)
    with pytest.raises(NotOffered):
        faces.issue_challenge(actor=lena, case_id=case.pk)


def test_a_face_that_is_asked_for_again_is_needed_until_it_is_given_anew(lena, travel):
    case = making.returned(making.in_review(lena, travel, Level.ADVANCED), Item.FACE)
    assert needed_items(case) == [Item.FACE]
    with pytest.raises(Incomplete):
        submit(case)

    making.answer(case, travel)
    making.look()

    assert needed_items(fresh(case)) == []
    assert submit(case).attempt == 2


# Withdrawing the consent ------------------------------------------------------------------------------------


def nothing_is_left(lena):
    keys = DataKey.objects.filter(subject=lena.pk, purpose=Purpose.BIOMETRIC)
    assert keys.exists()
    assert not keys.filter(destroyed_at=None).exists()
    assert not PrivateFile.objects.filter(purpose=Purpose.BIOMETRIC, discarded_at=None).exists()
    assert not Picture.objects.filter(item=Item.FACE).exclude(file=None).exists()
    assert not Challenge.objects.filter(findings__isnull=False).exists()
    assert not Challenge.objects.filter(camera__isnull=False).exists()
    assert consent_of(lena) is None
    assert making.events(lena)[-2:] == ["consent.withdrawn", "biometrics.destroyed"]
    assert "identity.consent_withdrawn" in making.mails(lena)


def test_rule_3_with_the_applicant_the_choice_is_open_again(lena, travel):
    case = making.with_everything(lena, travel, Level.ADVANCED)

    faces.withdraw_consent(actor=lena, where=HERE)

    nothing_is_left(lena)
    assert needed_items(fresh(case)) == [Item.FACE]
    assert fresh(case).typed == case.typed


def test_rule_3_during_the_checks_they_go_on_without_the_face_and_nothing_else_is_lost(lena, travel, machines):
    case = submit(making.with_everything(lena, travel, Level.ADVANCED))

    def withdraw(_name):
        faces.withdraw_consent(actor=lena, where=HERE)

    machines.before = withdraw
    making.look()

    nothing_is_left(lena)
    checks = checks_of(fresh(case))
    assert fresh(case).state == State.IN_REVIEW
    assert {checks[kind].outcome for kind in (CheckKind.FACE, CheckKind.LIVENESS)} == {Outcome.NOT_APPLICABLE}
    assert checks[CheckKind.TYPED].outcome == Outcome.HOLDS
    assert len(checks) == len(CheckKind)


def test_rule_3_in_review_the_face_counts_no_more(lena, travel):
    case = making.in_review(lena, travel, Level.ADVANCED)
    assert checks_of(case)[CheckKind.FACE].outcome == Outcome.HOLDS
    travel.shift(1)

    faces.withdraw_consent(actor=lena, where=HERE)

    nothing_is_left(lena)
    assert fresh(case).without_face
    assert fresh(case).version > case.version
    assert checks_of(fresh(case))[CheckKind.FACE].outcome == Outcome.NOT_APPLICABLE
    assert case.checks.filter(kind=CheckKind.FACE).count() == 2


def test_rule_3_a_pending_proposal_is_void(lena, staff, travel):
    case = making.in_review(lena, travel, Level.ADVANCED)
    case.move(State.PROPOSED)
    case.save()
    decision = Decision.objects.create(
        case=case, applicant=lena, attempt=1, verdict="approve", evidence="0" * 64, proposed_by=staff
    )
    travel.shift(1)

    faces.withdraw_consent(actor=lena, where=HERE)

    decision.refresh_from_db()
    assert decision.voided_because == "evidence_changed"
    assert fresh(case).state == State.IN_REVIEW


def test_rule_3_a_decided_case_stays_as_it_was(lena, travel):
    grant = making.granted(making.in_review(lena, travel, Level.ADVANCED))
    case = fresh(grant.case)

    faces.withdraw_consent(actor=lena, where=HERE)

    nothing_is_left(lena)
    assert (fresh(case).state, fresh(case).version) == (State.APPROVED, case.version)


def test_without_a_consent_withdrawing_does_nothing(lena):
    before = everything()

    faces.withdraw_consent(actor=lena, where=HERE)

    assert everything() == before


def test_somebody_elses_face_stays(lena, stranger, travel):
    making.with_everything(stranger, travel, Level.ADVANCED)
    making.with_everything(lena, travel, Level.ADVANCED)

    faces.withdraw_consent(actor=lena, where=HERE)

    assert DataKey.objects.filter(subject=stranger.pk, purpose=Purpose.BIOMETRIC, destroyed_at=None).exists()
    assert Picture.objects.filter(applicant=stranger, item=Item.FACE).exclude(file=None).exists()


def test_after_withdrawing_one_can_agree_again(lena, travel):
    case = making.with_everything(lena, travel, Level.ADVANCED)
    faces.withdraw_consent(actor=lena, where=HERE)
    making.agreed(lena)
    making.answer(case, travel)
    making.look()

    assert needed_items(fresh(case)) == []
    assert clock.now()


# The text ---------------------------------------------------------------------------------------------------


def test_consents_rule_4_the_text_says_how_long(set_identity):
    set_identity(face_days=7)
    assert "7 days" in dict(consents.sections())["How long"]
    set_identity(face_days=0)
    assert "hour" in dict(consents.sections())["How long"]
