"""Taking up cases: the rules of `actions.claiming` and `actions.holding`."""

from datetime import timedelta

import pytest

from echt import clock
from echt.accounts.models import Role
from echt.audit.selectors import history_of
from echt.identity.access import Absent
from echt.identity.actions import claiming
from echt.identity.actions.claiming import claim, release, renew
from echt.identity.actions.holding import hold, resume
from echt.identity.models import Case
from echt.identity.models.cases import WrongState
from echt.identity.review_refusals import ClaimedByOther, ReviewWrong, Stale
from echt.identity.states import State
from tests.identity.cases import a_case, state_of
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def mara(db):
    return a_colleague("mara")


@pytest.fixture
def jonas(db):
    return a_colleague("jonas")


@pytest.fixture
def case(customer):
    return a_case(customer)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_rule_1_a_claim_has_an_end(case, mara, travel):
    claim(actor=mara, case_id=case.pk)

    assert fresh(case).claimed_until == clock.now() + timedelta(minutes=30)
    travel.shift(timedelta(minutes=30))
    assert fresh(case).claimant() is None


def test_rule_1_work_renews_it(case, mara, travel):
    claim(actor=mara, case_id=case.pk)
    travel.shift(timedelta(minutes=20))
    renew(actor=mara, case_id=case.pk)

    assert fresh(case).claimed_until == clock.now() + timedelta(minutes=30)
    assert [entry.event for entry in history_of(case.pk)] == ["case.claimed"]


def test_rule_1_after_its_end_somebody_else_may(case, mara, jonas, travel):
    claim(actor=mara, case_id=case.pk)
    travel.shift(timedelta(minutes=30))
    claim(actor=jonas, case_id=case.pk)

    assert fresh(case).claimant() == jonas


def test_rule_2_who_comes_second_is_told_until_when(case, mara, jonas):
    claim(actor=mara, case_id=case.pk)
    before = state_of(case)

    with pytest.raises(ClaimedByOther) as refusal:
        claim(actor=jonas, case_id=case.pk)

    assert refusal.value.until == clock.now() + timedelta(minutes=30)
    assert "today, 12:30" in refusal.value.sentence
    assert state_of(case) == before


def test_rule_2_a_claim_made_while_we_wait_for_the_lock_counts(case, mara, jonas, monkeypatch):
    locked = claiming.lock_case

    def jonas_is_faster(case_id):
        monkeypatch.setattr(claiming, "lock_case", locked)
        claim(actor=jonas, case_id=case_id)
        return locked(case_id)

    monkeypatch.setattr(claiming, "lock_case", jonas_is_faster)

    with pytest.raises(ClaimedByOther):
        claim(actor=mara, case_id=case.pk)

    assert [entry.actor for entry in history_of(case.pk)] in ([jonas.pk], [])


def test_rule_3_nobody_takes_up_their_own_case(mara):
    own = a_case(mara)
    before = state_of(own)

    with pytest.raises(Absent):
        claim(actor=mara, case_id=own.pk)

    assert state_of(own) == before


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.TREASURER, Role.AUDITOR])
def test_a_role_without_the_permission_finds_nothing(case, role):
    with pytest.raises(Absent):
        claim(actor=a_colleague("other", role), case_id=case.pk)


@pytest.mark.parametrize("state", sorted(set(State) - {State.IN_REVIEW, State.PROPOSED, State.ON_HOLD}))
def test_only_what_is_at_the_desk_is_taken_up(customer, mara, state):
    case = a_case(customer, state=state)
    before = state_of(case)

    with pytest.raises(WrongState):
        claim(actor=mara, case_id=case.pk)

    assert state_of(case) == before


def test_what_is_put_back_is_free(case, mara, jonas):
    claim(actor=mara, case_id=case.pk)
    release(actor=mara, case_id=case.pk)

    assert fresh(case).claimant() is None
    claim(actor=jonas, case_id=case.pk)
    assert [entry.event for entry in history_of(case.pk)] == ["case.claimed", "case.released", "case.claimed"]


def test_nobody_puts_back_what_somebody_else_has(case, mara, jonas):
    claim(actor=mara, case_id=case.pk)
    before = state_of(case)

    release(actor=jonas, case_id=case.pk)

    assert state_of(case) == before


def test_claiming_changes_nothing_that_a_decision_rests_on(case, mara):
    claim(actor=mara, case_id=case.pk)

    assert fresh(case).version == case.version


def test_hold_rule_1_off_hold_it_is_due_exactly_as_much_later(case, mara, travel):
    due = case.due_at
    hold(actor=mara, case_id=case.pk, version=case.version, why="Asked the issuer.")
    travel.shift(timedelta(hours=5, minutes=7, seconds=3))
    resume(actor=mara, case_id=case.pk)

    assert fresh(case).state == State.IN_REVIEW
    assert fresh(case).held_at is None
    assert fresh(case).due_at == due + timedelta(hours=5, minutes=7, seconds=3)


def test_a_held_case_is_nobodys_and_says_why_in_a_note(case, mara):
    hold(actor=mara, case_id=case.pk, version=case.version, why="Asked the issuer.")

    assert fresh(case).claimant() is None
    assert [note.text for note in case.notes.all()] == ["Asked the issuer."]


def test_hold_rule_3_the_applicants_history_does_not_tell_of_it(case, mara, customer):
    before = len(history_of(customer.pk))
    hold(actor=mara, case_id=case.pk, version=case.version, why="Asked the issuer.")

    assert len(history_of(customer.pk)) == before


@pytest.mark.parametrize(("version", "why", "refusal"), [(0, "", ReviewWrong), (1, "Why", Stale)])
def test_a_hold_that_is_refused_changes_nothing(case, mara, version, why, refusal):
    before = state_of(case)

    with pytest.raises(refusal):
        hold(actor=mara, case_id=case.pk, version=case.version + version, why=why)

    assert state_of(case) == before


def test_what_is_not_held_is_not_resumed(case, mara):
    before = state_of(case)

    with pytest.raises(WrongState):
        resume(actor=mara, case_id=case.pk)

    assert state_of(case) == before
