"""Assets, rates, accounts, balances and limits."""

from datetime import timedelta

import pytest

from echt import clock
from echt.holds.models import Limit
from echt.wallets.access import account_of
from echt.wallets.house import House
from echt.wallets.models import Account
from tests.api.engine import coins, mistake, problem
from tests.holds import worlds

pytestmark = pytest.mark.django_db


def test_assets_are_listed_with_their_decimals(engine):
    items = {item["code"]: item for item in engine.get("/assets").json()["items"]}
    assert items["NEAR"] == {"code": "NEAR", "name": "NEAR", "kind": "crypto", "decimals": 24, "is_active": True}
    assert items["EUR"]["kind"] == "fiat"


def test_rates_are_exact_and_say_whether_they_count(engine, travel):
    worlds.rate(worlds.asset("BTC"), 87_500, good_for=timedelta(seconds=60))
    first = {item["asset"]: item for item in engine.get("/rates").json()["items"]}["BTC"]
    assert (first["price"], first["currency"]) == ("87500.000000000000000000", "EUR")
    assert first["is_good"] is True
    travel.shift(timedelta(seconds=60))
    assert {item["asset"]: item for item in engine.get("/rates").json()["items"]}["BTC"]["is_good"] is False


def test_an_account_is_opened_once(engine):
    first = engine.post("/accounts", {"reference": "user-4711"})
    again = engine.post("/accounts", {"reference": "user-4711"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert engine.get("/accounts", reference="user-4711").json() == first.json()
    assert engine.get(f"/accounts/{first.json()['id']}").json() == first.json()
    assert (first.json()["level"], first.json()["person"], first.json()["open_holds"]) == ("none", None, 0)


def test_a_persons_account_gets_the_reference_once(engine, customer, stranger):
    told = {"reference": "user-1", "person": str(customer.pk)}
    account = account_of(customer)
    assert engine.post("/accounts", told).json()["id"] == str(account.pk)
    assert engine.post("/accounts", told).status_code == 200

    problem(engine.post("/accounts", told | {"reference": "user-2"}), 409, "reference_taken")
    problem(engine.post("/accounts", told | {"person": str(stranger.pk)}), 409, "reference_taken")
    account.refresh_from_db()
    assert account.reference == "user-1"
    assert not Account.objects.filter(owner=stranger).exists()


def test_a_person_who_is_not_there_gets_no_account(engine):
    told = {"reference": "user-1", "person": "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"}
    problem(engine.post("/accounts", told), 404, "not_found")
    assert not Account.objects.filter(reference="user-1").exists()


@pytest.mark.parametrize("reference", ["", "house:fees", "a b", "x" * 65, "\x00", "-x", "ü"])
def test_not_every_text_is_a_reference(engine, reference):
    mistake(engine.post("/accounts", {"reference": reference}), "/reference", "invalid_value")


@pytest.mark.parametrize("part", ["", "/balances", "/limits", "/holds"])
def test_accounts_that_are_not_there(engine, part):
    for account in ("0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11", House.FEES.pk):
        problem(engine.get(f"/accounts/{account}{part}"), 404, "not_found")
    problem(engine.get("/accounts", reference="nobody"), 404, "not_found")
    mistake(engine.get("/accounts", reference="house:fees"), "/reference", "invalid_value")


def test_balances_in_their_parts(engine, rich, travel):
    worlds.bought(rich, worlds.asset("BTC"), 5 * 10**7, hours=24)
    told = engine.get(f"/accounts/{rich.pk}/balances").json()
    items = {item["asset"]: item for item in told["items"]}

    assert items["BTC"] == {
        "asset": "BTC",
        "posted": "1.50000000",
        "tradable": "1.50000000",
        "movable": "1.00000000",
        "held": "0.50000000",
        "next_release_at": f"{clock.now() + timedelta(hours=24):%Y-%m-%dT%H:%M:%SZ}",
        "next_release": "0.50000000",
    }
    assert items["USDT"]["held"] == "0.000000"
    travel.shift(timedelta(hours=24))
    items = {item["asset"]: item for item in engine.get(f"/accounts/{rich.pk}/balances").json()["items"]}
    assert items["BTC"]["movable"] == "1.50000000"


def test_limits_with_what_is_used(engine, rich):
    Limit.objects.filter(level="none", counts="outgoing").update(sats=10**9)
    Limit.objects.filter(level="none", counts="fiat").update(sats=0)
    engine.move(rich, "withdraw", pays=coins("BTC", "0.25"))
    told = engine.get(f"/accounts/{rich.pk}/limits").json()
    items = {item["counts"]: item for item in told["items"]}

    assert told["level"] == "none"
    assert set(items["outgoing"]["operations"]) == {"withdraw", "send", "withdraw_fiat", "gift"}
    assert (items["outgoing"]["limit"], items["outgoing"]["used"], items["outgoing"]["left"]) == (
        "10.00000000",
        "0.25000000",
        "9.75000000",
    )
    assert items["outgoing"]["next_room"] == "0.25000000"
    assert (items["fiat"]["limit"], items["fiat"]["left"]) == ("0.00000000", "0.00000000")


def test_no_limit_is_told_as_null(engine, lena):
    items = engine.get(f"/accounts/{lena.pk}/limits").json()["items"]
    assert {item["limit"] for item in items} == {None}
    assert {item["left"] for item in items} == {None}


@pytest.mark.parametrize("units", [1, 10**24 - 1, 10**30, 10**30 + 1, 10**54 + 123_456_789])
def test_24_decimals_and_large_amounts_survive(engine, lena, till, units):
    near = worlds.asset("NEAR", 24)
    text = f"{units // 10**24}.{units % 10**24:024d}"
    told = {"account": str(lena.pk), "asset": "NEAR", "amount": text, "reference": "tx:0"}
    assert engine.post("/deposits", told).json()["amount"] == text

    assert engine.move(lena, "send", pays=coins("NEAR", text), to=str(till.pk)).json()["amount"] == text
    (item,) = engine.get(f"/accounts/{till.pk}/balances").json()["items"]
    assert (item["posted"], item["movable"]) == (text, text)
    assert worlds.posted(till, near) == units
    assert worlds.posted(lena, near) == 0
