"""Triggers that keep a table append-only, as migrations install them.

What was written is never changed or removed, by whatever client; every try is an integrity error.
"""

from typing import Any

FUNCTION = """
    CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN
        RAISE EXCEPTION 'ledger: % is never changed or removed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $guard$"""
ACTIONS = ("UPDATE", "DELETE")


def guard(schema_editor: Any, *tables: str) -> None:
    """Guard these tables from now on."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
    for statement in statements(schema_editor.connection.vendor, *tables):
        schema_editor.execute(statement, params=None)


def unguard(schema_editor: Any, *tables: str) -> None:
    """Take the guards away: for going back to before the migration."""
    on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in tables:
        for action in ACTIONS:
            schema_editor.execute(f"DROP TRIGGER {name_of(table, action)}{on.format(table=table)}", params=None)


def statements(vendor: str, *tables: str) -> list[str]:
    return [_statement(vendor, table, action) for table in tables for action in ACTIONS]


def name_of(table: str, action: str) -> str:
    return f"{table}_no_{action.lower()}"


def _statement(vendor: str, table: str, action: str) -> str:
    head = f"CREATE TRIGGER {name_of(table, action)} BEFORE {action} ON {table}"
    if vendor == "postgresql":
        return f"{head} FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
    return f"{head} BEGIN SELECT RAISE(ABORT, 'ledger: {table} is never changed or removed'); END"
