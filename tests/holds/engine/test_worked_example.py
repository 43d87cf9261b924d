"""The worked example of `docs/wallets.md`, number by number."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from echt.holds.models import FOREVER, Hold, HoldEvent, HoldPosition
from echt.wallets.answers import Code
from echt.wallets.models import Account
from tests.holds import worlds
from tests.holds.worlds import bought, convert, deposit, parts, withdraw

pytestmark = pytest.mark.django_db

USDT = 10**6
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def lena() -> Account:
    worlds.no_limits()
    return worlds.account()


def at(hours: int) -> time_machine.travel:
    return time_machine.travel(MONDAY + timedelta(hours=hours), tick=False)


def test_every_number_of_the_worked_example(lena: Account) -> None:
    usdt, btc = worlds.asset("USDT", 6), worlds.asset("BTC", 8)

    with at(10):
        deposit(lena, usdt, 1000 * USDT)
        assert parts(lena, usdt) == (1000 * USDT, 0, 1000 * USDT)
    with at(12):
        card = bought(lena, usdt, 500 * USDT, hours=72)
        assert card.release_at == MONDAY + timedelta(days=3, hours=12)
        assert parts(lena, usdt) == (1500 * USDT, 500 * USDT, 1000 * USDT)
    with at(15):
        p2p = bought(lena, usdt, 600 * USDT, hours=24, channel="p2p")
        assert p2p.release_at == MONDAY + timedelta(days=1, hours=15)
        assert parts(lena, usdt) == (2100 * USDT, 1100 * USDT, 1000 * USDT)
    with at(16):
        assert convert(lena, (usdt, 1800 * USDT), (btc, 2_997_000), fee=3_000).allowed
        assert parts(lena, usdt) == (300 * USDT, 300 * USDT, 0)
        assert parts(lena, btc) == (2_997_000, 1_332_000, 1_665_000)
        assert units(card, btc) == 832_500
        assert units(p2p, btc) == 499_500
        assert units(card, usdt) == 0
        assert units(p2p, usdt) == 300 * USDT
    with at(24 + 15):
        assert parts(lena, usdt) == (300 * USDT, 0, 300 * USDT)
        assert parts(lena, btc) == (2_997_000, 832_500, 2_164_500)
    with at(24 + 18):
        Hold.objects.filter(pk=card.hold).update(release_at=FOREVER)
        HoldPosition.objects.filter(hold=card.hold).update(release_at=FOREVER)
        assert parts(lena, usdt) == (300 * USDT, 0, 300 * USDT)
        refused = withdraw(lena, btc, 2_164_501)
        assert not refused.allowed
        assert refused.movable == 2_164_500
        assert [(reason.code, reason.until) for reason in refused.reasons] == [(Code.HELD, None)]
        assert withdraw(lena, btc, 2_164_500).allowed
        assert parts(lena, btc) == (832_500, 832_500, 0)

    moved = HoldEvent.objects.filter(kind="moved").values_list("hold", "taken", "given")
    assert sorted(moved, key=lambda it: it[1]) == [(p2p.hold, 300 * USDT, 499_500), (card.hold, 500 * USDT, 832_500)]


def units(terms: object, coin: object) -> int:
    found = HoldPosition.objects.filter(hold=terms.hold, balance__asset=coin).first()
    return found.remaining if found else 0
