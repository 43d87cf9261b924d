"""Jobs for the tests, and what their processes do besides working. Each run leaves a line in a file."""

import os
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from echt.work.clock import now
from echt.work.jobs import Backoff, GiveUp, Later, job
from echt.work.models import Schedule, WorkerBeat
from echt.work.schedules import Repeated, tick
from echt.work.worker import run_until_idle

runs: list[str] = []
"""What ran in this process."""


def leave_line(file: str, line: str) -> None:
    with Path(file).open("a") as lines:
        lines.write(f"{line}\n")


@job()
def note(*, text: str) -> None:
    runs.append(text)


@job(attempts=3, backoff=Backoff(first=10, factor=3, most=25))
def fail(*, text: str) -> None:
    runs.append(text)
    raise ValueError(f"cannot do {text}")


@job(attempts=2)
def postpone(*, until: str, text: str) -> None:
    runs.append(text)
    raise Later(at=datetime.fromisoformat(until))


@job()
def give_up(*, reason: str) -> None:
    runs.append(reason)
    raise GiveUp(reason)


@job(priority=10)
def urgent(*, text: str) -> None:
    runs.append(text)


@job(queue="vision")
def look(*, text: str) -> None:
    runs.append(text)


@job()
def append(*, file: str, line: str) -> None:
    leave_line(file, f"{line} {os.getpid()}")


@job(attempts=2)
def dawdle(*, file: str, line: str, seconds: float) -> None:
    leave_line(file, f"begun {line} {os.getpid()}")
    time.sleep(seconds)
    leave_line(file, f"done {line} {os.getpid()}")


@job()
def repeat() -> None:
    runs.append("repeat")


def enqueue_many(file: str, count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            append.enqueue(file=file, line=str(number))


def enqueue_slow(file: str, count: int, seconds: float) -> None:
    for number in range(count):
        dawdle.enqueue(file=file, line=str(number), seconds=seconds)


def enqueue_keyed(file: str, count: int) -> list[str]:
    return [str(append.enqueue(file=file, line="keyed", key="one")) for _ in range(count)]


def states(prefix: str) -> dict[str, int]:
    """How many entries of jobs under `prefix` are in each state."""
    entries = DBTaskResult.objects.filter(task_path__startswith=prefix)
    return dict(Counter(entries.values_list("status", flat=True)))


def living() -> int:
    return WorkerBeat.objects.count()


def tick_often(seconds: float, interval: float) -> int:
    """Look after one schedule for some seconds, doing its job; how many ticks this process took."""
    repeated = {repeat.module_path: Repeated(repeat, timedelta(seconds=interval))}
    until, taken = now() + timedelta(seconds=seconds), 0
    while now() < until:
        taken += tick(repeated)
        run_until_idle()
    return taken


def begin_schedule() -> str:
    """The first point of the grid."""
    return Schedule.objects.create(job=repeat.module_path, next_run=now()).next_run.isoformat()


def ticks_passed(since: str, interval: float) -> list[float]:
    """How many points the grid had up to the last tick taken, and how many jobs were enqueued."""
    passed = Schedule.objects.get().next_run - datetime.fromisoformat(since)
    return [passed / timedelta(seconds=interval), DBTaskResult.objects.count()]
