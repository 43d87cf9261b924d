"""Killed without warning: what was acknowledged is there exactly once, what was not is whole or nothing, and a retry tells.

Writers put every request into a file before they make it, and every answer when they have it. The database is killed under
them, or they are; then their files are held against the ledger.
"""

import json
import os
import random
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path
from signal import SIGINT, SIGKILL
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from echt.wallets.gate import gate
from echt.wallets.house import House
from echt.wallets.models import Posting, Transfer
from echt.wallets.models.ledger import Outcome
from echt.wallets.moving import Coins, Movement
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.holds.engine.writers import PATIENCE, assert_whole, start, together
from tests.many_processes import wait_until
from tools import postgres

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITERS = 4
OTHERS = {Operation.WITHDRAW: House.IN_TRANSIT, Operation.DEPOSIT: House.CUSTODY}


# Writers that keep a file -----------------------------------------------------------------------------------


def prepared(people: int = 4) -> dict[str, Any]:
    """People with free and held units."""
    worlds.no_limits()
    usdt = worlds.asset()
    accounts = [worlds.account() for _ in range(people)]
    for account in accounts:
        worlds.deposit(account, usdt, 10**9)
        worlds.bought(account, usdt, 10**6)
    return {"asset": usdt.pk, "people": [str(account.pk) for account in accounts]}


def write(folder: Path, world: dict[str, Any], number: int) -> None:
    """Until somebody is killed."""
    chance = random.Random(number)
    with (folder / f"{number}.log").open("a", buffering=1) as file:
        while True:
            request = a_request(world, chance)
            file.write(json.dumps({"asked": request}) + "\n")
            answer = gate().commit(movement_of(request))
            told = {"transfer": str(answer.transfer), "allowed": answer.allowed, "key": request["key"]}
            file.write(json.dumps({"got": told}) + "\n")


