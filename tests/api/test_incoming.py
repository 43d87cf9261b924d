"""Purchases that were paid for elsewhere, their holds, chargebacks, and deposits."""

from datetime import timedelta

import pytest

from echt import clock
from echt.holds.models import Hold, Policy
from echt.wallets.models import Purchase, Transfer
from echt.wallets.models.purchases import PurchaseState
from tests.api.engine import coins, deposit, mistake, problem, purchase
from tests.holds import worlds

pytestmark = pytest.mark.django_db
ABSENT = "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"


def btc():
    return worlds.asset("BTC", 8)


def test_a_purchase_brings_coins_under_their_hold(engine, lena, travel):
    bought = clock.now() - timedelta(hours=1)
    answer = engine.post("/purchases", purchase(lena, bought_at=f"{bought:%Y-%m-%dT%H:%M:%S}+00:00"))
    told = answer.json()

    assert answer.status_code == 201
    assert (told["state"], told["amount"], told["paid"]) == ("completed", "0.01000000", "875.00")
    assert told["hold"]["hours"] == 72
    assert told["hold"]["until"] == f"{bought + timedelta(hours=72):%Y-%m-%dT%H:%M:%SZ}"
    assert told["hold"]["held"] == [{"asset": "BTC", "amount": "0.01000000", "until": told["hold"]["until"]}]
    assert set(told["hold"]["restricts"]) == {"withdraw", "send", "sell", "sell_p2p", "withdraw_fiat", "gift"}
    assert worlds.parts(lena, btc()) == (10**6, 10**6, 0)
    assert engine.get(f"/purchases/{told['id']}").json() == told


def test_a_reference_of_a_processor_counts_once(engine, lena, till):
    first = engine.post("/purchases", purchase(lena)).json()
    before = worlds.state()
    for told in (purchase(lena), purchase(lena, amount="0.02"), purchase(till)):
        assert problem(engine.post("/purchases", told), 409, "already_recorded")["record"] == first["id"]
    assert worlds.state() == before
    assert engine.post("/purchases", purchase(lena, processor="adyen")).status_code == 201


def test_without_a_policy_nothing_is_recorded(engine, lena):
    Policy.objects.update(valid_until=clock.now())
    problem(engine.post("/purchases", purchase(lena)), 409, "no_policy")
    assert not Purchase.objects.exists()
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        ({"channel": "onchain"}, "/channel", "unknown_value"),
        ({"currency": "USDT"}, "/currency", "not_fiat"),
        ({"asset": "EUR"}, "/asset", "not_crypto"),
        ({"paid": "1.001"}, "/paid", "too_many_decimals"),
        ({"bought_at": "2026-11-27T12:00:00"}, "/bought_at", "invalid_value"),
        ({"bought_at": 1_795_000_000}, "/bought_at", "invalid_value"),
        ({"bought_at": "2999-01-01T00:00:00Z"}, "/bought_at", "not_now"),
        ({"bought_at": "2000-01-01T00:00:00Z"}, "/bought_at", "not_now"),
        ({"processor_reference": ""}, "/processor_reference", "invalid_value"),
        ({"processor_reference": "a\x00"}, "/processor_reference", "invalid_value"),
    ],
)
def test_mistakes_record_nothing(engine, lena, changed, pointer, code):
    mistake(engine.post("/purchases", purchase(lena, **changed)), pointer, code)
    assert not Purchase.objects.exists()
    assert not Transfer.objects.exists()


def test_an_account_that_is_not_there_gets_nothing(engine, lena):
    problem(engine.post("/purchases", purchase(lena, account=ABSENT)), 404, "not_found")
    problem(engine.post("/deposits", deposit(lena, account=ABSENT)), 404, "not_found")
    assert not Transfer.objects.exists()


