"""The queue: what is due first stands first; filters, search, marks."""

from datetime import timedelta

import pytest
from django.shortcuts import resolve_url

from echt.accounts.adapter import AccountAdapter
from echt.accounts.models import Role
from echt.desk.identity.numbers import number_of
from echt.desk.identity.queue import A_PAGE, Wanted, marks_of, queue
from echt.identity.actions.claiming import claim
from echt.identity.levels import Level
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.states import State
from tests.identity.cases import a_case, add_check, add_hit
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def an_applicant(number):
    return a_colleague(f"applicant{number}", Role.CUSTOMER)


def bare(applicant, **values):
    return a_case(applicant, pictures=False, checks=False, **values)


@pytest.fixture
def several(customer, stranger):
    """One that is overdue, one that is due, one on hold, one with the machines, one with its applicant."""
    return {
        "due": bare(customer, ago=timedelta(hours=2)),
        "overdue": bare(stranger, ago=timedelta(hours=25), state=State.PROPOSED, country="FRA"),
        "held": bare(an_applicant(1), ago=timedelta(hours=30), state=State.ON_HOLD),
        "checking": bare(an_applicant(2), ago=timedelta(minutes=1), state=State.CHECKING, level=Level.ADVANCED),
        "returned": bare(an_applicant(3), state=State.RETURNED),
    }


def names(cases, several):
    known = {case.pk: name for name, case in several.items()}
    return [known[case.pk] for case in cases]


def test_what_is_due_first_stands_first_and_what_is_on_hold_last(mara, several):
    assert names(queue(mara, Wanted()), several) == ["overdue", "due", "checking", "held"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(state="on_hold"), ["held"]),
        (Wanted(level="advanced"), ["checking"]),
        (Wanted(country="FRA"), ["overdue"]),
        (Wanted(overdue=True), ["overdue"]),
        (Wanted(hits=True), ["due"]),
        (Wanted(mine=True), ["due"]),
        (Wanted(mine=True, country="FRA"), []),
    ],
)
def test_filters(mara, several, wanted, found):
    add_hit(several["due"])
    add_hit(several["due"], kind="pep")
    claim(actor=mara, case_id=several["due"].pk)

    assert names(queue(mara, wanted), several) == found


def test_a_claim_that_has_ended_is_not_mine(mara, several, travel):
    claim(actor=mara, case_id=several["due"].pk)
    travel.shift(timedelta(minutes=30))

    assert not queue(mara, Wanted(mine=True)).exists()


@pytest.mark.parametrize("search", ["LENA@example.org ", "number", "small", "id"])
def test_search_finds_by_whole_address_and_by_number_also_what_is_closed(mara, customer, several, search):
    closed = bare(customer, state=State.WITHDRAWN)
    spelt = {"number": number_of(closed.pk), "small": number_of(closed.pk).lower(), "id": str(closed.pk)}
    found = queue(mara, Wanted(search=spelt.get(search, search)))

    assert closed in found
    assert {case.applicant_id for case in found} == {customer.pk}


@pytest.mark.parametrize("search", ["lena@example", "lena", "0000-0000", "%", "lena@example.orgx"])
def test_search_finds_nothing_by_a_part(mara, several, search):
    assert not queue(mara, Wanted(search=search)).exists()


def test_ones_own_case_is_never_there(mara):
    bare(mara)

    assert not queue(mara, Wanted()).exists()
    assert not queue(mara, Wanted(search="mara@desk.example")).exists()


def test_marks_tell_what_stands_out(customer):
    case = a_case(customer, level=Level.ADVANCED, attempt=2)
    add_check(case, CheckKind.ZONE, Outcome.FAILS)
    add_check(case, CheckKind.FACE, Outcome.DOUBT)
    add_hit(case)

    words = [mark.word for mark in marks_of([case])[case.pk]]
    assert words == ["1 failed", "1 to look at", "face unsure", "1 list hit", "sent again"]


def test_marks_of_a_clear_case_count_what_holds_and_not_what_does_not_apply(case):
    skipped = case.checks.filter(outcome=Outcome.NOT_APPLICABLE).count()
    assert skipped

    [mark] = marks_of([case])[case.pk]
    assert (mark.kind, mark.word) == ("success", f"{len(CheckKind) - skipped} in order")


