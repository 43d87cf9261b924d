"""The gate's question: every reason, how much may move, and nothing kept."""

from datetime import timedelta

import pytest

from echt import clock
from echt.holds.models import Limit
from echt.wallets.house import House
from echt.wallets.models import Transfer
from tests.api.engine import coins, mistake, problem
from tests.holds import worlds

pytestmark = pytest.mark.django_db


def test_yes_keeps_nothing(engine, rich):
    before = worlds.state(), Transfer.objects.count()
    told = engine.ask(rich, "withdraw", "BTC", "1").json()

    assert told["allowed"] is True
    assert told["reasons"] == []
    assert (told["amount"], told["posted"], told["movable"], told["held"]) == ("1.00000000",) * 3 + ("0.00000000",)
    assert (told["asset"], told["operation"], told["account"]) == ("BTC", "withdraw", str(rich.pk))
    assert (worlds.state(), Transfer.objects.count()) == before


def test_held_coins_may_not_leave_but_be_traded(engine, rich, travel):
    worlds.bought(rich, worlds.asset("BTC", 8), 5 * 10**7, hours=24)
    told = engine.ask(rich, "withdraw", "BTC", "1.00000001").json()
    ends = clock.now() + timedelta(hours=24)

    assert told["allowed"] is False
    assert [reason["code"] for reason in told["reasons"]] == ["held"]
    assert told["reasons"][0]["detail"]
    assert (told["movable"], told["held"]) == ("1.00000000", "0.50000000")
    assert told["next_release_at"] == f"{ends:%Y-%m-%dT%H:%M:%SZ}"
    assert engine.ask(rich, "trade", "BTC", "1.5").json()["allowed"] is True
    travel.shift(timedelta(hours=24))
    assert engine.ask(rich, "withdraw", "BTC", "1.5").json()["allowed"] is True


def test_limits_are_told_with_what_is_used_and_left(engine, rich):
    Limit.objects.filter(level="none", counts="outgoing").update(sats=6 * 10**7)
    assert engine.move(rich, "withdraw", pays=coins("BTC", "0.2")).status_code == 201
    told = engine.ask(rich, "send", "BTC", "0.5").json()

    assert told["allowed"] is False
    assert [reason["code"] for reason in told["reasons"]] == ["limit"]
    assert told["level"] == "none"
    assert told["limits"] == [{"window_hours": 24, "limit": "0.60000000", "used": "0.20000000", "left": "0.40000000"}]


def test_an_account_that_is_not_there(engine, rich):
    rich.pk = "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"
    problem(engine.ask(rich, "send", "BTC", "1"), 404, "not_found")


def test_the_house_is_nobodys_account(engine, rich):
    rich.pk = House.CUSTODY.pk
    problem(engine.ask(rich, "send", "BTC", "1"), 404, "not_found")


def test_mistakes_are_named(engine, rich):
    mistake(engine.ask(rich, "send", "DOGE", "1"), "/asset", "asset_unknown")
    mistake(engine.ask(rich, "send", "BTC", "0"), "/amount", "zero")
    mistake(engine.ask(rich, "send", "BTC", "0.000000001"), "/amount", "too_many_decimals")
    mistake(engine.ask(rich, "steal", "BTC", "1"), "/operation", "unknown_value")
    for amount in ("-1", "+1", "1,5", "1e8", "01", ".5", "1.", " 1", "1 ", "１", "", "1_0", "NaN"):
        mistake(engine.ask(rich, "send", "BTC", amount), "/amount", "invalid_value")


def test_an_asset_that_is_new_is_known_at_once(engine, rich):
    assert engine.ask(rich, "send", "BTC", "1").status_code == 200
    worlds.asset("ETH", 18)
    assert engine.ask(rich, "send", "ETH", "1").json()["reasons"][0]["code"] == "insufficient"