def test_a_chargeback_freezes_what_is_left_wherever_it_went(engine, lena, travel):
    bought = engine.post("/purchases", purchase(lena, amount="1")).json()
    engine.move(lena, "trade", pays=coins("BTC", "0.4"), gets=coins("USDT", "35000"))
    told = engine.post(f"/purchases/{bought['id']}/chargeback", {}).json()

    assert told["state"] == "charged_back"
    assert told["hold"]["is_frozen"] is True
    assert told["hold"]["until"] is None
    travel.shift(timedelta(days=30))
    assert engine.ask(lena, "withdraw", "BTC", "0.6").json()["movable"] == "0.00000000"
    assert engine.ask(lena, "withdraw", "USDT", "1").json()["movable"] == "0.000000"
    hold = engine.get(f"/holds/{told['hold']['id']}").json()
    assert [event["kind"] for event in hold["events"]] == ["placed", "moved", "frozen"]

    before = worlds.state()
    assert engine.post(f"/purchases/{bought['id']}/chargeback", {}).json()["state"] == "charged_back"
    assert worlds.state() == before


def test_what_was_never_completed_cannot_be_charged_back(engine, lena):
    engine.post("/purchases", purchase(lena))
    Purchase.objects.update(state=PurchaseState.FAILED.value)
    before = worlds.state()
    problem(engine.post(f"/purchases/{Purchase.objects.get().pk}/chargeback", {}), 409, "not_completed")
    assert worlds.state() == before


def test_purchases_that_are_not_there(engine):
    problem(engine.get(f"/purchases/{ABSENT}"), 404, "not_found")
    problem(engine.post(f"/purchases/{ABSENT}/chargeback", {}), 404, "not_found")
    problem(engine.get(f"/holds/{ABSENT}"), 404, "not_found")


def test_a_deposit_is_credited_once_however_often_it_is_told(engine, lena, till):
    first = engine.post("/deposits", deposit(lena))
    again = engine.post("/deposits", deposit(lena))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.json()["hold"] is None
    assert worlds.posted(lena, btc()) == 25_000_000
    problem(engine.post("/deposits", deposit(lena, amount="0.26")), 409, "already_recorded")
    assert worlds.posted(lena, btc()) == 25_000_000
    assert engine.post("/deposits", deposit(till)).status_code == 201


def test_a_policy_can_hold_what_comes_over_the_chain(engine, lena):
    Policy.objects.create(name="chain", version=1, channel="onchain", hours=24, firm_hours=0)
    told = engine.post("/deposits", deposit(lena)).json()

    assert told["hold"]["hours"] == 24
    assert worlds.parts(lena, btc()) == (25_000_000, 25_000_000, 0)
    assert engine.post("/deposits", deposit(lena, asset="EUR", amount="10.00")).status_code == 409
    assert (
        engine.post("/deposits", deposit(lena, asset="EUR", amount="10.00", reference="sepa-1")).json()["hold"] is None
    )


def test_holds_come_by_the_page(engine, lena, travel):
    for number in range(5):
        engine.post("/purchases", purchase(lena, processor_reference=f"ch_{number}"))
        travel.shift(timedelta(minutes=1))
    path, seen, after = f"/accounts/{lena.pk}/holds", [], ""
    while after is not None:
        page = engine.get(path, size=2, after=after).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]

    assert seen == [str(hold.pk) for hold in Hold.objects.order_by("acquired_at")]
    assert engine.get(path, earlier="true").json() == {"items": [], "next": None}
    assert engine.get(path, asset="USDT").json()["items"] == []
    travel.shift(timedelta(hours=72))
    assert len(engine.get(path, earlier="true").json()["items"]) == 5
    assert engine.get(f"/accounts/{lena.pk}").json()["open_holds"] == 0


def test_pages_that_are_none(engine, lena):
    path = f"/accounts/{lena.pk}/holds"
    mistake(engine.get(path, after="nonsense"), "/after", "cursor_unknown")
    mistake(engine.get(path, after="2026-11-27T12:00:00_x"), "/after", "cursor_unknown")
    mistake(engine.get(path, size=0), "/size", "invalid_value")
    mistake(engine.get(path, size=101), "/size", "invalid_value")
    mistake(engine.get(path, asset="DOGE"), "/asset", "asset_unknown")
