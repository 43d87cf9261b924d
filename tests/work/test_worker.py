"""The rules of `echt.work.worker`, with real processes that are really killed."""

import signal
from collections import Counter

import pytest
from django.db import OperationalError

from echt.work import worker as worker_module
from echt.work.worker import Worker
from tests.many_processes import PATIENCE, house, wait_until

pytestmark = pytest.mark.slow
JOBS = "tests.work.sample_jobs"
WORKER = "echt.work.worker:run"
STALLED = 5


def stop(worker, number=signal.SIGTERM):
    worker.send_signal(number)
    worker.communicate(timeout=PATIENCE)


@pytest.fixture
def work_house(db, tmp_path):
    with house(
        tmp_path,
        "work",
        "django_tasks_database",
        ECHT_WORK_POLL="0.05",
        ECHT_WORK_STALLED=str(STALLED),
    ) as opened:
        yield opened


@pytest.fixture
def lines(tmp_path):
    """The lines that the jobs have left so far."""
    file = tmp_path / "lines"
    file.touch()

    def read():
        return [line.split() for line in file.read_text().splitlines()]

    read.file = str(file)
    return read


def test_two_workers_do_two_hundred_jobs_and_none_twice(work_house, lines):
    work_house.call(f"{JOBS}:enqueue_many", file=lines.file, count=200)
    workers = [work_house.start(WORKER) for _ in range(2)]

    wait_until(lambda: len(lines()) >= 200)
    for worker in workers:
        stop(worker)

    assert work_house.call(f"{JOBS}:states", prefix="tests.") == {"SUCCESSFUL": 200}
    assert Counter(number for number, _ in lines()) == Counter(map(str, range(200)))
    assert {process for _, process in lines()} == {str(worker.pid) for worker in workers}


def test_two_processes_with_the_same_key_enqueue_one_job(work_house, lines):
    callers = [work_house.start(f"{JOBS}:enqueue_keyed", file=lines.file, count=30) for _ in range(3)]

    holders = {holder for caller in callers for holder in work_house.result(caller)}

    assert len(holders) == 1
    assert work_house.call(f"{JOBS}:states", prefix="tests.") == {"READY": 1}


def test_the_job_of_a_killed_worker_is_taken_up_by_another(work_house, lines):
    work_house.call(f"{JOBS}:enqueue_slow", file=lines.file, count=1, seconds=2)
    killed = work_house.start(WORKER)
    wait_until(lambda: len(lines()) == 1)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    other = work_house.start(WORKER)
    wait_until(lambda: len(lines()) == 3)
    stop(other)

    assert lines() == [
        ["begun", "0", str(killed.pid)],
        ["begun", "0", str(other.pid)],
        ["done", "0", str(other.pid)],
    ]
    assert work_house.call(f"{JOBS}:states", prefix="tests.") == {"SUCCESSFUL": 1}


def test_a_job_longer_than_the_time_of_death_keeps_its_worker_alive(work_house, lines):
    work_house.call(f"{JOBS}:enqueue_slow", file=lines.file, count=1, seconds=STALLED + 3)
    for _ in range(2):
        work_house.start(WORKER)

    wait_until(lambda: len(lines()) >= 2)

    assert [word for word, *_ in lines()] == ["begun", "done"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_rule_1_a_signal_lets_the_current_job_finish_and_begins_no_other(work_house, lines, number):
    work_house.call(f"{JOBS}:enqueue_slow", file=lines.file, count=2, seconds=1.5)
    worker = work_house.start(WORKER)
    wait_until(lambda: len(lines()) == 1)

    stop(worker, number)

    assert worker.returncode == 0
    assert [line[:2] for line in lines()] == [["begun", "0"], ["done", "0"]]
    assert work_house.call(f"{JOBS}:states", prefix="tests.") == {"READY": 1, "SUCCESSFUL": 1}
    assert work_house.call(f"{JOBS}:living") == 0


def test_rule_1_a_second_signal_ends_the_worker_at_once(work_house, lines):
    work_house.call(f"{JOBS}:enqueue_slow", file=lines.file, count=1, seconds=30)
    worker = work_house.start(WORKER)
    wait_until(lambda: len(lines()) == 1)

    worker.send_signal(signal.SIGTERM)
    wait_until(lambda: ended_by_another(worker))

    assert worker.returncode == -signal.SIGTERM
    assert len(lines()) == 1


def ended_by_another(worker):
    worker.send_signal(signal.SIGTERM)
    return worker.poll() is not None


def test_an_idle_worker_stops_soon(work_house):
    worker = work_house.start(WORKER)
    wait_until(lambda: work_house.call(f"{JOBS}:living") == 1)

    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=10)

    assert worker.returncode == 0


@pytest.mark.django_db
def test_rule_2_trouble_with_the_database_does_not_end_the_worker(monkeypatch):
    def fail(_worker, _queue):
        raise OperationalError

    monkeypatch.setattr(worker_module, "attempt_next", fail)
    monkeypatch.setattr(worker_module.connection, "close", lambda: None)

    assert Worker()._turn() is False


def test_rule_3_a_worker_takes_the_ticks_of_the_rooms_schedules(work_house):
    work_house.start(WORKER)

    wait_until(lambda: work_house.call(f"{JOBS}:states", prefix="echt.work.") == {"SUCCESSFUL": 1})
