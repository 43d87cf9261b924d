"""The stored functions of the engine, as migrations install them on PostgreSQL."""

from importlib.resources import files
from typing import Any

FILES = ("judge.sql", "move.sql")


def install(_apps: Any, schema_editor: Any) -> None:
    """Put the functions as they are now into the database; on SQLite there are none."""
    if schema_editor.connection.vendor == "postgresql":
        for name in FILES:
            schema_editor.execute(source(name), params=None)


def source(name: str) -> str:
    return (files("echt.holds.engine") / "sql" / name).read_text()
