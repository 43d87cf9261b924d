"""Marks and score: the rules of `risk`."""

from datetime import timedelta
from uuid import uuid4

import pytest

from echt import clock
from echt.accounts.models import FreezeReason
from echt.holds.models import Hold
from echt.holds.risk import LABELS, SENTENCES, WEIGHTS, Mark, rescore, rescore_open, score_for, score_of
from echt.wallets.access import account_of
from echt.wallets.models import Address, Network, Purchase
from echt.wallets.models.purchases import Channel
from tests.holds import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

DAY = timedelta(hours=24)


def bought_before(account, coin, *, channel="card", ago=timedelta(hours=1)):
    return Purchase.objects.create(
        account=account,
        channel=channel,
        state="completed",
        asset=coin,
        amount=1,
        processor="sandbox",
        processor_reference=uuid4().hex,
        created_at=clock.now() - ago,
    )


def marks_for(account, coin, units=1, channel=Channel.CARD):
    score, marks = score_for(account=account, asset=coin, units=units, channel=channel, at=clock.now())
    assert score == score_of(marks)
    return set(marks)


def with_address(account, value="same"):
    coin = worlds.asset("BTC", 8)
    network, _made = Network.objects.get_or_create(asset=coin, code="btc", defaults={"name": "Bitcoin", "rule": "btc"})
    return Address.objects.create(
        account=account,
        subject=account.owner_id,
        network=network,
        value=value,
        label="",
        index=value,
        active_from=clock.now(),
    )


@pytest.fixture
def grown(account, usdt, travel):
    """An account that is not new, has bought before, and stands out by nothing."""
    bought_before(account, usdt)
    travel.shift(30 * DAY)
    return account


def test_every_mark_has_a_weight_and_words():
    assert set(Mark) == set(WEIGHTS) == set(LABELS) == set(SENTENCES)


def test_an_account_that_stands_out_by_nothing(grown, usdt):
    assert score_for(account=grown, asset=usdt, units=1, channel=Channel.CARD, at=clock.now()) == (0, ())


def test_a_new_account_and_its_first_purchase(account, usdt):
    assert marks_for(account, usdt) == {"first_purchase", "young_account"}


def test_rule_4_size_is_judged_in_bitcoin_and_without_a_price_not_at_all(grown, usdt, btc):
    assert marks_for(grown, usdt, 30_000_000_000) == set()
    worlds.rate(usdt, 1)
    worlds.rate(btc, 60_000)
    assert marks_for(grown, usdt, 29_999_000_000) == set()
    assert marks_for(grown, usdt, 30_000_000_000) == {"large"}


def test_many_purchases_and_several_channels_within_a_day(grown, usdt):
    for _time in range(2):
        bought_before(grown, usdt)
    bought_before(grown, usdt, ago=DAY)
    assert marks_for(grown, usdt) == set()
    bought_before(grown, usdt)
    assert marks_for(grown, usdt) == {"many_purchases"}
    assert marks_for(grown, usdt, channel=Channel.BANK) == {"many_purchases", "several_channels"}


def test_high_risk_shared_address_and_a_change_of_security(grown, usdt, stranger):
    grown.risk = "high"
    now = clock.now()
    grown.owner.freezes.create(reason=FreezeReason.PASSWORD_RESET, begins_at=now, ends_at=now + DAY)
    with_address(grown)
    assert "shared_address" not in marks_for(grown, usdt)
    with_address(account_of(stranger))
    assert marks_for(grown, usdt) == {"high_risk", "shared_address", "security_change"}


def test_rule_2_the_score_is_a_sum_and_at_most_100():
    assert score_of(["large", "first_purchase", "unheard_of"]) == 30
    assert score_of(Mark) == 100


def test_rule_3_an_attempt_to_move_what_is_held_is_seen_later_and_stays(grown, usdt, travel):
    worlds.no_limits()
    hold = Hold.objects.get(pk=worlds.bought(grown, usdt, 1_000_000, hours=72).hold)
    other = Hold.objects.get(pk=worlds.bought(worlds.account(), usdt, 1_000_000, hours=72).hold)
    assert rescore_open() == 0
    travel.shift(timedelta(minutes=1))
    assert not worlds.withdraw(grown, usdt, 1).allowed
    assert rescore_open() == 1
    hold.refresh_from_db()
    other.refresh_from_db()
    assert (hold.marks, hold.score, other.marks) == (["refused_attempts"], 25, [])
    assert rescore_open() == 0


def test_rescoring_asks_no_more_for_many_holds_than_for_one(grown, usdt, django_assert_max_num_queries):
    for _time in range(20):
        worlds.bought(grown, usdt, 1)
    grown.risk = "high"
    grown.save()
    holds = list(Hold.objects.select_related("account"))
    with django_assert_max_num_queries(8):
        assert rescore(holds) == 20
