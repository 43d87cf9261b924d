"""Two sessions: ours has written and not committed, and the other is seen to wait for it.

On PostgreSQL the server itself says who waits for whom (`pg_blocking_pids`). SQLite says nothing: there the other one has
not ended after a while in which it would have.
"""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from django.db import connection, connections, transaction

from tests.holds.engine.writers import PATIENCE, connect

A_WHILE = 0.15
"""Seconds in which a session on SQLite that need not wait has long ended."""


class Other:
    """A function in a thread, with a connection of its own."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.pid: int | None = None
        self.outcome: Any = None
        self.failure: BaseException | None = None
        self.began = Event()
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()
        assert self.began.wait(PATIENCE)

    def _run(self) -> None:
        try:
            connect()
            if connection.vendor == "postgresql":
                self.pid = connection.connection.info.backend_pid
            self.began.set()
            self.outcome = self.function()
        except BaseException as error:  # noqa: BLE001
            self.failure = error
        finally:
            self.began.set()
            connections.close_all()

    def waits(self, *, for_us: bool = True) -> bool:
        """Whether it waits for our transaction, or else for anybody's."""
        if self.pid is None:
            self.thread.join(A_WHILE)
            return self.thread.is_alive()
        ours, deadline = connection.connection.info.backend_pid, time.monotonic() + PATIENCE
        while self.thread.is_alive() and time.monotonic() < deadline:
            waited_for = blockers(self.pid)
            if ours in waited_for or (waited_for and not for_us):
                return True
            time.sleep(0.002)
        return False

    def result(self) -> Any:
        """What the function returned; what it raised is raised."""
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive(), "it waits for ever"
        if self.failure:
            raise self.failure
        return self.outcome


def blockers(pid: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_blocking_pids(%s)", [pid])
        return list(cursor.fetchone()[0])


def while_uncommitted(
    ours: Callable[[], Any], other: Callable[[], Any], *, commits: bool, between: Callable[[], Any] = lambda: None
) -> Any:
    """What the other one got that had to wait until we committed, or rolled back.

    `between`: what happens after our write and before the other one begins: time passes.
    """
    with transaction.atomic():
        ours()
        between()
        session = Other(other)
        assert session.waits(), f"it did not wait: {session.failure or session.outcome}"
        transaction.set_rollback(not commits)
    return session.result()