def a_request(world: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    account, other = chance.sample(world["people"], 2)
    operation = chance.choice([Operation.SEND, Operation.WITHDRAW, Operation.DEPOSIT])
    if operation in OTHERS:
        other = str(OTHERS[operation].pk)
    units = chance.randint(1, 1000)
    return {
        "key": uuid4().hex,
        "account": account,
        "operation": operation.value,
        "other": other,
        "asset": world["asset"],
        "units": units,
    }


def movement_of(request: dict[str, Any]) -> Movement:
    coins = Coins(asset=request["asset"], units=request["units"])
    return Movement(
        account=UUID(request["account"]),
        operation=Operation(request["operation"]),
        key=request["key"],
        other=UUID(request["other"]),
        **{"gets" if request["operation"] == "deposit" else "pays": coins},
    )


def told_in(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Requests and answers by their key; a line that was cut off is none."""
    asked: dict[str, Any] = {}
    got: dict[str, Any] = {}
    for file in folder.glob("*.log"):
        for line in file.read_text().splitlines():
            try:
                told = json.loads(line)
            except ValueError:
                continue
            for kind, known in (("asked", asked), ("got", got)):
                if kind in told:
                    known[told[kind]["key"]] = told[kind]
    return asked, got


def answers_in(folder: Path) -> int:
    return sum(file.read_text().count('"got"') for file in folder.glob("*.log"))


def assert_kept(folder: Path) -> int:
    """Hold the files against the ledger, make anew what got no answer; how many that were."""
    asked, got = told_in(folder)
    assert_whole()
    rows = {row.key: row for row in Transfer.objects.filter(key__in=asked)}
    assert Transfer.objects.filter(key__in=asked).count() == len(rows)
    moved = set(Posting.objects.values_list("transfer", flat=True))
    for key, answer in got.items():
        assert key in rows, "an acknowledged transfer is gone"
        assert (str(rows[key].pk), rows[key].outcome == Outcome.DONE) == (answer["transfer"], answer["allowed"])
        assert (rows[key].pk in moved) is answer["allowed"]
    unanswered = [request for key, request in asked.items() if key not in got]
    for request in unanswered:
        answer = gate().commit(movement_of(request))
        assert answer.replayed is (request["key"] in rows)
        assert Transfer.objects.get(key=request["key"]).pk == answer.transfer
    for key in list(got)[-10:]:
        again = gate().commit(movement_of(asked[key]))
        assert (again.replayed, str(again.transfer)) == (True, got[key]["transfer"])
    assert_whole()
    return len(unanswered)


# Writers are killed -----------------------------------------------------------------------------------------


def test_writers_are_killed_under_load(tmp_path):
    enough = 200 if connection.vendor == "postgresql" else 20
    world = prepared()
    connections.close_all()
    running = [start(lambda number: write(tmp_path, world, number), number)[0] for number in range(WRITERS)]
    for count, process in enumerate(running, start=1):
        wait_until(lambda count=count: answers_in(tmp_path) >= enough * count // WRITERS, within=PATIENCE)
        os.kill(process.pid, SIGKILL)
        process.join(PATIENCE)
        assert process.exitcode == -SIGKILL
    assert assert_kept(tmp_path) <= WRITERS


# The database is killed -------------------------------------------------------------------------------------


class Durable:
    """A PostgreSQL as it is run for real, with its own defaults for what is written when; it can be killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.binaries = postgres.find_binaries()
        self.user = postgres._unprivileged(home)
        self.port = postgres._free_port()
        postgres._initialise(self.binaries, home, "secret", self.user)

    def run(self) -> None:
        self.process = postgres._start(self.binaries, self.home, self.port, self.user)
        postgres._wait(self.binaries, self.port, self.process, self.home / "log")

    def kill(self) -> None:
        """The server and each of its processes, with no time to write anything."""
        ours = [self.process.pid, *children_of(self.process.pid)]
        for pid in ours:
            os.kill(pid, SIGKILL)
        self.process.wait(PATIENCE)
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in ours), within=PATIENCE)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(SIGINT)
            self.process.wait(PATIENCE)

    def copy(self, described: dict[str, Any]) -> None:
        """All that the test's database has."""
        theirs = {
            "host": described["HOST"],
            "port": described["PORT"],
            "user": described["USER"],
            "name": described["NAME"],
        }
        ours = {"host": "127.0.0.1", "port": self.port, "user": "echt", "name": "postgres"}
        dump = [self.binaries / "pg_dump", "--no-owner", *at(**theirs)]
        with subprocess.Popen(dump, stdout=subprocess.PIPE, env=secret(described["PASSWORD"])) as dumping:
            load = [self.binaries / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", *at(**ours)]
            subprocess.run(load, stdin=dumping.stdout, stdout=subprocess.DEVNULL, env=secret("secret"), check=True)
        assert dumping.returncode == 0

    def here(self) -> None:
        """Let this process work with this server; it is a fork, and ends after it."""
        connections.close_all()
        values = {"HOST": "127.0.0.1", "PORT": str(self.port), "USER": "echt", "PASSWORD": "secret", "NAME": "postgres"}
        connection.settings_dict.update(values)


def at(*, host: str, port: int | str, user: str, name: str) -> list[str]:
    return [f"--host={host}", f"--port={port}", f"--username={user}", f"--dbname={name}"]


def secret(password: str) -> dict[str, str]:
    return {**os.environ, "PGPASSWORD": password}


def children_of(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@contextmanager
def durable():
    with TemporaryDirectory(prefix="echt-durable-") as folder, ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(postgres, "OPTIONS", {"max_connections": "30", "shared_buffers": "32MB"})
        server = Durable(Path(folder))
        server.run()
        stack.callback(server.stop)
        yield server


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server: there is only who writes.")
def test_postgresql_is_killed_under_load(tmp_path):
    described = dict(connection.settings_dict)
    with durable() as server:
        server.copy(described)
        killed_under_load(server, tmp_path, enough=200)


def killed_under_load(server: Durable, folder: Path, *, enough: int) -> tuple[int, int]:
    """How many transfers were acknowledged, and how many requests had no answer when the server died."""

    def on_server(work):
        return lambda number: (server.here(), work(number))[1]

    (world,) = together(1, on_server(lambda number: prepared()))
    writers = [start(on_server(lambda number: write(folder, world, number)), number) for number in range(WRITERS)]
    wait_until(lambda: answers_in(folder) >= enough, within=PATIENCE)
    server.kill()
    for process, reader in writers:
        outcome, told = reader.recv()
        assert outcome == "failed"
        assert "OperationalError" in told or "InterfaceError" in told, told
        process.join(PATIENCE)
    server.run()
    (unanswered,) = together(1, on_server(lambda number: assert_kept(folder)))
    return answers_in(folder), unanswered
