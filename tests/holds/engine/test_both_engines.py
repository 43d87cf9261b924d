"""The stored functions answer as the plain ones do, to every question: only where there is PostgreSQL."""

import itertools
import random
from datetime import timedelta

import pytest
from django.db import connection

from echt import clock
from echt.accounts.models import Freeze, FreezeReason
from echt.holds.engine import plain, stored
from echt.holds.models import FOREVER, HoldPosition, Limit, Usage
from echt.vault.ids import uuid7
from echt.wallets.access import account_of
from echt.wallets.models import Rate
from echt.wallets.operations import Operation, bits_of
from tests.holds import worlds
from tests.identity.cases import a_case

pytestmark = pytest.mark.django_db

ASKED = (Operation.WITHDRAW, Operation.SEND, Operation.SELL, Operation.CONVERT, Operation.BUY, Operation.GIFT)


def test_every_question_has_one_answer(travel, customer):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no stored functions.")
    chance = random.Random(5)
    coins = [worlds.asset("BTC", 8), worlds.asset("ETH", 18), worlds.asset("NEAR", 24), worlds.asset("EUR", 2, "fiat")]
    for coin, price in zip(coins[:3], (60_000, 2_500, 2), strict=True):
        worlds.rate(coin, price)
    Limit.objects.create(country="DEU", counts="outgoing", window=24, sats=5 * 10**8)
    Limit.objects.create(level="none", counts="outgoing", window=720, sats=12 * 10**8)
    mine, other = account_of(customer), worlds.account()
    for account, coin in itertools.product((mine, other), coins):
        worlds.deposit(account, coin, 3 * coin.unit + 1)
        worlds.bought(account, coin, coin.unit, hours=chance.choice([1, 24]))
        worlds.bought(account, coin, coin.unit, hours=72, restricts=bits_of([Operation.WITHDRAW, Operation.GIFT]))
        for hours in (0, 23, 30):
            sats = chance.choice([1, 10**8, 8 * 10**8])
            at = clock.now() - timedelta(hours=hours)
            Usage.objects.create(transfer=uuid7(), account=account, counts="outgoing", sats=sats, at=at)
    HoldPosition.objects.filter(balance__asset=coins[1]).update(release_at=FOREVER)

    seen = set()
    for step in (as_it_is, verified, frozen, stale, institution):
        step(customer, mine)
        for account, coin, operation in itertools.product((mine, other), coins, ASKED):
            for units in (coin.unit, 4 * coin.unit, 5 * coin.unit + 1, 500 * coin.unit):
                question = (account.pk, operation, coin.pk, units)
                answer = stored.ask(*question)
                assert answer == plain.ask(*question), question
                seen |= {reason.code for reason in answer.reasons}
        travel.shift(timedelta(minutes=30))
    assert {code.value for code in seen} >= {
        "insufficient",
        "held",
        "frozen",
        "level",
        "limit",
        "price_missing",
        "price_stale",
    }


def as_it_is(_customer, _account):
    """Without a level."""


def verified(customer, _account):
    from echt.identity.models import LevelGrant
    from echt.identity.states import State

    case = a_case(customer, state=State.APPROVED)
    LevelGrant.objects.create(applicant=customer, level="primary", case=case, begins_at=clock.now())


def frozen(customer, _account):
    now = clock.now()
    Freeze.objects.create(
        owner=customer, reason=FreezeReason.RECOVERED.value, begins_at=now, ends_at=now + timedelta(hours=1)
    )


def stale(_customer, _account):
    Rate.objects.filter(asset__code="ETH").update(good_until=clock.now())


def institution(_customer, account):
    account.institution_until = clock.now() + timedelta(days=1)
    account.save()
