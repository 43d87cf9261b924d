"""Tables as CSV for spreadsheets and for machines, a line at a time.

1. A cell that a spreadsheet would take for a formula is made a text by an apostrophe before it; a plain number is not.
2. Amounts are plain decimals with a point and every place of the asset; moments are UTC, ISO 8601, to the microsecond.
3. Lines end with CRLF, and what needs it is quoted (RFC 4180); the file is UTF-8.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Each row as a line of CSV."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: str) -> str:
    """The value, harmless to a spreadsheet (rule 1)."""
    return f"'{value}" if value.startswith(FORMULA) and not NUMBER.fullmatch(value) else value


def moment(at: datetime) -> str:
    """As machines read it: "2026-11-22T12:00:00.000000Z"."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def download(name: str, rows: Iterable[Iterable[str]]) -> StreamingHttpResponse:
    """An answer that a browser keeps as a file."""
    answer = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
