"""The rules of `echt.work.reaping` and `echt.work.heartbeat`."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from echt.work import heartbeat, queue
from echt.work.heartbeat import Heartbeat, beat
from echt.work.models import DeadLetter, WorkerBeat
from echt.work.reaping import reap
from echt.work.worker import run_until_idle
from tests.work import sample_jobs

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=60)


@pytest.fixture
def claimed(runs, clock):
    """A job that a worker claimed at noon, when it last gave a sign of life."""
    sample_jobs.fail.enqueue(text="x")
    beat("worker")
    return queue.claim("worker")


def test_rule_1_work_of_a_living_worker_is_left_alone(claimed, clock):
    clock.shift(59)

    assert reap(stalled=MINUTE) == 0
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_rule_1_work_of_a_dead_worker_is_due_at_once(claimed, clock, runs):
    clock.shift(60)

    assert reap(stalled=MINUTE) == 1
    assert not WorkerBeat.objects.exists()
    assert run_until_idle() == 1
    assert runs == ["x"]


def test_a_worker_that_never_gave_a_sign_is_dead(claimed):
    WorkerBeat.objects.all().delete()

    assert reap(stalled=MINUTE) == 1


def test_a_job_that_kills_its_workers_becomes_a_dead_letter(claimed, clock):
    for _ in range(3):
        clock.shift(60)
        assert reap(stalled=MINUTE) == 1
        queue.claim("worker")

    assert reap(stalled=MINUTE) == 0
    letter = DeadLetter.objects.get()
    assert (letter.attempts, letter.error) == (3, "The worker died during the attempt.")


def test_rule_3_what_the_asking_worker_could_not_report_is_taken_up(claimed):
    assert reap(stalled=MINUTE, asking="another") == 0
    assert reap(stalled=MINUTE, asking="worker") == 1


def test_heartbeat_rule_1_a_worker_lives_from_the_start_and_leaves_no_trace():
    with Heartbeat("worker", stalled=MINUTE):
        assert WorkerBeat.objects.get().worker == "worker"

    assert not WorkerBeat.objects.exists()


def test_heartbeat_rule_3_a_failed_sign_is_survived(monkeypatch):
    def fail(_worker, _queue):
        raise OperationalError

    monkeypatch.setattr(heartbeat, "beat", fail)
    monkeypatch.setattr(heartbeat.connection, "close", lambda: None)

    Heartbeat("worker", stalled=MINUTE)._try_to_beat()


def test_a_worker_taken_for_dead_lives_again_with_its_next_sign(clock):
    beat("worker")
    WorkerBeat.objects.all().delete()
    beat("worker")

    assert WorkerBeat.objects.count() == 1
