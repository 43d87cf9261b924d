"""The queue of holds: the riskiest first, filters, search, pages of any length at the same cost."""

from datetime import timedelta

import pytest
from django.shortcuts import resolve_url

from echt import clock
from echt.accounts.adapter import AccountAdapter
from echt.desk.holds.queue import A_PAGE, Wanted, page_of, queue, waits_of
from echt.holds.actions.appealing import make_appeal
from echt.holds.actions.changing import freeze
from echt.holds.actions.proposing import propose_release
from echt.holds.causes import Cause
from echt.holds.models import Hold
from echt.holds.numbers import number_of
from echt.wallets.access import account_of
from tests.holds import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def several(account, usdt, btc, stranger, customer, olga):
    """One that is frozen, one that ends soon, one with an appeal, one with a proposal, one that is over."""
    other = account_of(stranger)
    made = {
        "appeal": worlds.bought(account, usdt, 1_000_000, hours=48),
        "soon": worlds.bought(account, btc, 100_000, hours=6, channel="bank"),
        "frozen": worlds.bought(other, usdt, 2_000_000, hours=24),
        "proposal": worlds.bought(other, usdt, 3_000_000, hours=72, channel="p2p"),
        "over": worlds.bought(other, usdt, 3_000_000, hours=0),
    }
    holds = {name: terms.hold for name, terms in made.items()}
    Hold.objects.filter(pk=holds["appeal"]).update(score=10)
    Hold.objects.filter(pk=holds["proposal"]).update(score=60)
    Hold.objects.update(acquired_at=clock.now() - timedelta(hours=30))
    freeze(actor=olga, hold_id=holds["frozen"], cause=Cause.CHECK, words="Signs.")
    make_appeal(actor=customer, hold_id=holds["appeal"], words="Please.")
    propose_release(actor=olga, hold_id=holds["proposal"], words="In order.")
    return holds


def names(holds, several):
    known = {pk: name for name, pk in several.items()}
    return [known[hold.pk] for hold in holds]


def test_the_riskiest_stands_first_and_of_equals_what_ends_first(olga, several):
    assert names(queue(olga, Wanted()), several) == ["proposal", "appeal", "soon", "frozen"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(state="frozen"), ["frozen"]),
        (Wanted(channel="p2p"), ["proposal"]),
        (Wanted(asset="BTC"), ["soon"]),
        (Wanted(appeals=True), ["appeal"]),
        (Wanted(proposals=True), ["proposal"]),
        (Wanted(soon=True), ["soon"]),
        (Wanted(soon=True, channel="p2p"), []),
        (Wanted(search="LENA@example.org"), ["appeal", "soon"]),
        (Wanted(search="lena"), []),
    ],
)
def test_filters(olga, several, wanted, found):
    assert names(queue(olga, wanted), several) == found


def test_a_search_finds_by_number_and_what_is_over(olga, several):
    over = several["over"]
    for search in (number_of(over), number_of(over).lower().replace("-", " ").replace(" ", ""), str(over)):
        assert names(queue(olga, Wanted(search=search)), several) == ["over"]


def test_ones_own_hold_is_never_there(several, customer):
    customer.role = "risk_officer"
    customer.save()
    assert names(queue(customer, Wanted()), several) == ["proposal", "frozen"]


def test_the_page_names_what_waits(desk, several):
    page = desk.get("/desk/holds/").content.decode()
    for words in ("Holds", "4 holds", "1.000000", "USDT", "Request", "Early release", "Frozen"):
        assert words in page
    assert number_of(several["over"]) not in page
    assert number_of(several["soon"]) in desk.get("/desk/holds/", {"soon": "on"}).content.decode()
    assert "No hold fits" in desk.get("/desk/holds/", {"search": "nobody@example.org"}).content.decode()


def test_pages_follow_each_other_without_gap_at_the_same_cost(desk, olga, usdt, django_assert_max_num_queries):
    of = worlds.account(reference="7")
    for number in range(2 * A_PAGE + 3):
        terms = worlds.bought(of, usdt, 1, hours=24 + number % 5)
        Hold.objects.filter(pk=terms.hold).update(score=number % 3)
    seen, after = [], None
    while True:
        holds, after = page_of(queue(olga, Wanted()), after=after)
        seen += [hold.pk for hold in holds]
        if after is None:
            break
    assert seen == [hold.pk for hold in queue(olga, Wanted())]
    assert len(seen) == len(set(seen)) == 2 * A_PAGE + 3
    with django_assert_max_num_queries(4):
        holds, _last = page_of(queue(olga, Wanted()), after=seen[A_PAGE])
        waits_of(holds)
        assert all(hold.asset.code for hold in holds)
    with django_assert_max_num_queries(16):
        page = desk.get("/desk/holds/", {"after": str(seen[A_PAGE])}).content.decode()
    assert "To the beginning" in page
    assert desk.get("/desk/holds/", {"after": "nonsense"}).status_code == 200


def test_a_treasurer_lands_at_the_holds_and_a_reviewer_never_sees_them(theo, mara, olga, client_of, several):
    assert resolve_url(AccountAdapter().get_login_redirect_url(_request(theo))) == "/desk/holds/"
    assert client_of(theo).get("/desk/").headers["Location"] == "/desk/holds/"
    assert client_of(theo).get("/desk/holds/").status_code == 200
    assert client_of(mara).get("/desk/holds/").status_code == 404
    assert "/desk/holds/" not in client_of(mara).get("/desk/").content.decode()
    assert "/desk/holds/" in client_of(olga).get("/desk/").content.decode()


def _request(user):
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = user
    return request
