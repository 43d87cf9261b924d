"""Declaring background work.

    @job(attempts=12, backoff=Backoff(first=30, factor=2, most=3600))
    def deliver(*, message: str) -> None: ...

    deliver.enqueue(message=str(message.pk), key=str(message.pk))

    @job(queue="vision")                                                    # taken by workers of that queue alone
    def judge(*, picture: str) -> None: ...

1. Enqueueing is part of the caller's transaction: undone with it, and never lost once it is done.
2. A job runs at least once; after the death of a worker it runs again. So a job does the same when it runs
   twice.
3. Arguments are identifiers, not personal data: they stay readable in the queue and in a dead letter.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ParamSpec, TypeAlias
from uuid import UUID

from django_tasks.base import Task

from echt import clock
from echt.work import queue

P = ParamSpec("P")
JSON: TypeAlias = "str | int | float | bool | list[JSON] | dict[str, JSON] | None"

RESERVED = frozenset({"after", "key"})
"""Names that `enqueue` itself takes."""


class Later(Exception):
    """Raised in a job: not now, but at an instant to come. This run does not count as an attempt."""

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class GiveUp(Exception):
    """Raised in a job: no further attempt can help. The reason names no person and no secret."""


@dataclass(frozen=True, kw_only=True)
class Backoff:
    """Seconds to wait after a failed attempt: `first`, then each time `factor` as long, up to `most`."""

    first: float = 10
    factor: float = 3
    most: float = 6 * 3600

    def after(self, attempts: int) -> timedelta:
        """The wait after this many attempts."""
        return timedelta(seconds=min(self.first * self.factor ** min(attempts - 1, 64), self.most))


@dataclass(frozen=True, kw_only=True)
class Job(Task[P, None]):
    """A function that workers run."""

    attempts: int = 8
    backoff: Backoff = Backoff()

    def __post_init__(self) -> None:
        super().__post_init__()
        check_signature(self.func)

    def enqueue(  # type: ignore[override]
        self, *, after: datetime | None = None, key: str | None = None, **arguments: JSON
    ) -> UUID:
        """Have the job run, if the transaction of the caller succeeds.

        Args:
            after: not before this instant; `None` is now.
            key: while a job of this name with the same key is not finished, no second one is put beside it.
                It may already be running: what it must see was written before it was first enqueued.
            arguments: those of the function, as JSON.

        Returns:
            The entry in the queue; with a key that is held, the one that holds it.

        Raises:
            TypeError: the function does not take these arguments, or they are not JSON.
        """
        inspect.signature(self.func).bind(**arguments)
        return queue.put(self, arguments, after=after or clock.now(), key=key)


def job(
    *, attempts: int = 8, backoff: Backoff = Backoff(), priority: int = 0, queue: str = queue.DEFAULT
) -> Callable[[Callable[P, None]], Job[P]]:
    """Declare a function of a module as a job.

    Args:
        attempts: how often it is tried before it becomes a dead letter.
        backoff: the waits between attempts.
        priority: from -100 to 100; what has more is done first.
        queue: whose workers do it, one of `TASKS` in the settings; work that needs much memory or time has its own.
    """

    def declare(function: Callable[P, None]) -> Job[P]:
        return Job(func=function, attempts=attempts, backoff=backoff, priority=priority, queue_name=queue)

    return declare


def check_signature(function: Callable[..., None]) -> None:
    """Whether the function's arguments can be enqueued by name.

    Raises:
        TypeError: one can be given by position, or has a name that `enqueue` takes for itself.
    """
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            raise TypeError(f"Argument {parameter.name!r} of a job must be keyword-only.")
        if parameter.name in RESERVED:
            raise TypeError(f"A job cannot have an argument called {parameter.name!r}.")
