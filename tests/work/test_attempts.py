"""What becomes of an attempt: the rules of `echt.work.queue`, dead letters, errors."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from echt.work import dead_letters, queue
from echt.work.attempts import attempt, attempt_next
from echt.work.dead_letters import AlreadyRetried
from echt.work.failure import describe
from echt.work.models import DeadLetter
from echt.work.worker import run_until_idle
from tests.work import sample_jobs
from tests.work.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_failed_job_is_tried_again_after_its_waits_and_then_given_up(runs, clock):
    sample_jobs.fail.enqueue(text="x")
    attempts = []

    for second in range(60):
        attempts += [second] * run_until_idle()
        clock.shift(1)

    assert attempts == [0, 10, 35]
    assert runs == ["x"] * 3
    assert DeadLetter.objects.get().at == NOON + timedelta(seconds=35)


def test_a_dead_letter_says_what_was_to_be_done_and_why_it_was_given_up(clock):
    entry = sample_jobs.fail.enqueue(text="x", key="one")
    for _ in range(3):
        run_until_idle()
        clock.shift(100)

    letter = DeadLetter.objects.get()
    assert (letter.pk, letter.job, letter.arguments) == (entry, "tests.work.sample_jobs.fail", {"text": "x"})
    assert (letter.attempts, letter.key, letter.retried_at) == (3, "one", None)
    assert letter.error.startswith("builtins.ValueError\n")
    assert "work/sample_jobs.py" in letter.error


def test_what_an_error_says_is_not_stored(clock):
    sample_jobs.fail.enqueue(text="anna@demo.example")
    for _ in range(3):
        run_until_idle()
        clock.shift(100)

    stored = DBTaskResult.objects.get()
    assert "anna" not in stored.traceback + DeadLetter.objects.get().error


def test_the_causes_of_an_error_are_described():
    try:
        try:
            int("secret")
        except ValueError as cause:
            raise KeyError("secret") from cause
    except KeyError as error:
        described = describe(error)

    assert described.startswith("builtins.KeyError\n")
    assert "caused by\nbuiltins.ValueError\n" in described
    assert "secret" not in described


def test_a_retried_dead_letter_gets_all_its_attempts_again_once(runs, clock):
    sample_jobs.fail.enqueue(text="x")
    for _ in range(3):
        run_until_idle()
        clock.shift(100)
    letter = DeadLetter.objects.get()

    again = dead_letters.retry(letter.pk)

    with pytest.raises(AlreadyRetried), transaction.atomic():
        dead_letters.retry(letter.pk)
    for _ in range(4):
        run_until_idle()
        clock.shift(100)
    assert len(runs) == 6
    assert set(DeadLetter.objects.values_list("pk", flat=True)) == {letter.pk, again}


def test_a_job_that_gives_up_is_not_tried_again(runs):
    sample_jobs.give_up.enqueue(reason="The mail is gone.")

    assert run_until_idle() == 1
    assert DeadLetter.objects.get().error == "The mail is gone."


def test_rule_4_a_postponed_run_is_not_an_attempt(runs, clock):
    until = NOON + timedelta(seconds=30)
    sample_jobs.postpone.enqueue(until=until.isoformat(), text="x")

    for _ in range(5):
        assert run_until_idle() == 1
        DBTaskResult.objects.update(run_after=NOON)

    entry = DBTaskResult.objects.get()
    assert (entry.status, entry.worker_ids) == ("READY", [])
    assert not DeadLetter.objects.exists()


def test_a_postponed_job_waits_for_the_instant_it_named(runs, clock):
    sample_jobs.postpone.enqueue(until=(NOON + timedelta(seconds=30)).isoformat(), text="x")
    run_until_idle()

    clock.shift(29)
    assert run_until_idle() == 0
    clock.shift(1)
    assert run_until_idle() == 1


def test_rule_4_a_job_postponed_to_the_past_has_failed(runs, clock):
    sample_jobs.postpone.enqueue(until=NOON.isoformat(), text="x")

    assert run_until_idle() == 1
    clock.shift(10)
    assert run_until_idle() == 1
    assert DeadLetter.objects.get().attempts == 2


def test_rule_2_a_report_about_an_entry_that_went_to_another_is_ignored(runs):
    """The first worker was taken for dead, and reports after all."""
    sample_jobs.note.enqueue(text="x")
    first = queue.claim("first")
    DBTaskResult.objects.update(status="READY")
    second = queue.claim("second")

    assert not queue.settle(first, queue.Dead("late"))
    assert not DeadLetter.objects.exists()
    attempt(second)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert not queue.settle(second, queue.Dead("twice"))


@pytest.mark.django_db(transaction=True)
def test_rule_3_a_failure_that_cannot_be_written_whole_is_not_written(monkeypatch, clock):
    sample_jobs.give_up.enqueue(reason="x", key="one")
    monkeypatch.setattr(queue, "_finish", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        attempt_next("me")

    assert not DeadLetter.objects.exists()
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_job_that_this_worker_does_not_know_is_tried_again_later(runs, clock):
    sample_jobs.note.enqueue(text="x")
    DBTaskResult.objects.update(task_path="tests.work.sample_jobs.not_yet_there")

    assert run_until_idle() == 1
    entry = DBTaskResult.objects.get()
    assert (entry.status, entry.run_after) == ("READY", NOON + timedelta(seconds=10))


def test_a_path_that_names_no_job_is_never_called(runs):
    sample_jobs.note.enqueue(text="x")
    DBTaskResult.objects.update(task_path="tests.work.sample_jobs.leave_line")

    run_until_idle()

    assert "SuspiciousOperation" in DBTaskResult.objects.get().traceback
