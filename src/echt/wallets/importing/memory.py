"""What has to be remembered of all lines while they are checked: in a file that is gone afterwards."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

TABLES = """
    CREATE TABLE line (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE purchase (processor TEXT, reference TEXT, PRIMARY KEY (processor, reference)) WITHOUT ROWID;
    CREATE TABLE account (name TEXT PRIMARY KEY, last TEXT) WITHOUT ROWID;
    CREATE TABLE spoilt (account TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE balance (account TEXT, asset INTEGER, units TEXT, PRIMARY KEY (account, asset)) WITHOUT ROWID;
"""


class Memory:
    """Which ids there were, the last time of each account, and what its balances have come to."""

    def __init__(self, tables: sqlite3.Connection) -> None:
        self._tables = tables

    def is_new(self, line: str) -> bool:
        """Whether this id did not stand before."""
        return self._tables.execute("INSERT OR IGNORE INTO line VALUES (?)", [line]).rowcount == 1

    def is_new_purchase(self, processor: str, reference: str) -> bool:
        added = self._tables.execute("INSERT OR IGNORE INTO purchase VALUES (?, ?)", [processor, reference])
        return added.rowcount == 1

    def is_in_order(self, account: str, at: datetime) -> bool:
        """Whether it is not earlier than the account's line before; remembers it."""
        moment = at.astimezone(UTC).isoformat(timespec="microseconds")
        changed = self._tables.execute(
            "INSERT INTO account VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last"
            " WHERE last <= excluded.last",
            [account, moment],
        )
        return changed.rowcount == 1

    def begin(self, balances: Iterable[tuple[str, int, int]]) -> None:
        """What accounts have before the file; those that are known already stay as they are."""
        told = [(account, asset, str(units)) for account, asset, units in balances]
        self._tables.executemany("INSERT OR IGNORE INTO balance VALUES (?, ?, ?)", told)

    def spoil(self, account: str) -> None:
        """A line of the account is wrong, so that its balance says nothing any more."""
        self._tables.execute("INSERT OR IGNORE INTO spoilt VALUES (?)", [account])

    def is_spoilt(self, account: str) -> bool:
        return bool(self._tables.execute("SELECT 1 FROM spoilt WHERE account = ?", [account]).fetchone())

    def change(self, account: str, asset: int, units: int) -> int:
        """What the balance is then."""
        place = [account, asset]
        found = self._tables.execute("SELECT units FROM balance WHERE account = ? AND asset = ?", place).fetchone()
        after = units + int(found[0] if found else 0)
        self._tables.execute("INSERT OR REPLACE INTO balance VALUES (?, ?, ?)", [*place, str(after)])
        return after

    @property
    def accounts(self) -> int:
        return int(self._tables.execute("SELECT count(*) FROM account").fetchone()[0])


@contextmanager
def remembering() -> Iterator[Memory]:
    """An empty memory. An empty name is a file of SQLite's own, which only goes to the disk where it grows large."""
    with closing(sqlite3.connect("")) as tables:
        tables.executescript(TABLES)
        yield Memory(tables)