def test_marks_of_an_earlier_attempt_do_not_count(case):
    add_check(case, CheckKind.ZONE, Outcome.FAILS)
    case.attempt = 2

    assert [mark.word for mark in marks_of([case])[case.pk]] == ["sent again"]


# The page -------------------------------------------------------------------------------------------------


def test_the_page_shows_the_clock_and_offers_to_take_up(desk, case):
    page = desk.get("/desk/").content.decode()

    assert number_of(case.pk) in page
    assert "23 h 00 min left" in page
    assert f"/desk/cases/{case.pk}/claim/" in page


def test_the_page_tells_nothing_personal(desk, case):
    page = desk.get("/desk/").content.decode()

    assert "Wolff" not in page
    assert "lena" not in page.lower()


def test_a_warning_comes_before_it_is_late(desk, customer, set_identity):
    set_identity(warned=75)
    bare(customer, ago=timedelta(hours=18))
    assert 'class="warned"' in desk.get("/desk/").content.decode()


def test_before_that_there_is_no_warning(desk, customer, set_identity):
    set_identity(warned=75)
    bare(customer, ago=timedelta(hours=17, minutes=59))
    assert 'class="warned"' not in desk.get("/desk/").content.decode()


def test_an_empty_queue_says_so(desk):
    assert "Nothing waits" in desk.get("/desk/").content.decode()


def test_filters_that_find_nothing_lead_back(desk, case):
    page = desk.get("/desk/?country=FRA&state=nonsense&search=x@y.example").content.decode()

    assert "No case fits" in page


def test_pages(desk):
    for number in range(A_PAGE + 1):
        bare(an_applicant(number), ago=timedelta(minutes=number))

    first, second = (desk.get(f"/desk/?level=primary&page={page}").content.decode() for page in (1, 2))
    assert first.count("data-line") == A_PAGE
    assert second.count("data-line") == 1
    assert "level=primary&amp;page=2" in first


def test_the_number_of_questions_does_not_grow_with_the_queue(desk, django_assert_max_num_queries):
    for number in range(10):
        a_case(an_applicant(number), pictures=False)

    with django_assert_max_num_queries(22):
        desk.get("/desk/")


def test_taking_up_leads_to_the_case(desk, case, mara):
    answer = desk.post(f"/desk/cases/{case.pk}/claim/")

    case.refresh_from_db()
    assert answer.url == f"/desk/cases/{case.pk}/"
    assert case.claimant() == mara


def test_a_colleagues_case_is_refused_with_the_moment(desk, case, jonas):
    claim(actor=jonas, case_id=case.pk)

    answer = desk.post(f"/desk/cases/{case.pk}/claim/")

    assert answer.status_code == 409
    assert "until today" in answer.content.decode()


# Who may --------------------------------------------------------------------------------------------------

PLACES = {"/desk/": "cases", "/desk/hits/": "hits", "/desk/figures/": "figures", "/desk/audit/": "audit"}
OPEN_TO = {
    Role.CUSTOMER: set(),
    Role.TREASURER: set(),
    Role.REVIEWER: {"cases", "figures"},
    Role.AUDITOR: {"cases", "figures", "audit"},
    Role.RISK_OFFICER: {"cases", "figures", "hits", "audit"},
    Role.ADMINISTRATOR: {"cases", "figures", "hits", "audit"},
}


@pytest.mark.parametrize("role", OPEN_TO)
def test_each_role_finds_its_places_and_no_others(role, client_of):
    client = client_of(a_colleague("somebody", role))

    found = {place for address, place in PLACES.items() if client.get(address).status_code == 200}
    assert found == OPEN_TO[role]


@pytest.mark.parametrize(
    ("role", "lands"),
    [
        (Role.REVIEWER, "/desk/"),
        (Role.AUDITOR, "/desk/"),
        (Role.TREASURER, "/desk/holds/"),
        (Role.CUSTOMER, "/security/"),
    ],
)
def test_after_sign_in_staff_land_where_their_role_has_work(role, lands, rf):
    request = rf.get("/")
    request.user = a_colleague("somebody", role)

    assert resolve_url(AccountAdapter(request).get_login_redirect_url(request)) == lands
