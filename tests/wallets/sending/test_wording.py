"""An answer in sentences: every reason has one, and what may move now is never too much."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from echt.wallets.answers import Answer, Code, Reason, Room
from echt.wallets.models import Asset
from echt.wallets.operations import Operation
from echt.wallets.wording import movable_now, sentences_of

AT = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
LATER = AT + timedelta(hours=24, minutes=5)
COIN = 10**8
BTC = Asset(pk=1, code="BTC", name="Bitcoin", decimals=8)


def refused(*codes, until=LATER, **changed):
    values = {
        "asset": 1,
        "units": COIN,
        "posted": COIN,
        "held": 4_200_000,
        "movable": 95_800_000,
        "next_release_at": until,
        "evaluated_at": AT,
        "level": "none",
    }
    reasons = tuple(Reason(code=code, until=until) for code in codes)
    return Answer(allowed=False, reasons=reasons, **(values | changed))


def told(answer, operation=Operation.WITHDRAW, asset=BTC):
    with translation.override("en"):
        return " ".join(sentences_of(answer, asset, operation)).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("code", Code)
def test_rule_1_every_reason_has_a_sentence_with_and_without_moment_and_asset(code, language):
    with translation.override(language):
        for until in (LATER, None):
            for asset in (BTC, None):
                for operation in Operation:
                    assert sentences_of(refused(code, until=until), asset, operation)


def test_rule_1_none_is_left_out():
    every = told(refused(*Code))
    assert all(word in every for word in ("held", "pauses", "identified", "limit", "price", "clocks", "write to us"))


def test_what_was_allowed_needs_no_sentence():
    assert sentences_of(Answer(allowed=True), BTC, Operation.WITHDRAW) == []


def test_held_units_say_how_many_until_when_and_what_may_go():
    said = told(refused(Code.HELD))
    assert "0.04200000 BTC are held until 23 Nov 2026, 13:05" in said or "23 Nov 2026, 12:05" in said
    assert "0.95800000 BTC may leave now." in said


def test_rule_3_frozen_units_have_no_moment():
    said = told(refused(Code.HELD, until=None))
    assert "0.04200000 BTC are frozen until our team has looked at them." in said


def test_rule_2_the_smallest_of_balance_holds_and_limits_may_move():
    rooms = (Room(window=24, sats=10 * COIN, used=99 * COIN // 10), Room(window=720, sats=None, used=0))
    answer = refused(Code.LIMIT, rooms=rooms, sats=2 * COIN)
    assert movable_now(answer) == COIN // 20
    assert "0.10000000 BTC of 10 BTC are left" in told(answer)
    assert "room for this comes back on" in told(answer)
    assert "0.05000000 BTC may leave now." in told(answer)


@pytest.mark.parametrize("code", [Code.FROZEN, Code.LEVEL, Code.LIMIT_MISSING, Code.PRICE_STALE, Code.CLOCK])
def test_rule_2_with_a_reason_that_stops_nothing_may_move(code):
    assert movable_now(refused(code)) == 0
    assert "may leave now" not in told(refused(code))


def test_more_than_the_whole_limit_is_said():
    answer = refused(Code.LIMIT, until=None, rooms=(Room(window=24, sats=COIN, used=0),), sats=2 * COIN)
    assert "this is more than the whole limit" in told(answer)


def test_the_level_says_where_one_is_identified():
    assert "under Identification" in told(refused(Code.LEVEL))
    assert "not in your country" in told(refused(Code.LEVEL, level="primary"))
