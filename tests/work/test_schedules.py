"""The rules of `echt.work.schedules`."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from echt.work import schedules
from echt.work.models import Schedule
from echt.work.schedules import Repeated, every, tick
from echt.work.worker import run_until_idle
from tests.many_processes import house
from tests.work import sample_jobs
from tests.work.conftest import NOON

HOURLY = {sample_jobs.repeat.module_path: Repeated(sample_jobs.repeat, timedelta(hours=1))}


@pytest.mark.django_db
def test_a_schedule_begins_at_once_and_then_runs_on_its_grid(runs, clock):
    ran = []
    for minute in range(0, 200, 10):
        ran += [minute] * tick(HOURLY)
        run_until_idle()
        clock.shift(600)

    assert ran == [0, 60, 120, 180]
    assert len(runs) == 4


@pytest.mark.django_db
def test_rule_1_whoever_comes_second_takes_nothing(runs, clock, monkeypatch):
    """Another worker takes the tick between our look and our move."""
    tick(HOURLY)
    run_until_idle()
    clock.shift(3600)
    look = Schedule.objects.in_bulk

    def look_and_be_overtaken():
        seen = look()
        monkeypatch.undo()
        assert tick(HOURLY) == 1
        return seen

    monkeypatch.setattr(Schedule.objects, "in_bulk", look_and_be_overtaken)

    assert tick(HOURLY) == 0
    assert run_until_idle() == 1


@pytest.mark.django_db
def test_rule_1_a_worker_that_is_slow_between_clock_and_table_takes_no_second_tick(runs, clock, monkeypatch):
    """Time passes and another worker takes the tick while we read the table."""
    tick(HOURLY)
    run_until_idle()
    clock.shift(3599)
    look = Schedule.objects.in_bulk

    def look_slowly():
        monkeypatch.undo()
        clock.shift(1)
        assert tick(HOURLY) == 1
        return look()

    monkeypatch.setattr(Schedule.objects, "in_bulk", look_slowly)

    assert tick(HOURLY) == 0


@pytest.mark.django_db
def test_rule_1_a_clock_that_is_behind_takes_no_second_tick(runs, clock):
    tick(HOURLY)
    run_until_idle()
    clock.shift(-5)

    assert tick(HOURLY) == 0


@pytest.mark.django_db
def test_rule_2_missed_ticks_are_not_made_up_for(runs, clock):
    tick(HOURLY)
    run_until_idle()
    clock.shift(timedelta(hours=5, minutes=20))

    assert tick(HOURLY) == 1
    assert run_until_idle() == 1
    schedule = Schedule.objects.get()
    assert (schedule.last_run, schedule.next_run) == (
        NOON + timedelta(hours=5, minutes=20),
        NOON + timedelta(hours=6),
    )


@pytest.mark.django_db
def test_rule_3_a_tick_passes_while_the_one_before_is_not_finished(runs, clock):
    for _ in range(3):
        assert tick(HOURLY) == 1
        clock.shift(3600)

    assert DBTaskResult.objects.count() == 1
    assert run_until_idle() == 1


@pytest.mark.django_db
def test_a_shortened_interval_does_not_wait_for_the_long_one(runs, clock):
    tick(HOURLY)
    clock.shift(60)
    minutely = {sample_jobs.repeat.module_path: Repeated(sample_jobs.repeat, timedelta(minutes=1))}

    assert tick(minutely) == 1
    assert Schedule.objects.get().next_run == NOON + timedelta(minutes=2)


def test_a_job_is_declared_to_repeat_by_seconds_or_time(monkeypatch):
    monkeypatch.setattr(schedules, "registry", {})

    assert every(90)(sample_jobs.repeat) is sample_jobs.repeat
    assert schedules.registry == {"tests.work.sample_jobs.repeat": Repeated(sample_jobs.repeat, timedelta(seconds=90))}


@pytest.mark.slow
def test_rule_1_several_workers_take_each_tick_once(db, tmp_path):
    with house(tmp_path, "work", "django_tasks_database") as opened:
        first = opened.call("tests.work.sample_jobs:begin_schedule")
        workers = [opened.start("tests.work.sample_jobs:tick_often", seconds=4, interval=0.5) for _ in range(3)]
        taken = sum(opened.result(worker) for worker in workers)
        points, enqueued = opened.call("tests.work.sample_jobs:ticks_passed", since=first, interval=0.5)

    assert 4 <= taken <= points
    assert enqueued <= taken  # a tick passes without a job while the one before is not finished (rule 3)
