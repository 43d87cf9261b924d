"""Rule 6: the triggers that keep what was written."""

from collections.abc import Iterator

from django.db import connection

from echt.holds.integrity.faults import Fault
from echt.wallets.guards import ACTIONS, FUNCTION, name_of, statements

TABLES = ("wallets_transfer", "wallets_posting", "holds_holdevent")
OF_POSTGRESQL = """
    SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled, p.proname, p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relname = ANY(%s) AND pg_table_is_visible(c.oid)
"""
OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
BODY = FUNCTION.split("$guard$")[1]


def of_triggers() -> Iterator[Fault]:
    """Triggers that are missing, switched off, or do something else."""
    working = _of_postgresql() if connection.vendor == "postgresql" else _of_sqlite()
    for table in TABLES:
        for action in ACTIONS:
            if name_of(table, action) not in working:
                yield Fault(6, f"table {table}", f"Its trigger against {action} is missing or does something else.")


def _of_postgresql() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(OF_POSTGRESQL, [[*TABLES]])
        rows = cursor.fetchall()
    is_ours = {name: enabled in {"O", "A"} and source == BODY for name, _text, enabled, _function, source in rows}
    wanted = {name_of(table, action): _beginning(table, action) for table in TABLES for action in ACTIONS}
    told = {name: text.replace("public.", "") for name, text, *_ in rows}
    return {name for name, text in wanted.items() if is_ours.get(name) and told[name].startswith(text)}


def _beginning(table: str, action: str) -> str:
    return f"CREATE TRIGGER {name_of(table, action)} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION"


def _of_sqlite() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(OF_SQLITE)
        there = dict(cursor.fetchall())
    names = [name_of(table, action) for table in TABLES for action in ACTIONS]
    return {name for name, text in zip(names, statements("sqlite", *TABLES), strict=True) if there.get(name) == text}
