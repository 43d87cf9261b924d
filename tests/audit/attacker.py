"""Someone who owns the database: takes the guards away, and puts them back to leave no trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

guards = import_module("echt.audit.migrations.0002_append_only")


@contextmanager
def without_guards() -> Iterator[None]:
    guards.remove(None, Editor())
    try:
        yield
    finally:
        guards.install(None, Editor())


class Editor:
    """As much of a schema editor as the migration needs; the real one of SQLite cannot work in a transaction."""

    connection = connection

    def execute(self, statement: str, params: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
