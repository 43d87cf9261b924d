"""What really stands in the database's files."""

from pathlib import Path

import pytest
from django.db import connection

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the files of SQLite")


def database_files(connection):
    """All bytes of the database's file and of its journal, after the journal was put into the file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(connection.settings_dict["NAME"])
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
