"""What processors tell: each event once, in any order, and nothing that is not signed."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from pydantic import SecretStr

from echt import clock
from echt.holds.models import Hold, HoldPosition, Limit, Policy
from echt.mail.models import Message
from echt.wallets import chargebacks
from echt.wallets.actions.callbacks import Result, UnknownReference, expire, take
from echt.wallets.actions.settling import NotNow
from echt.wallets.failures import Failure
from echt.wallets.mails import Kind
from echt.wallets.models import Callback, Rate, Transfer
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.processors import messages, signatures
from echt.wallets.processors.contract import BadSignature, Happened, Malformed
from echt.wallets.processors.register import called
from echt.wallets.processors.sandbox import Sandbox
from echt.work.worker import run_until_idle
from tests.holds import worlds
from tests.wallets.exchanging import begin, event, state, tell

PAID, FAILED, EXPIRED, BACK = Happened.COMPLETED, Happened.FAILED, Happened.EXPIRED, Happened.CHARGED_BACK


@pytest.fixture
def purchase(lena, world):
    return begin(lena, world["BTC"])


@pytest.fixture
def answered(monkeypatch):
    """What a chargeback asks for, instead of what holds fill in."""
    asked = []
    monkeypatch.setattr(chargebacks, "_answering", [lambda purchase, *, at: asked.append((purchase.pk, at))])
    return asked


def mails():
    return list(Message.objects.order_by("created_at").values_list("kind", flat=True))


# Completed ----------------------------------------------------------------------------------------------------


def test_paid_the_coins_are_there_under_their_hold(purchase, account, world, travel):
    travel.shift(timedelta(minutes=5))
    assert tell(purchase, PAID) is Result.COMPLETED
    now = clock.now()
    assert (purchase.state, purchase.settled_at) == (PurchaseState.COMPLETED, now)
    assert worlds.parts(account, world["BTC"]) == (1_000_000, 1_000_000, 0)
    hold = Hold.objects.get(purchase=purchase.pk)
    assert (hold.hours, hold.acquired_at, hold.release_at) == (72, now, now + timedelta(hours=72))
    assert hold.transfer == purchase.transfer
    assert mails() == [Kind.PURCHASE_COMPLETED.value]
    travel.shift(timedelta(hours=72))
    assert worlds.parts(account, world["BTC"]) == (1_000_000, 0, 1_000_000)


@pytest.mark.parametrize("happened", [PAID, FAILED, EXPIRED])
def test_rule_1_the_same_event_twice_changes_nothing(purchase, happened):
    tell(purchase, happened)
    before = state()
    for _again in range(3):
        assert tell(purchase, happened) is Result.DUPLICATE
    assert state() == before


def test_rule_1_the_same_event_with_other_words_changes_nothing(purchase):
    tell(purchase, FAILED, name="one")
    before = state()
    assert tell(purchase, PAID, name="one") is Result.DUPLICATE
    assert state() == before


def test_rule_2_an_unknown_payment_may_be_told_again(purchase):
    before = state()
    with pytest.raises(UnknownReference):
        tell(purchase, PAID, reference="nobody's")
    assert state() == before


def test_rule_2_another_processors_payment_is_unknown(purchase):
    taker = called("sandbox-bank")
    before = state()
    with pytest.raises(UnknownReference):
        take(taker, event(purchase, PAID))
    assert state() == before


@pytest.mark.parametrize("later", [PAID, FAILED, EXPIRED])
def test_rule_3_a_completed_purchase_stays_completed(purchase, account, world, later):
    tell(purchase, PAID)
    assert tell(purchase, later, name="later") is Result.SETTLED
    assert purchase.state == PurchaseState.COMPLETED
    assert worlds.posted(account, world["BTC"]) == 1_000_000
    assert mails() == [Kind.PURCHASE_COMPLETED.value]


@pytest.mark.parametrize("first", [FAILED, EXPIRED])
def test_rule_3_what_is_paid_after_the_end_brings_no_coins_and_goes_back(purchase, account, world, first, gone_back):
    tell(purchase, first)
    assert tell(purchase, PAID) is Result.SETTLED
    assert worlds.posted(account, world["BTC"]) == 0
    assert Callback.objects.latest("pk").result == "settled:late"
    assert gone_back() == [(purchase.processor_reference, Failure.LATE)]
    assert mails() == [Kind.PURCHASE_FAILED.value] * 2, "whoever paid hears of it"


@pytest.fixture
def gone_back(monkeypatch):
    """What was told to go back to where it came from."""
    back = []
    monkeypatch.setattr(Sandbox, "give_back", lambda _self, reference, why: back.append((reference, why)))

    def done():
        run_until_idle()
        return back

    return done


@pytest.mark.parametrize(
    "wrong", [{"paid": 50_249}, {"paid": 50_251}, {"paid": 0}, {"currency": "USD"}, {"currency": ""}]
)
def test_rule_4_another_amount_is_no_payment(purchase, account, world, gone_back, wrong):
    assert tell(purchase, PAID, **wrong) is Result.FAILED
    assert purchase.state == PurchaseState.FAILED
    assert worlds.posted(account, world["BTC"]) == 0
    assert gone_back() == [(purchase.processor_reference, Failure.WRONG_AMOUNT)]
    assert mails() == [Kind.PURCHASE_FAILED.value]


def test_rule_4_the_instant_of_the_payment_counts(lena, world, travel):
    in_time, late = begin(lena, world["BTC"]), begin(lena, world["BTC"])
    travel.shift(timedelta(minutes=31))
    assert tell(in_time, PAID, at=in_time.expires_at, name="a") is Result.COMPLETED
    assert tell(late, PAID, at=late.expires_at + timedelta(seconds=1), name="b") is Result.FAILED


def test_nobody_paid_in_time(purchase, account, world, travel):
    travel.shift(timedelta(minutes=33))
    expire.func(purchase=str(purchase.pk))
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.EXPIRED
    before = state()
    expire.func(purchase=str(purchase.pk))
    assert state() == before


# What was told ------------------------------------------------------------------------------------------------


def policy(hours, **values):
    """A new version of the policy for cards, in force from now on."""
    old = Policy.objects.get(name="card", valid_until=None)
    Policy.objects.filter(pk=old.pk).update(valid_until=clock.now())
    return Policy.objects.create(name="card", version=old.version + 1, channel="card", hours=hours, **values)


def held_by(purchase):
    hold = Hold.objects.get(purchase=purchase.pk)
    return hold.hours, hold.policy_id, hold.release_at - hold.acquired_at


def test_rule_5_a_shorter_policy_changes_nothing_of_what_was_told(purchase):
    policy(24)
    tell(purchase, PAID)
    assert held_by(purchase) == (72, purchase.told_policy, timedelta(hours=72))


def test_rule_5_a_longer_one_counts_only_where_it_extends_open_holds(purchase, lena, world):
    policy(96)
    tell(purchase, PAID)
    assert held_by(purchase) == (72, purchase.told_policy, timedelta(hours=72))


def test_rule_5_a_longer_one_that_extends_open_holds_counts(purchase):
    longer = policy(96, extends_open=True)
    tell(purchase, PAID)
    assert held_by(purchase) == (96, longer.pk, timedelta(hours=96))


def test_rule_5_without_a_policy_what_was_told_counts(purchase):
    Policy.objects.filter(channel="card").update(valid_until=clock.now())
    tell(purchase, PAID)
    assert held_by(purchase) == (72, purchase.told_policy, timedelta(hours=72))


def test_rule_5_what_was_told_to_be_free_is_free(lena, world, account):
    policy(0)
    free = begin(lena, world["BTC"])
    policy(48)
    tell(free, PAID)
    assert worlds.parts(account, world["BTC"]) == (1_000_000, 0, 1_000_000)
    assert not HoldPosition.objects.exists()


# The gate -----------------------------------------------------------------------------------------------------


def test_rule_6_who_may_not_buy_any_more_gets_the_payment_back(purchase, lena, account, world, gone_back):
    lena.level_grants.update(revoked_at=clock.now())
    assert tell(purchase, PAID) is Result.FAILED
    assert purchase.state == PurchaseState.FAILED
    assert worlds.posted(account, world["BTC"]) == 0
    assert Transfer.objects.get(key=f"purchase:{purchase.pk}").outcome == "refused"
    assert gone_back() == [(purchase.processor_reference, Failure.NOT_ALLOWED)]


def test_rule_6_without_a_fresh_price_it_is_to_be_told_again(lena, world):
    purchase = begin(lena, world["ETH"])
    Limit.objects.filter(counts="fiat", level="advanced").update(sats=10**12)
    Rate.objects.update(good_until=clock.now())
    before = state()
    with pytest.raises(NotNow):
        tell(purchase, PAID)
    assert state() == before
    Rate.objects.update(good_until=clock.now() + timedelta(hours=1))
    assert tell(purchase, PAID) is Result.COMPLETED


# Chargebacks --------------------------------------------------------------------------------------------------


def test_rule_7_a_chargeback_freezes_in_the_same_transaction(purchase, answered, travel):
    tell(purchase, PAID)
    travel.shift(timedelta(days=2))
    assert tell(purchase, BACK) is Result.CHARGED_BACK
    assert purchase.state == PurchaseState.CHARGED_BACK
    assert answered == [(purchase.pk, clock.now())]
    assert mails() == [Kind.PURCHASE_COMPLETED.value, Kind.PURCHASE_CHARGED_BACK.value]
    before = state()
    assert tell(purchase, BACK) is Result.DUPLICATE
    assert state() == before
    assert tell(purchase, BACK, name="another") is Result.SETTLED
    assert len(answered) == 1


def test_rule_7_if_it_cannot_be_frozen_nothing_is_counted(purchase, monkeypatch):
    def fails(purchase, *, at):
        raise RuntimeError("not now")

    tell(purchase, PAID)
    monkeypatch.setattr(chargebacks, "_answering", [fails])
    before = state()
    with pytest.raises(RuntimeError):
        tell(purchase, BACK)
    assert state() == before


def test_rule_7_told_before_the_payment_there_are_no_coins(purchase, answered, account, world):
    assert tell(purchase, BACK) is Result.FAILED
    assert tell(purchase, PAID) is Result.SETTLED
    assert purchase.state == PurchaseState.FAILED
    assert worlds.posted(account, world["BTC"]) == 0
    assert answered == []


def test_what_holds_do_at_a_chargeback(purchase, account, world, travel):
    """The real thing, where it is filled in."""
    if not chargebacks._answering:
        pytest.skip("holds fill it in")
    tell(purchase, PAID)
    tell(purchase, BACK)
    travel.shift(timedelta(days=30))
    assert worlds.parts(account, world["BTC"]) == (1_000_000, 1_000_000, 0)


# Over HTTP ----------------------------------------------------------------------------------------------------


def post(client, purchase, body, *, signature=None, processor=None):
    name = processor or purchase.processor
    signature = signatures.sign(name, body) if signature is None else signature
    return client.post(
        f"/payments/{name}/", body, content_type="application/json", headers={"Echt-Signature": signature}
    )


def test_counted_over_http_without_a_session_and_a_token(purchase, client, account, world):
    body = messages.write(event(purchase, PAID))
    outside = Client(enforce_csrf_checks=True)
    first, second = post(outside, purchase, body), post(outside, purchase, body)
    assert (first.status_code, first.json()) == (200, {"result": "completed"})
    assert (second.status_code, second.json()) == (200, {"result": "duplicate"})
    assert worlds.posted(account, world["BTC"]) == 1_000_000


def test_what_is_not_signed_is_not_counted(purchase, client, travel):
    body = messages.write(event(purchase, PAID))
    good = signatures.sign(purchase.processor, body)
    others = signatures.sign("sandbox-bank", body)
    last = "0" if good[-1] != "0" else "1"
    before = state()
    for wrong in ("", "x", good[:-1], good[:-1] + last, others, good.replace("t=", "t=1"), f"{good},{good}"):
        answer = post(client, purchase, body, signature=wrong)
        assert answer.status_code == 401, wrong
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert post(client, purchase, body + b" ", signature=good).status_code == 401
    travel.shift(timedelta(minutes=5, seconds=1))
    assert post(client, purchase, body, signature=good).status_code == 401
    assert state() == before


GOOD = {"event": "e", "happened": "completed", "reference": "r", "at": "2026-11-22T12:00:00+00:00", "paid": "1"}


def test_what_is_signed_and_says_nothing_is_refused(purchase, client):
    for wrong in [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 10_000,
        json.dumps(GOOD | {"event": ""}).encode(),
        json.dumps(GOOD | {"event": 7}).encode(),
        json.dumps(GOOD | {"event": "x" * 121}).encode(),
        json.dumps(GOOD | {"event": "a\nb"}).encode(),
        json.dumps(GOOD | {"happened": "perhaps"}).encode(),
        json.dumps(GOOD | {"reference": None}).encode(),
        json.dumps(GOOD | {"at": "yesterday"}).encode(),
        json.dumps(GOOD | {"at": "2026-11-22T12:00:00"}).encode(),
        json.dumps(GOOD | {"at": "2027-11-22T12:00:00+00:00"}).encode(),
        json.dumps(GOOD | {"paid": 1}).encode(),
        json.dumps(GOOD | {"paid": "-1"}).encode(),
        json.dumps(GOOD | {"paid": "1e5"}).encode(),
        json.dumps(GOOD | {"paid": "9" * 79}).encode(),
        json.dumps(GOOD | {"failure": "boredom"}).encode(),
    ]:
        before = state()
        answer = post(client, purchase, wrong)
        assert answer.status_code == 400
        assert answer.json()["status"] == 400
        assert state() == before


def test_other_refusals_over_http(purchase, client, set_wallets):
    before = state()
    stranger = messages.write(event(purchase, PAID, reference="nobody's"))
    assert post(client, purchase, stranger).status_code == 404
    assert post(client, purchase, stranger, processor="nobody").status_code == 404
    assert post(client, purchase, b" " * (16 * 1024 + 1)).status_code == 413
    assert client.get(f"/payments/{purchase.processor}/").status_code == 405
    set_wallets(sandbox=False)
    assert post(client, purchase, messages.write(event(purchase, PAID))).status_code == 404
    assert state() == before


def test_not_now_is_told_to_whoever_sends(purchase, client, monkeypatch):
    def not_now(**_values):
        raise NotNow

    monkeypatch.setattr("echt.wallets.views.callbacks.receive", not_now)
    answer = post(client, purchase, messages.write(event(purchase, PAID)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


def test_each_processor_signs_with_a_key_of_its_own(purchase, set_wallets):
    taker, body = called(purchase.processor), messages.write(event(purchase, PAID))
    derived = signatures.sign(taker.name, body)
    set_wallets(sandbox=True, callback_keys={taker.name: SecretStr("of the operator")})
    with pytest.raises(BadSignature):
        taker.read(signature=derived, body=body)
    assert taker.read(signature=signatures.sign(taker.name, body), body=body).paid == 50_250
    with pytest.raises(Malformed):
        taker.read(signature=signatures.sign(taker.name, b"{}"), body=b"{}")


def test_every_channel_has_a_sandbox(lena, world):
    for channel in (Channel.CARD, Channel.BANK, Channel.PROCESSOR, Channel.P2P):
        assert tell(begin(lena, world["BTC"], channel=channel), PAID, name=channel.value) is Result.COMPLETED
