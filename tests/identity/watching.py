"""Where something could stand in plain, and how a value is looked for there: in every spelling a machine would make."""

import base64
import io
import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

import structlog
from babel.dates import format_date
from django.db import connection
from django_tasks_db.models import DBTaskResult

from echt.audit.details import open_details
from echt.audit.models import AuditEvent
from echt.site.logs import silence_templates
from echt.vault.file_store import file_folder
from echt.work.models import DeadLetter, JobKey
from tests.vault.files import database_files

LEAST_LETTERS = 12
UNUSED = re.compile(rb"\0{64,}")
"""What a database file has not used yet."""


def spellings_of(day: date) -> list[str]:
    """A day as ISO 8601, without separators, and as people write it in both languages."""
    written = [
        format_date(day, pattern, locale) for locale in ("en_GB", "de_DE") for pattern in ("d MMM y", "d MMMM y")
    ]
    return [day.isoformat(), f"{day:%Y%m%d}", f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", *written]


def forms(value: str | bytes) -> set[bytes]:
    """The bytes that hold this value, in lower case: as text, in JSON, in an address, as digits, as letters."""
    plain = value if isinstance(value, bytes) else value.encode()
    found = {plain, plain.hex().encode(), *_in_base64(plain)}
    if isinstance(value, str):
        found |= {
            json.dumps(value)[1:-1].encode(),
            quote(value).encode(),
            value.encode("utf-16-le"),
            repr(value)[1:-1].encode(),
        }
    return {form.lower() for form in found}


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """However the value stands to a group of three bytes; the letters that its neighbours share are left out.

    What is too short then to be met by design alone is not looked for.
    """
    for shift in range(3):
        letters = base64.b64encode(bytes(shift) + plain)[(shift * 8 + 5) // 6 : -4]
        if len(letters) >= LEAST_LETTERS:
            yield letters


@dataclass
class Watch:
    """Collects what a test leaves behind. `places`: name of a place and its bytes, once for each look."""

    log: io.StringIO = field(default_factory=io.StringIO)
    places: list[tuple[str, bytes]] = field(default_factory=list)

    def look(self, when: str) -> None:
        """Take down what stands in plain now; what is overwritten later was seen then."""
        for place, held in _held():
            self.places.append((f"{place}, {when}", UNUSED.sub(b"", held).lower()))

    def found(self, canaries: Iterable[str | bytes]) -> set[tuple[str, str]]:
        """Which of the values stand where."""
        places = [*self.places, ("log", self.log.getvalue().encode().lower())]
        looked_for = [(canary, form) for canary in canaries for form in forms(canary)]
        return {(str(canary), place) for place, held in places for canary, form in looked_for if form in held}


def _held() -> Iterator[tuple[str, bytes]]:
    yield "database", database_bytes()
    yield "private files", b"".join(_private())
    jobs = [
        *DBTaskResult.objects.values_list("args_kwargs", "traceback", "return_value"),
        *JobKey.objects.values_list(),
    ]
    yield "jobs", repr([*jobs, *DeadLetter.objects.values_list()]).encode()
    yield "record", json.dumps([_details(event) for event in AuditEvent.objects.all()], ensure_ascii=False).encode()


def database_bytes() -> bytes:
    """All bytes of the database: of SQLite its files, of PostgreSQL every column of every row of every table."""
    if connection.vendor == "sqlite":
        return database_files(connection)
    return b"\n".join(table_bytes(table) for table in connection.introspection.table_names())


def table_bytes(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return b"\n".join(_bytes(value) for row in cursor.fetchall() for value in row)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _private() -> Iterator[bytes]:
    for path in sorted(file_folder().rglob("*")):
        yield str(path).encode()
        if path.is_file():
            yield path.read_bytes()


def _details(event: AuditEvent) -> object:
    return open_details(bytes(event.details), event=event.event, subject=event.subject)


class _Everything(logging.Handler):
    """Writes all that a record carries, also what no formatter of ours shows."""

    def __init__(self, out: io.StringIO) -> None:
        super().__init__(logging.DEBUG)
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self._out.write(f"{record.name} {record.getMessage()} {record.__dict__} {trace}\n")


@contextmanager
def watching() -> Iterator[Watch]:
    """Every log at its most talkative, that of SQL with all parameters too; templates as `site.logs` has them."""
    watch, root = Watch(), logging.getLogger()
    templates = logging.getLogger("django.template")
    before = templates.level
    silence_templates()
    handler, level, configured = _Everything(watch.log), root.level, structlog.get_config()
    structlog.configure(
        logger_factory=structlog.stdlib.LoggerFactory(), processors=[structlog.processors.KeyValueRenderer()]
    )
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    connection.force_debug_cursor = True
    try:
        yield watch
    finally:
        connection.force_debug_cursor = False
        templates.setLevel(before)
        root.setLevel(level)
        root.removeHandler(handler)
        structlog.configure(**configured)
