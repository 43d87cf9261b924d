"""Money under a long storm: `python -m tools.postgres -- python -m benchmarks.ledger_storm [--seconds 60]`.

The tests in `tests/holds/engine`, longer and with more writers, in a database of their own that is gone at the end;
without `tools.postgres` on SQLite. One part after the other, and after each the money must be whole:

overspend  free units are spent once and held ones stay, however many write
storm      transfers, batches, conversions, purchases, first balances, the desk: no deadlock, nothing to try again
crash      PostgreSQL is killed with -9 under load; what it had acknowledged is there (only on PostgreSQL)

Beside the storm stands what one writer alone does with the same mixture, in the same run.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.environment import load_django, prepare

PARTS = ("overspend", "storm", "crash")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the storm")
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--crashes", type=int, default=5)
    parser.add_argument("--only", choices=PARTS)
    asked = parser.parse_args()
    load_django(prepare())
    complaints = 0
    with database() as vendor:
        print(f"{vendor}, {asked.writers} writers")
        if asked.only in {None, "overspend"}:
            overspend(asked.writers)
        if asked.only in {None, "storm"}:
            complaints = storm(asked.seconds, asked.writers)
        if asked.only in {None, "crash"} and vendor == "postgresql":
            crash(asked.crashes)
    return 1 if complaints else 0


@contextmanager
def database() -> Iterator[str]:
    """A fresh database with all tables; its vendor."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield connection.vendor
    finally:
        teardown_databases(made, verbosity=0)


def overspend(writers: int) -> None:
    from tests.holds.engine.test_overspend import overspend

    for accounts in (1, 2, 10):
        began = time.perf_counter()
        overspend(writers=writers, tries=20, accounts=accounts, free=writers * 6 // accounts)
        print(f"overspend  {accounts:2} accounts: exact   {writers * 20 / (time.perf_counter() - began):6.0f} tries/s")


def storm(seconds: float, writers: int) -> int:
    """How many complaints the database had."""
    from tests.holds.engine.test_deadlocks import raged

    alone, many = raged(min(seconds, 5.0), 1), raged(seconds, writers)
    told = (("alone", alone, min(seconds, 5.0)), ("together", many, seconds))
    for name, happened, passed in told:
        print(f"storm      {name:8} {sum(happened.values()) / passed:6.0f} steps/s   {counts(happened)}")
    return sum(count for happened in (alone, many) for what, count in happened.items() if "Error" in what)


def counts(happened: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in happened.most_common())


def crash(times: int) -> None:
    from django.db import connection

    from tests.holds.engine.test_crash import durable, killed_under_load

    described = dict(connection.settings_dict)
    with durable() as server, TemporaryDirectory() as folder:
        server.copy(described)
        for number in range(times):
            files = Path(folder, str(number))
            files.mkdir()
            kept, unanswered = killed_under_load(server, files, enough=1000)
            print(
                f"crash {number + 1}    {kept} acknowledged, all there once; {unanswered} without an answer, told again"
            )


if __name__ == "__main__":
    sys.exit(main())
