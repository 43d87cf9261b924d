"""Rows of a CSV file as they come, with their numbers, in constant memory."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from echt.identity.screening.entries import ListRefused

MOST_BYTES = 4 * 1024 * 1024
"""Of a line."""
END_OF_FILE = "\x1a"
"""Ends some lists that were made on DOS."""


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """All rows that say something, with the number of the line on which each ends.

    Raises:
        ListRefused: the file is not UTF-8, or not CSV.
    """
    with path.open("rb") as file:
        reader = csv.reader(_lines(file), strict=True)
        try:
            for row in reader:
                if any(field.strip(END_OF_FILE + " ") for field in row):
                    yield reader.line_num, row
        except UnicodeDecodeError as error:
            raise ListRefused(_not_unicode(reader.line_num + 1)) from error
        except csv.Error as error:
            raise ListRefused(_not_csv(reader.line_num, error)) from error


def _lines(file: BinaryIO) -> Iterator[str]:
    """Line by line, so that the one that is not UTF-8 can be named, and none fills the memory."""
    for number, line in enumerate(iter(lambda: file.readline(MOST_BYTES), b""), start=1):
        if len(line) == MOST_BYTES:
            raise ListRefused(_("Line %(line)d is longer than a line of a list can be.") % {"line": number})
        yield line.decode("utf-8-sig" if number == 1 else "utf-8")


def _not_unicode(line: int) -> str:
    return _("Line %(line)d is not UTF-8. Save it as UTF-8 and import it again.") % {"line": line}


def _not_csv(line: int, error: csv.Error) -> str:
    text = _("Line %(line)d is not CSV (%(error)s). Download the file again; it may have been cut off.")
    return text % {"line": line, "error": error}


class Columns:
    """The columns of a table by name; case and blanks at the ends do not matter."""

    def __init__(self, head: Sequence[str]) -> None:
        self._places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(head)))}
        self.count = len(head)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._places

    def of(self, row: Sequence[str], *names: str) -> str:
        """The value of the first of the columns that the table has; empty where it has none of them."""
        for name in names:
            with suppress(KeyError, IndexError):
                return row[self._places[name.casefold()]].strip()
        return ""


def wrong_width(row: int, found: int, wanted: int) -> str:
    """What to say of a row that has another number of fields than the head."""
    text = _("Row %(row)d has %(found)d fields instead of %(wanted)d.")
    return text % {"row": row, "found": found, "wanted": wanted}
