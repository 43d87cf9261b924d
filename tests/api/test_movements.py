"""Money moves, once, and only if the gate says yes."""

import pytest

from echt.wallets.house import House
from echt.wallets.models import Posting, Transfer
from tests.api.engine import coins, mistake, movement, problem
from tests.holds import worlds

pytestmark = pytest.mark.django_db


def posted(of, code: str) -> int:
    return worlds.posted(of, worlds.asset(code))


def test_a_withdrawal_with_its_fee(engine, rich):
    answer = engine.move(rich, "withdraw", pays=coins("BTC", "0.5", fee="0.0001"))
    told = answer.json()

    assert answer.status_code == 201
    assert told["allowed"] is True
    assert posted(rich, "BTC") == 10**8 - 50_010_000
    sides = Posting.objects.filter(transfer=told["transfer"]).values_list("account", "amount")
    assert dict(sides) == {rich.pk: -50_010_000, House.CUSTODY.pk: 50_000_000, House.FEES.pk: 10_000}


def test_each_operation_has_its_shape(engine, rich, till):
    one = coins("BTC", "0.01")
    for operation, told in {
        "withdraw": {"pays": one},
        "withdraw_fiat": {"pays": one},
        "send": {"pays": one, "to": str(till.pk)},
        "sell_p2p": {"pays": one, "to": str(till.pk)},
        "sell": {"pays": one, "gets": coins("EUR", "800")},
        "convert": {"pays": one, "gets": coins("USDT", "900", fee="1")},
        "trade": {"pays": one, "gets": coins("USDT", "900")},
        "gift": {"pays": one},
        "claim": {"gets": one},
        "fee": {"pays": one},
    }.items():
        answer = engine.move(rich, operation, **told)
        assert answer.status_code == 201, (operation, answer.content)
    assert posted(till, "BTC") == 2_000_000
    assert posted(rich, "BTC") == 10**8 - 8 * 10**6
    assert posted(rich, "EUR") == 80_000


@pytest.mark.parametrize(
    ("operation", "told", "pointer", "code"),
    [
        ("withdraw", {}, "/pays", "missing"),
        ("withdraw", {"pays": coins("BTC", "1"), "gets": coins("USDT", "1")}, "/gets", "not_here"),
        ("withdraw", {"pays": coins("BTC", "1"), "to": "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"}, "/to", "not_here"),
        ("send", {"pays": coins("BTC", "1")}, "/to", "missing"),
        ("trade", {"pays": coins("BTC", "1"), "gets": coins("BTC", "1")}, "/gets/asset", "same_asset"),
        ("trade", {"pays": coins("BTC", "1")}, "/gets", "missing"),
        ("claim", {"pays": coins("BTC", "1"), "gets": coins("BTC", "1")}, "/pays", "not_here"),
        ("withdraw", {"pays": coins("DOGE", "1")}, "/pays/asset", "asset_unknown"),
        ("withdraw", {"pays": coins("BTC", "1", fee="0.000000001")}, "/pays/fee", "too_many_decimals"),
        ("deposit", {"gets": coins("BTC", "1")}, "/operation", "unknown_value"),
        ("buy", {"gets": coins("BTC", "1")}, "/operation", "unknown_value"),
        ("return", {"gets": coins("BTC", "1")}, "/operation", "unknown_value"),
        ("claw_back", {"pays": coins("BTC", "1")}, "/operation", "unknown_value"),
    ],
)
def test_what_does_not_fit_moves_nothing(engine, rich, operation, told, pointer, code):
    before = worlds.state(), Transfer.objects.count()
    mistake(engine.move(rich, operation, **told), pointer, code)
    assert (worlds.state(), Transfer.objects.count()) == before


def test_nobody_sends_to_themselves(engine, rich):
    mistake(engine.move(rich, "send", pays=coins("BTC", "1"), to=str(rich.pk)), "/to", "same_account")


def test_what_the_gate_refuses_is_kept_and_moves_nothing(engine, rich):
    before = worlds.state()
    told = problem(engine.move(rich, "withdraw", pays=coins("BTC", "1.00000001")), 409, "refused")["answer"]

    assert (told["allowed"], told["reasons"][0]["code"]) == (False, "insufficient")
    assert Transfer.objects.get(pk=told["transfer"]).outcome == "refused"
    assert worlds.state() == before


def test_held_coins_may_be_traded_and_the_hold_follows(engine, lena):
    worlds.bought(lena, worlds.asset("BTC", 8), 10**8)
    assert engine.move(lena, "withdraw", pays=coins("BTC", "0.1")).json()["answer"]["reasons"][0]["code"] == "held"
    assert engine.move(lena, "trade", pays=coins("BTC", "0.5"), gets=coins("USDT", "43750")).status_code == 201
    assert worlds.parts(lena, worlds.asset("USDT", 6)) == (43_750 * 10**6, 43_750 * 10**6, 0)


def test_who_is_not_there_neither_pays_nor_gets(engine, rich, till):
    absent = "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"
    before = worlds.state()
    for other in (absent, str(House.FEES.pk)):
        problem(engine.move(rich, "send", pays=coins("BTC", "0.1"), to=other), 404, "not_found")
    till.pk = absent
    problem(engine.move(till, "withdraw", pays=coins("BTC", "0.1")), 404, "not_found")
    till.pk = House.CUSTODY.pk
    problem(engine.move(till, "send", pays=coins("BTC", "0.1"), to=str(rich.pk)), 404, "not_found")
    assert worlds.state() == before


def test_a_batch_answers_each_movement_in_its_order(engine, rich, till):
    told = [
        movement(rich, "send", pays=coins("BTC", "0.4"), to=str(till.pk)),
        movement(rich, "withdraw", pays=coins("BTC", "0.7")),
        movement(rich, "withdraw", pays=coins("BTC", "0.6")),
    ]
    results = engine.post("/movements/batch", {"movements": told}).json()["results"]

    assert [result["status"] for result in results] == ["done", "refused", "done"]
    assert results[1]["answer"]["reasons"][0]["code"] == "insufficient"
    assert (posted(rich, "BTC"), posted(till, "BTC")) == (0, 40_000_000)


def test_a_mistake_in_a_batch_is_one_of_the_whole_request(engine, rich):
    before = worlds.state()
    told = [movement(rich, "withdraw", pays=coins("BTC", "0.1")), movement(rich, "withdraw", pays=coins("X", "1"))]
    mistake(engine.post("/movements/batch", {"movements": told}), "/movements/1/pays/asset", "asset_unknown")
    told[1]["pays"] = 7
    mistake(engine.post("/movements/batch", {"movements": told}), "/movements/1/pays", "invalid_value")
    mistake(engine.post("/movements/batch", {"movements": []}), "/movements", "too_few")
    mistake(engine.post("/movements/batch", {"movements": [told[0]] * 101}), "/movements", "too_many")
    assert worlds.state() == before


def test_a_hundred_are_done_at_once_and_once(engine, rich):
    told = {"movements": [movement(rich, "fee", pays=coins("BTC", "0.0001"))] * 100}
    first = engine.post("/movements/batch", told, key="once")
    again = engine.post("/movements/batch", told, key="once")

    assert first.content == again.content
    assert {result["status"] for result in first.json()["results"]} == {"done"}
    assert posted(rich, "BTC") == 10**8 - 100 * 10**4
