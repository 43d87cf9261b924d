"""The pages of limits."""

import pytest

from echt.holds.models import Limit
from tests.holds import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

COIN = 10**8
ROW = {"level": "none", "country": "", "counts": "outgoing", "window": 24}


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def in_force(**values):
    return Limit.objects.filter(valid_until=None, **{**ROW, **values}).first()


def change(desk, status=302, **values):
    said = {**ROW, "reason": "The auditors ask for it.", **values}
    row = Limit.objects.filter(valid_until=None, **{name: said[name] for name in ROW}).first()
    return text_of(desk.post("/desk/limits/change/", {"seen": row.pk if row else "", **said}), status)


def test_the_table_tells_none_nothing_and_missing_apart(desk):
    Limit.objects.filter(level="institution", counts="fiat").delete()
    page = text_of(desk.get("/desk/limits/"))

    assert "10\u00a0BTC" in page
    assert "no limit <small>in 24 h" in page
    assert "nothing <small>in 24 h" in page
    assert "nothing: no limit is set" in page


@pytest.mark.parametrize(
    ("values", "sats"),
    [({"kind": "amount", "amount": "2.5"}, 250_000_000), ({"kind": "nothing"}, 0), ({"kind": "none"}, None)],
)
def test_the_three_answers_are_three_things(desk, olga, values, sats):
    change(desk, **values)

    assert (in_force().sats, in_force().made_by) == (sats, olga)
    assert Limit.objects.filter(**ROW).count() == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Choose what may pass."),
        ({"kind": "amount"}, "Enter the amount, or choose one of the other answers."),
        ({"kind": "amount", "amount": "0"}, "above zero"),
        ({"kind": "amount", "amount": "1.123456789"}, "decimal places"),
        ({"kind": "nothing", "amount": "5"}, "Leave the amount empty"),
        ({"kind": "none", "amount": "5"}, "Leave the amount empty"),
        ({"kind": "nothing", "reason": ""}, "Please fill this in."),
        ({"kind": "nothing", "country": "TUR"}, "Choose either a level or a country."),
        ({"kind": "nothing", "level": ""}, "Choose either a level or a country."),
        ({"kind": "nothing", "window": 0}, "Please enter at least 1."),
    ],
)
def test_what_will_not_do_changes_nothing(desk, values, words):
    assert words in change(desk, 422, **values)
    assert in_force().sats == 10 * COIN
    assert Limit.objects.count() == 8


def test_who_was_outrun_is_told(desk):
    page = text_of(desk.post("/desk/limits/change/", {**ROW, "kind": "nothing", "reason": "Because.", "seen": ""}), 409)

    assert "Somebody else has changed this limit" in page
    assert in_force().sats == 10 * COIN


def test_the_form_begins_with_what_is_in_force_and_shows_what_was(desk):
    change(desk, kind="amount", amount="2.5")
    page = text_of(desk.get("/desk/limits/change/?level=none&counts=outgoing&window=24"))

    assert 'value="2.5"' in page
    assert "10\u00a0BTC" in page
    assert "The auditors ask for it." in page


@pytest.mark.parametrize("query", ["", "?level=x&counts=y&window=z", "?country=%00", "?window=-1"])
def test_a_query_that_is_none_is_an_empty_form(desk, query):
    text_of(desk.get(f"/desk/limits/change/{query}"))


def test_the_cap_of_a_country_is_put_in_force_and_ended(desk):
    change(desk, level="", country="TUR", kind="amount", amount="1")
    cap = in_force(level="", country="TUR")
    assert "Türkiye" in text_of(desk.get("/desk/limits/"))

    text_of(desk.post(f"/desk/limits/{cap.pk}/end/", {}), 422)
    text_of(desk.post(f"/desk/limits/{cap.pk}/end/", {"reason": "Over."}), 302)
    assert in_force(level="", country="TUR") is None
    assert "A level without a limit" in text_of(
        desk.post(f"/desk/limits/{in_force().pk}/end/", {"reason": "Over."}), 422
    )


def test_what_binds_a_customer_and_what_is_used(desk, account, btc):
    worlds.rate(btc, 80_000)
    worlds.deposit(account, btc, 20 * COIN)
    assert worlds.withdraw(account, btc, 3 * COIN).allowed

    page = text_of(desk.get("/desk/limits/", {"person": "lena@example.org"}))

    assert "Lena" in page
    assert "7\u00a0BTC" in page


def test_a_customer_without_an_account_and_nobody(desk, customer):
    assert "Has no money here yet" in text_of(desk.get("/desk/limits/", {"person": "lena@example.org"}))
    assert "Nobody has this mail address." in text_of(desk.get("/desk/limits/", {"person": "x@example.org"}))


def test_readers_change_nothing(theo, client_of):
    reads = client_of(theo)

    assert "Change" not in text_of(reads.get("/desk/limits/")).split("<main")[1]
    assert reads.get("/desk/limits/change/").status_code == 404
    assert reads.post("/desk/limits/change/", {**ROW, "kind": "none", "reason": "x"}).status_code == 404
    assert Limit.objects.count() == 8
