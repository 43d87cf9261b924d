"""The clock of a case: the rules of `sla`; levels: those of `selectors`."""

from datetime import timedelta

import pytest

from echt import clock
from echt.identity import sla
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import LevelGrant
from echt.identity.selectors import grant_of, level_of
from echt.identity.states import State
from tests.identity import making
from tests.identity.making import add, fresh, submit

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def case(lena):
    return making.in_review(lena)


def test_rule_1_it_starts_with_each_submission(lena, case, travel):
    first = case.due_at
    travel.shift(3 * HOUR)
    making.returned(case, Item.FRONT)
    add(case)
    making.look()
    case = submit(case)

    assert first == case.created_at + 24 * HOUR
    assert case.due_at == clock.now() + 24 * HOUR


def test_rule_2_it_stands_while_the_case_is_on_hold(case, travel):
    travel.shift(2 * HOUR)
    sla.hold(case)
    case.move(State.ON_HOLD)
    travel.shift(50 * HOUR)
    assert sla.remaining(case) == 22 * HOUR
    assert not sla.is_late(case)
    sla.hold(case)
    sla.resume(case)
    case.move(State.IN_REVIEW)
    due = case.due_at
    sla.resume(case)

    assert (sla.remaining(case), case.due_at) == (22 * HOUR, due)


def test_rule_3_none_runs_while_it_is_with_the_applicant(case):
    assert sla.remaining(making.returned(case, Item.FRONT)) is None
    assert not sla.is_late(fresh(case))
    assert not sla.is_warned(fresh(case))


def test_rule_4_warned_at_three_quarters_and_late_at_the_end(case, travel):
    travel.shift(18 * HOUR - timedelta(seconds=1))
    assert not sla.is_warned(case)
    travel.shift(1)
    assert sla.is_warned(case)
    assert not sla.is_late(case)
    travel.shift(6 * HOUR)
    assert sla.is_late(case)


def test_the_hours_and_the_warning_are_settings(lena, set_identity, travel):
    set_identity(hours=10, warned=50)
    case = making.in_review(lena)
    assert sla.remaining(case) == 10 * HOUR
    travel.shift(5 * HOUR)

    assert sla.is_warned(case)


# Levels -----------------------------------------------------------------------------------------------------


def test_the_highest_live_level_counts(lena, case):
    assert level_of(lena) is Level.NONE
    making.granted(case)
    assert level_of(lena) is Level.PRIMARY
    higher = LevelGrant.objects.create(applicant=lena, level=Level.ADVANCED, case=making.begun(lena, Level.ADVANCED))

    assert level_of(lena) is Level.ADVANCED
    assert grant_of(lena, Level.PRIMARY).case == case
    higher.revoked_at = clock.now()
    higher.save()
    assert level_of(lena) is Level.PRIMARY


def test_a_level_that_was_taken_back_counted_until_then(lena, case, travel):
    grant = making.granted(case)
    travel.shift(60)
    grant.revoked_at = clock.now()
    grant.save()

    assert level_of(lena) is Level.NONE
    assert level_of(lena, at=clock.now() - timedelta(seconds=1)) is Level.PRIMARY
    assert level_of(lena, at=grant.begins_at - timedelta(seconds=1)) is Level.NONE


def test_nobody_elses_level_counts(lena, stranger, case):
    making.granted(case)

    assert level_of(stranger) is Level.NONE
