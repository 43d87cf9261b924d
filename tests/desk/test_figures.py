"""Figures: each against a history whose numbers one can count by hand."""

from datetime import timedelta

import pytest

from echt import clock
from echt.desk.identity import figures
from echt.identity.actions.confirming import confirm, reject
from echt.identity.actions.deciding import propose
from echt.identity.actions.holding import hold, resume
from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.models.decisions import Verdict
from echt.identity.reasons import Reason
from echt.identity.states import State
from tests.identity.cases import a_case
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

BLURRED = [(Reason.UNREADABLE, Item.FRONT)]
MONTH = timedelta(days=30)


def decide(by, case, verdict=Verdict.APPROVE, reasons=(), note=""):
    version = Case.objects.get(pk=case.pk).version
    return propose(actor=by, case_id=case.pk, version=version, verdict=verdict, reasons=list(reasons), note=note)


def applicants(count):
    from echt.accounts.models import Role

    return [a_colleague(f"applicant{number}", Role.CUSTOMER) for number in range(count)]


def since():
    return clock.now() - MONTH


def waits():
    return figures.waits_of(figures.decided_since(since()))


def test_no_decisions_no_waits(db):
    assert waits() == figures.Waits(count=0, median=None, p90=None, late=0)


def test_rule_1_half_wait_at_most_and_nine_of_ten(mara):
    for hours, applicant in enumerate(applicants(11)):
        decide(mara, a_case(applicant, ago=timedelta(hours=3 * hours), pictures=False))

    assert waits() == figures.Waits(count=11, median=timedelta(hours=15), p90=timedelta(hours=27), late=2)


def test_rule_1_time_on_hold_is_nobodys_wait(mara, customer, travel):
    case = a_case(customer, ago=timedelta(hours=2))
    hold(actor=mara, case_id=case.pk, version=case.version, why="Ask.")
    travel.shift(timedelta(hours=40))
    resume(actor=mara, case_id=case.pk)
    travel.shift(timedelta(hours=1))
    decide(mara, case)

    assert waits().median == timedelta(hours=3)


def test_an_earlier_attempt_counts_from_its_first_check(mara, case):
    decide(mara, case, Verdict.RETURN, BLURRED)
    Case.objects.filter(pk=case.pk).update(attempt=2)

    assert waits().median == timedelta(minutes=5)


def test_the_share_that_passes_at_the_first_try(mara):
    first, second, third = applicants(3)
    decide(mara, a_case(first))
    decide(mara, a_case(second), Verdict.RETURN, BLURRED)
    decide(mara, a_case(third, attempt=2))

    passed = figures.passed_of(figures.decided_since(since()))
    assert (passed.first, passed.approved, passed.share) == (2, 1, 50)
    assert figures.passed_of([]).share is None


def test_decisions_by_day_and_reasons(mara, travel):
    first, second = applicants(2)
    decide(mara, a_case(first), Verdict.RETURN, [*BLURRED, (Reason.COPY, Item.BACK)])
    travel.shift(timedelta(days=1))
    decide(mara, a_case(second), Verdict.RETURN, BLURRED)

    assert [day[1:] for day in figures.per_day(since())] == [(0, 1, 0), (0, 1, 0)]
    assert figures.reasons_of(figures.decided_since(since())) == [(Reason.UNREADABLE, 2), (Reason.COPY, 1)]


def test_rule_2_what_a_second_person_rejects_is_overturned(mara, jonas):
    first, second = applicants(2)
    under_age = [(Reason.UNDER_AGE, Item.CASE)]
    confirm(actor=jonas, decision_id=decide(mara, a_case(first), Verdict.REFUSE, under_age).pk)
    reject(actor=jonas, decision_id=decide(mara, a_case(second), Verdict.REFUSE, under_age).pk, why="She is 19.")

    assert figures.by_reviewer(since()) == [figures.ByReviewer(name="Mara", proposed=2, in_force=1, overturned=1)]


def test_what_is_older_does_not_count(mara, case, travel):
    decide(mara, case)
    travel.shift(MONTH + timedelta(seconds=1))

    assert waits().count == 0
    assert figures.by_reviewer(since()) == []


def test_the_queue_now():
    people = applicants(5)
    for hours, state, applicant in zip(
        (1, 19, 25, 2, 50),
        (State.IN_REVIEW, State.IN_REVIEW, State.CHECKING, State.PROPOSED, State.ON_HOLD),
        people,
        strict=True,
    ):
        a_case(applicant, state=state, ago=timedelta(hours=hours), pictures=False)

    assert figures.queue_now() == figures.QueueNow(waiting=4, late=1, warned=1, second=1, held=1)


def test_the_page_names_no_applicant(desk, mara, case):
    decide(mara, case)

    page = desk.get("/desk/figures/?days=7").content.decode()
    assert "1 h 00 min" in page
    assert "lena" not in page.lower()


@pytest.mark.parametrize("days", ["", "x", "1000000000000"])
def test_nonsense_is_thirty_days(desk, days):
    assert desk.get(f"/desk/figures/?days={days}").status_code == 200
