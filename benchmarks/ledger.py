"""How many withdrawals a second pass the gate: `python -m benchmarks.ledger`.

A withdrawal asks the gate, sums five open holds, checks and writes the rolling limit, keeps key and answer, and posts
both sides. It goes through Django's connection to the engine, one by one and in batches of 50. Beside it, in the same
run and interleaved, on the same server with every commit flushed to the disk: pgbench's TPC-B-like script, and where
`--peer` is given django-hordak's `transfer_to`, which knows no holds, limits or keys. Each figure is the median of the
rounds.
"""

import argparse
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

if TYPE_CHECKING:
    from echt.wallets.moving import Movement

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "1GB"}
ACCOUNTS = 20_000
HOLDS = 5
BATCH = 50
WEI = 10**18


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--peer", action="store_true", help="install django-hordak beside it and compare")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, durable_server() as url:
        prepare(Path(folder), url)
        bench = database(url, "pgbench")
        run("pgbench", "--initialize", "--quiet", "--scale=20", bench)
        todo: dict[str, Callable[[], float]] = {
            "TPC-B-like": lambda: pgbench(bench, given.clients, given.seconds),
            "withdrawal": lambda: spread(one_by_one, given.clients, given.seconds),
            "batches of 50": lambda: spread(in_batches, 4, given.seconds),
        }
        if given.peer:
            python = install_peer(Path(folder, "peer"))
            peer = database(url, "peer")
            hordak(python, peer, 0, 0)
            todo["django-hordak"] = lambda: hordak(python, peer, 4, given.seconds)
        tell(measure(todo, given.rounds))


def measure(todo: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each in turn, round by round, so that a noisy minute meets all of them."""
    figures: dict[str, list[float]] = {name: [] for name in todo}
    for number in range(rounds):
        for name, once in todo.items():
            figures[name].append(once())
        told = ", ".join(f"{name} {values[-1]:,.0f}" for name, values in figures.items())
        print(f"round {number + 1}: {told} a second", flush=True)
    return figures


def tell(figures: dict[str, list[float]]) -> None:
    yardstick = figures["TPC-B-like"]
    print(f"\n{'':16}{'median a second':>16}{'of TPC-B-like, median of the rounds':>38}")
    for name, values in figures.items():
        ratio = statistics.median(value / one for value, one in zip(values, yardstick, strict=True))
        print(f"{name:16}{statistics.median(values):16,.0f}{ratio:38.2f}")
    if "django-hordak" in figures:
        pairs = zip(figures["withdrawal"], figures["django-hordak"], strict=True)
        print(f"withdrawal to django-hordak: {statistics.median(ours / theirs for ours, theirs in pairs):.1f}")


# The server, and what is in it -----------------------------------------------------------------------------------


@contextmanager
def durable_server() -> Iterator[str]:
    """A PostgreSQL of our own whose commits survive a power cut; its URL."""
    from tools import postgres

    postgres.OPTIONS.update(DURABLE)
    with postgres.server() as url:
        yield url


def database(url: str, name: str) -> str:
    """A new database of the server; its URL."""
    run("psql", "--quiet", url, "-c", f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def run(program: str, *arguments: str) -> str:
    from tools.postgres import find_binaries

    command = [str(find_binaries() / program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def prepare(folder: Path, url: str) -> None:
    os.environ |= {
        "ECHT_DATA": str(folder / "data"),
        "ECHT_DATABASE_URL": database(url, "echt"),
        "DJANGO_SETTINGS_MODULE": "echt.site.settings",
    }
    (folder / "data").mkdir(mode=0o700)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill()


def fill() -> None:
    """Accounts with a thousand ether each and five open holds of one."""
    from django.db import connection

    from benchmarks import ledger_rows

    ledger_rows.fill(ACCOUNTS, HOLDS)
    connection.close()


# Ours ------------------------------------------------------------------------------------------------------------


def one_by_one(seconds: float) -> int:
    from echt.wallets.gate import gate

    accounts, coin, done, end = places(), asset(), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        assert gate().commit(withdrawal(random.choice(accounts), coin)).allowed  # noqa: S311
        done += 1
    return done


def in_batches(seconds: float) -> int:
    from echt.wallets.gate import gate

    accounts, coin, done, end = places(), asset(), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        movements = [withdrawal(account, coin) for account in random.sample(accounts, BATCH)]
        assert all(answer.allowed for answer in gate().commit_all(movements))
        done += BATCH
    return done


def withdrawal(account: UUID, coin: int) -> "Movement":
    from echt.vault.ids import uuid7
    from echt.wallets.house import House
    from echt.wallets.moving import Coins, Movement
    from echt.wallets.operations import Operation

    return Movement(
        account=account,
        operation=Operation.WITHDRAW,
        key=uuid7().hex,
        other=House.IN_TRANSIT.pk,
        pays=Coins(asset=coin, units=1000, fee=10),
    )


def places() -> list[UUID]:
    from echt.wallets.models import Account

    return list(Account.objects.filter(kind="customer").values_list("pk", flat=True))


def asset() -> int:
    from echt.wallets.models import Asset

    return Asset.objects.get(code="ETH").pk


def spread(work: Callable[[float], int], processes: int, seconds: float) -> float:
    """So much a second of so many processes together."""
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    begin = context.Barrier(processes)

    def one() -> None:
        random.seed(os.getpid())
        work(0.3)  # connections, plans and caches are there before the time begins
        begin.wait()
        answers.put(work(seconds))

    workers = [context.Process(target=one) for _ in range(processes)]
    for worker in workers:
        worker.start()
    total = sum(answers.get() for _ in workers)
    for worker in workers:
        worker.join()
    return total / seconds


# Beside it -------------------------------------------------------------------------------------------------------


def pgbench(url: str, clients: int, seconds: float) -> float:
    told = run("pgbench", "--protocol=prepared", f"--client={clients}", "--jobs=2", f"--time={seconds:.0f}", url)
    found = re.search(r"tps = ([\d.]+)", told)
    assert found
    return float(found[1])


def install_peer(folder: Path) -> Path:
    """An environment of its own with django-hordak; its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "django-hordak==2.0.0", "psycopg[binary]"], check=True)
    return python


def hordak(python: Path, url: str, processes: int, seconds: float) -> float:
    """Transfers a second; without processes its tables are made."""
    program = Path(__file__).with_name("ledger_peer.py")
    command = [str(python), str(program), url, str(processes), str(seconds)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(told or 0)


if __name__ == "__main__":
    main()
