from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from echt.ui.models import LimitWindow
from echt.ui.rate_limits import RateLimit, TooMany
from tests.many_processes import house

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMIT = RateLimit("test", count=3, seconds=60)


@pytest.fixture
def clock(db):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_rule_1_exactly_count_takes_in_one_window(clock):
    assert [LIMIT.take("key") for _ in range(5)] == [True, True, True, False, False]


def test_rule_1_a_window_opens_with_the_first_take_and_lasts_its_seconds(clock):
    for _ in range(4):
        LIMIT.take("key")

    clock.shift(timedelta(seconds=59, milliseconds=999))
    assert not LIMIT.take("key")
    clock.shift(timedelta(milliseconds=1))
    assert LIMIT.take("key")


def test_rule_1_keys_and_limits_do_not_share(clock):
    for _ in range(3):
        LIMIT.take("key")

    assert LIMIT.take("another key")
    assert RateLimit("another", count=3, seconds=60).take("key")
    assert not LIMIT.take("key")


def test_too_many_says_when_to_try_again(clock):
    for _ in range(3):
        LIMIT.require("key")
    clock.shift(timedelta(seconds=20, milliseconds=1))

    with pytest.raises(TooMany) as refused:
        LIMIT.require("key")

    assert refused.value.retry_after == 40


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_rule_2_any_number_of_processes_together_let_exactly_count_through(tmp_path):
    with house(tmp_path, "ui") as opened:
        takers = [opened.start("tests.ui.takes:take", times=10) for _ in range(4)]
        allowed = [opened.result(taker) for taker in takers]

        assert sum(allowed) == 10
        assert opened.call("tests.ui.takes:taken") == 40


@pytest.mark.django_db(transaction=True)
def test_rule_3_a_take_inside_a_transaction_is_refused():
    """A rollback would give it back, and guessing would be free."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        LIMIT.take("key")

    assert not LimitWindow.objects.exists()


def test_rule_4_the_table_holds_no_key(clock):
    LIMIT.take("lena@posteo.example")

    bucket = LimitWindow.objects.get().bucket
    assert len(bucket) == 64
    assert int(bucket, 16)
    assert "lena" not in bucket


def test_rule_4_the_hash_is_keyed(clock, settings):
    LIMIT.take("key")
    settings.SECRET_KEY = "another"
    LIMIT.take("key")

    assert LimitWindow.objects.count() == 2


def test_rule_5_ended_windows_are_swept_away_as_new_ones_open(clock):
    for number in range(5):
        LIMIT.take(f"old {number}")
    clock.shift(timedelta(seconds=60))
    RateLimit("long", count=1, seconds=3600).take("key")

    assert LimitWindow.objects.count() == 1


def test_rule_5_open_windows_stay(clock):
    LIMIT.take("first")
    clock.shift(timedelta(seconds=30))
    LIMIT.take("second")

    assert LimitWindow.objects.count() == 2
