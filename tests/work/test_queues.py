"""A queue is taken by workers of its own: rule 6 of `echt.work.queue`, rules 3 and 4 of `echt.work.worker`."""

import pytest
from django_tasks.exceptions import InvalidTaskError
from django_tasks_db.models import DBTaskResult

from echt.work import queue
from echt.work import worker as worker_module
from echt.work.heartbeat import beat
from echt.work.jobs import job
from echt.work.models import WorkerBeat
from echt.work.worker import Worker, queues, run_until_idle
from tests.work import sample_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_of_each(runs):
    sample_jobs.note.enqueue(text="default")
    sample_jobs.look.enqueue(text="vision")
    return runs


def test_rule_6_a_worker_is_given_entries_of_its_queue_alone(one_of_each):
    assert run_until_idle("vision") == 1
    assert one_of_each == ["vision"]
    assert queue.claim("me", "vision") is None

    assert run_until_idle("default") == 1
    assert one_of_each == ["vision", "default"]


def test_without_a_name_every_queue_is_worked_off(one_of_each):
    assert run_until_idle() == 2
    assert sorted(one_of_each) == ["default", "vision"]


def test_a_job_that_failed_stays_in_its_queue(runs):
    sample_jobs.look.enqueue(text="vision")
    entry = queue.claim("me", "vision")
    queue.settle(entry, queue.Again(entry.run_after, "failed"))

    assert queue.claim("me", "default") is None
    assert queue.claim("me", "vision") is not None


def test_a_queue_that_no_worker_takes_cannot_be_named():
    with pytest.raises(InvalidTaskError):
        job(queue="nobody")(sample_jobs.note.func)


def test_worker_rule_3_only_a_worker_of_the_default_queue_takes_ticks(monkeypatch, runs):
    ticks = []
    monkeypatch.setattr(worker_module, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker_module, "tick", lambda: ticks.append(1))

    Worker("vision")._turn()
    assert ticks == []
    Worker("default")._turn()
    assert ticks == [1]


def test_worker_rule_3_any_worker_takes_up_the_work_of_the_dead(one_of_each):
    claimed = queue.claim("dead", "default")

    Worker("vision")._go_round()

    assert DBTaskResult.objects.get(pk=claimed.pk).status == "READY"


def test_worker_rule_4_a_turn_takes_a_job_of_the_own_queue(one_of_each, monkeypatch):
    monkeypatch.setattr(worker_module, "close_old_connections", lambda: None)
    worker = Worker("vision")

    assert worker._turn() is True
    assert worker._turn() is False
    assert one_of_each == ["vision"]


def test_a_sign_of_life_names_the_queue(db):
    beat("me", "vision")
    beat("me", "vision")

    assert WorkerBeat.objects.get().queue == "vision"


def test_a_worker_that_looks_often_does_not_look_after_the_dead_as_often(settings):
    assert Worker("vision", poll=0.1).round == settings.ECHT.work.poll
    assert Worker("vision", poll=0.1).poll == 0.1
    assert Worker("vision").poll == settings.ECHT.work.poll


def test_the_queues_are_those_of_the_settings():
    assert queues() == ["default", "vision"]
