from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from echt.work import schedules
from echt.work.models import DeadLetter
from echt.work.tasks import KEPT, remove_finished
from echt.work.worker import run_until_idle
from tests.work import sample_jobs

pytestmark = pytest.mark.django_db


def test_finished_entries_are_removed_in_time_and_nothing_else(runs, clock):
    waiting = sample_jobs.note.enqueue(text="x", after=schedules.clock.now() + timedelta(days=30))
    sample_jobs.note.enqueue(text="x")
    sample_jobs.give_up.enqueue(reason="x")
    run_until_idle()

    clock.shift(KEPT)
    remove_finished.call()
    assert DBTaskResult.objects.count() == 3
    clock.shift(1)
    remove_finished.call()

    assert [entry.pk for entry in DBTaskResult.objects.all()] == [waiting]
    assert DeadLetter.objects.count() == 1


def test_it_is_done_every_hour():
    assert schedules.registry["echt.work.tasks.remove_finished"].interval == timedelta(hours=1)
