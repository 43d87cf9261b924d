"""A database of its own for tests in which several processes work at once, and the processes.

    house.call("tests.work.sample_jobs:enqueue", count=200)      # in a process of its own, waits, gives what it returns
    worker = house.start("echt.work.worker:run")                 # a running process

The database is of the kind that the test run uses: a file for SQLite, a new database for PostgreSQL.
"""

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[1]
PATIENCE = 240.0
"""Seconds after which something that should have happened counts as not happening."""


class House:
    def __init__(self, data: Path, url: str, **environment: str) -> None:
        self.data = data
        self.processes: list[subprocess.Popen[str]] = []
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *filter(None, sys.path)]),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE") or settings.SETTINGS_MODULE,
            "ECHT_DATA": str(data),
            "ECHT_DATABASE_URL": url,
            **environment,
        }

    def start(self, function: str, **arguments: Any) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.many_processes", function, json.dumps(arguments)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def call(self, function: str, **arguments: Any) -> Any:
        return self.result(self.start(function, **arguments))

    def result(self, process: "subprocess.Popen[str]") -> Any:
        out, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, out
        return json.loads(out.splitlines()[-1])

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            with process:
                pass


@contextmanager
def house(data: Path, *apps: str, **environment: str) -> Iterator[House]:
    """A fresh database with the tables of `apps`; everything that still runs at the end is killed."""
    with _database() as url:
        opened = House(data, url, **environment)
        try:
            opened.call("tests.many_processes:migrate", apps=apps)
            yield opened
        finally:
            opened.close()


@contextmanager
def _database() -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield ""
        return
    described = connection.settings_dict
    name = f"echt_{uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    secret = f":{described['PASSWORD']}" if described["PASSWORD"] else ""
    try:
        yield f"postgresql://{described['USER']}{secret}@{described['HOST']}:{described['PORT']}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_until(happened: Callable[[], bool], *, within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def migrate(apps: list[str]) -> None:
    from django.core.management import call_command

    for app in apps:
        call_command("migrate", app, verbosity=0)


def main() -> None:
    import django

    django.setup()
    module, name = sys.argv[1].split(":")
    result = getattr(importlib.import_module(module), name)(**json.loads(sys.argv[2]))
    sys.stdout.write(f"\n{json.dumps(result)}\n")


if __name__ == "__main__":
    main()
