"""Start-up checks: the guards of the record must stand.

A later change of the table's columns on SQLite builds the table anew and drops its triggers without a word.
"""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

INSTALLED_BY = ("audit", "0002_append_only")

GUARDS = frozenset(
    {
        "audit_event_unchanged",
        "audit_event_kept",
        "audit_event_next",
        "audit_head_first",
        "audit_head_step",
        "audit_head_kept",
    }
)
"""The triggers that every kind of database must have."""

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def check_guards(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """Each database that holds the record refuses changes to it by itself."""
    return [
        Error(
            f"The record in {alias!r} is not append-only: {', '.join(sorted(missing))} is missing.",
            hint="Run `migrate audit 0001 --skip-checks` and `migrate audit`; then verify the chain.",
            id="audit.E001",
        )
        for alias in databases or []
        if (missing := missing_guards(alias))
    ]


def missing_guards(alias: str) -> frozenset[str]:
    """Names of the triggers that do not stand where the migration says that they do."""
    connection = connections[alias]
    if INSTALLED_BY not in MigrationRecorder(connection).applied_migrations():
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        return GUARDS - {name for (name,) in cursor.fetchall()}
