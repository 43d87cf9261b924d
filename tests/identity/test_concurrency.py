"""Several requests and workers at once, each with a connection of its own: one wins, nothing is lost or done twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from echt.identity.actions import faces
from echt.identity.examining import every
from echt.identity.findings import LivenessOutcome
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, Challenge, Consent, LevelGrant, Picture
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.refusals import Refused
from echt.identity.selectors import checks_of
from echt.identity.states import State
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.work.worker import run_until_idle
from tests.identity import making
from tests.identity.making import HERE, fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PATIENCE = 120


def at_once(*actions):
    """What each of these gave or raised, begun at the same moment."""
    barrier = Barrier(len(actions))

    def run(action):
        barrier.wait(PATIENCE)
        try:
            return action()
        except Exception as error:  # noqa: BLE001
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [done.result(PATIENCE) for done in [pool.submit(run, action) for action in actions]]


def no_errors(results):
    assert [result for result in results if isinstance(result, Exception) and not isinstance(result, Refused)] == []


def test_whoever_begins_four_times_at_once_has_one_case(lena):
    results = at_once(*[lambda: making.begun(lena)] * 4)

    no_errors(results)
    assert len({case.pk for case in results}) == 1
    assert making.events(lena).count("case.opened") == 1


def test_a_double_submit_is_one_submit(lena):
    case = making.with_everything(lena)

    results = at_once(*[lambda: making.submit(case, version=case.version)] * 4)

    no_errors(results)
    assert {result.state for result in results} == {State.CHECKING}
    assert making.events(lena).count("case.submitted") == 1
    assert making.mails(lena) == ["identity.case_submitted"]
    assert fresh(case).attempt == 1


def test_of_a_change_and_a_submit_one_comes_first_and_both_are_whole(lena):
    case = making.with_everything(lena)

    changed, submitted = at_once(
        lambda: making.confirm(case, surname="Wolf"), lambda: making.submit(case, version=case.version)
    )

    refused = [result for result in (changed, submitted) if isinstance(result, Exception)]
    assert len(refused) == 1
    assert fresh(case).state == (State.DRAFT if refused == [submitted] else State.CHECKING)
    assert fresh(case).typed["surname"] == ("Wolf" if refused == [submitted] else "Wolff")


def test_of_two_pictures_at_once_one_is_current(lena):
    case = making.choose(making.begun(lena))

    no_errors(at_once(*[lambda: making.add(case)] * 3))

    assert Picture.objects.filter(case=case, replaced_at=None).count() == 1
    assert Picture.objects.filter(case=case).exclude(file=None).count() == 1


def test_two_workers_examine_a_case_once(lena):
    case = making.submit(making.with_everything(lena))

    no_errors(at_once(*[lambda: every.examine(case.pk, 1)] * 3))

    assert fresh(case).state == State.IN_REVIEW
    assert case.checks.count() == len(CheckKind)
    assert making.events(case) == ["case.examined"]


def test_a_challenge_is_answered_once(lena, travel):
    case = making.with_document(lena, Level.ADVANCED)
    making.agreed(lena)
    challenge = faces.issue_challenge(actor=lena, case_id=case.pk)
    travel.shift(5)
    uploads = [making.uploaded(lena, making.container_of(making.frames()), Item.FACE) for _upload in range(3)]

    def give(upload):
        return faces.answer_challenge(actor=lena, challenge_id=challenge.pk, upload_id=upload, camera="")

    results = at_once(*[lambda upload=upload: give(upload) for upload in uploads])

    no_errors(results)
    assert sum(isinstance(result, Challenge) for result in results) == 1


def test_agreeing_twice_at_once_is_one_consent(lena):
    no_errors(at_once(*[lambda: making.agreed(lena)] * 3))

    assert Consent.objects.filter(applicant=lena, withdrawn_at=None).count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_withdrawing_the_consent_while_machines_and_the_applicant_work_leaves_no_face(lena, travel, round_):
    case = making.with_everything(lena, travel, Level.ADVANCED)
    making.submit(case)

    results = at_once(
        lambda: every.examine(case.pk, 1),
        lambda: faces.withdraw_consent(actor=lena, where=HERE),
        lambda: making.begun(lena, Level.PRIMARY),
    )

    no_errors(results)
    case = fresh(case)
    assert case.state == State.IN_REVIEW
    assert case.without_face
    assert not DataKey.objects.filter(subject=lena.pk, purpose=Purpose.BIOMETRIC, destroyed_at=None).exists()
    assert not Picture.objects.filter(applicant=lena, item=Item.FACE).exclude(file=None).exists()
    assert checks_of(case)[CheckKind.TYPED].outcome == Outcome.HOLDS


def test_withdrawing_the_consent_and_verifying_at_once_leave_no_face(lena, travel, machines):
    case = making.with_document(lena, Level.ADVANCED)
    making.agreed(lena)
    making.answer(case, travel)

    no_errors(at_once(lambda: run_until_idle("vision"), lambda: faces.withdraw_consent(actor=lena, where=HERE)))
    run_until_idle("vision")

    assert not Picture.objects.filter(applicant=lena, item=Item.FACE).exclude(file=None).exists()
    assert not Challenge.objects.filter(findings__isnull=False).exists()
    assert machines.outcome is LivenessOutcome.PASSED


def test_clear_cases_of_one_document_at_once_do_not_both_pass(lena, stranger, set_identity):
    set_identity(automatic=True)
    making.a_list()
    cases = [
        making.submit(making.with_document(lena)),
        making.submit(making.with_document(stranger, content=making.FRONT + b"2")),
    ]

    no_errors(at_once(*[lambda case=case: every.examine(case.pk, 1) for case in cases]))

    assert LevelGrant.objects.count() == 0
    assert {Case.objects.get(pk=case.pk).state for case in cases} == {State.IN_REVIEW}
