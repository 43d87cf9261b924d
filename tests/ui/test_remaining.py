from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from echt.ui.remaining import remaining

NOW = datetime(2026, 11, 22, 12, 36, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), timezone.override("Europe/Berlin"), translation.override("de"):
        yield


def test_time_left_comes_first_and_the_exact_end_below():
    shown = remaining(NOW + timedelta(hours=2, minutes=5), reason="neue Authenticator-App")

    assert shown["left"] == "noch 2 h 05 min"
    assert shown["until"] == "bis heute, 15:41 Uhr"
    assert shown["exact"] == "22. Nov. 2026, 15:41 MEZ"
    assert shown["iso"] == "2026-11-22T14:41:00Z"
    assert shown["seconds"] == 7500
    assert shown["reason"] == "Grund: neue Authenticator-App"


@pytest.mark.parametrize(
    ("left", "held", "kind"),
    [
        (timedelta(hours=4), False, ""),
        (timedelta(hours=4), True, "warning"),
        (timedelta(hours=3, minutes=59), False, "warning"),
        (timedelta(hours=1), False, "warning"),
        (timedelta(minutes=59), False, "danger"),
        (timedelta(minutes=59), True, "danger"),
    ],
)
def test_it_looks_as_near_as_it_is(left, held, kind):
    assert remaining(NOW + left, held=held)["kind"] == kind


@pytest.mark.parametrize(("passed", "share"), [(-1, 0), (0, 0), (17, 70), (24, 100), (30, 100)])
def test_the_bar_fills_from_begin_to_end(passed, share):
    begin = NOW - timedelta(hours=passed)

    assert remaining(begin + timedelta(hours=24), since=begin)["share"] == share


def test_without_a_begin_there_is_no_bar():
    assert remaining(NOW + timedelta(hours=1))["share"] is None


def test_what_is_over_says_so():
    shown = remaining(NOW - timedelta(seconds=1), since=NOW - timedelta(seconds=1))

    assert shown["seconds"] == 0
    assert shown["left"] == "vorbei"
    assert shown["share"] == 100
