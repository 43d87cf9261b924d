"""Declaring and enqueueing: the rules of `echt.work.jobs` and, as far as one process shows them, of `echt.work.queue`."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from echt.work import queue
from echt.work.jobs import Backoff, job
from echt.work.models import DeadLetter, JobKey
from echt.work.worker import run_until_idle
from tests.work import sample_jobs
from tests.work.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_rule_1_what_was_enqueued_in_an_undone_transaction_never_was(runs):
    with transaction.atomic():
        sample_jobs.note.enqueue(text="in vain", key="one")
        transaction.set_rollback(True)

    assert run_until_idle() == 0
    assert (runs, DBTaskResult.objects.count(), JobKey.objects.count()) == ([], 0, 0)


@pytest.mark.django_db(transaction=True)
def test_rule_1_what_was_enqueued_in_a_done_transaction_runs(runs):
    with transaction.atomic():
        sample_jobs.note.enqueue(text="done")

    assert run_until_idle() == 1
    assert runs == ["done"]


def test_jobs_run_in_the_order_of_their_enqueueing(runs, clock):
    for text in "abc":
        sample_jobs.note.enqueue(text=text)
        clock.shift(1)

    run_until_idle()

    assert runs == ["a", "b", "c"]


def test_what_has_more_priority_runs_first(runs):
    sample_jobs.note.enqueue(text="usual")
    sample_jobs.urgent.enqueue(text="urgent")

    run_until_idle()

    assert runs == ["urgent", "usual"]


def test_a_job_waits_for_its_instant(runs, clock):
    sample_jobs.note.enqueue(text="later", after=NOON + timedelta(seconds=10))

    clock.shift(9)
    assert run_until_idle() == 0
    clock.shift(1)
    assert run_until_idle() == 1


@pytest.mark.parametrize(
    "arguments", [{}, {"texts": "x"}, {"text": "x", "more": "x"}, {"text": uuid4()}, {"text": object()}]
)
def test_arguments_that_the_job_does_not_take_are_refused_and_change_nothing(arguments):
    with pytest.raises(TypeError), transaction.atomic():
        sample_jobs.note.enqueue(**arguments, key="one")

    assert (DBTaskResult.objects.count(), JobKey.objects.count()) == (0, 0)


def test_a_job_takes_its_arguments_by_name_only():
    with pytest.raises(TypeError, match="'text' of a job must be keyword-only"):
        job()(positional)


def test_a_job_has_no_argument_that_enqueueing_takes_itself():
    with pytest.raises(TypeError, match="called 'key'"):
        job()(keyed)


def positional(text: str) -> None: ...


def keyed(*, key: str) -> None: ...


def test_a_held_key_keeps_a_second_job_out(runs):
    first = sample_jobs.note.enqueue(text="first", key="one")
    second = sample_jobs.note.enqueue(text="second", key="one")
    other = sample_jobs.note.enqueue(text="other", key="two")

    assert first == second != other
    run_until_idle()
    assert sorted(runs) == ["first", "other"]


def test_a_key_belongs_to_its_job(runs):
    sample_jobs.note.enqueue(text="note", key="one")
    sample_jobs.urgent.enqueue(text="urgent", key="one")

    assert run_until_idle() == 2


def test_queue_rule_5_a_key_is_free_when_the_job_is_done(runs):
    sample_jobs.note.enqueue(text="first", key="one")
    run_until_idle()
    sample_jobs.note.enqueue(text="second", key="one")
    run_until_idle()

    assert runs == ["first", "second"]


def test_queue_rule_5_a_key_is_held_between_attempts_and_free_after_the_last(clock):
    first = sample_jobs.fail.enqueue(text="x", key="one")
    for _ in range(3):
        assert sample_jobs.fail.enqueue(text="x", key="one") == first
        run_until_idle()
        clock.shift(100)

    assert DeadLetter.objects.get().pk == first
    assert sample_jobs.fail.enqueue(text="x", key="one") != first


def test_a_key_whose_holder_finishes_between_two_looks_is_asked_for_again(monkeypatch):
    """Another worker finishes the holder just after our insert was refused."""
    JobKey.objects.create(job=sample_jobs.note.module_path, key="one", task=uuid4())
    refuse = JobKey.objects.bulk_create

    def refused_and_then_finished(keys, **options):
        refuse(keys, **options)
        monkeypatch.undo()
        JobKey.objects.all().delete()

    monkeypatch.setattr(JobKey.objects, "bulk_create", refused_and_then_finished)
    entry = sample_jobs.note.enqueue(text="x", key="one")

    assert JobKey.objects.get().task == entry
    assert DBTaskResult.objects.get().pk == entry


def test_the_entry_is_named_by_its_id():
    entry = sample_jobs.note.enqueue(text="x")

    assert isinstance(entry, UUID)
    assert queue.claim("me").pk == entry


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 10), (2, 30), (3, 90), (8, 21_600), (10_000, 21_600)])
def test_waits_grow_up_to_the_most(attempts, seconds):
    assert Backoff().after(attempts) == timedelta(seconds=seconds)
