"""The file as lines: UTF-8 with or without a mark, commas or semicolons, quoted where needed."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

REQUIRED = ("id", "account", "time", "kind", "asset", "amount")
OPTIONAL = (
    *("fee", "to_asset", "to_amount", "channel", "held_until"),
    *("currency", "paid", "processor", "reference"),
)
COLUMNS = (*REQUIRED, *OPTIONAL)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line; `column` is empty where it is the whole line."""

    line: int
    column: str
    sentence: str
    account: str = ""

    def __str__(self) -> str:
        return f"line {self.line}{', ' if self.column else ''}{self.column}: {self.sentence}"


@dataclass(frozen=True)
class Line:
    """The cells of a line by their column, absent ones empty."""

    number: int
    cells: dict[str, str]
    has_decimal_comma: bool
    """Whether cells are separated by semicolons, so that a comma may begin the decimal places."""


def read(path: Path) -> Iterator[Line | Problem]:
    """Every line of the file, one at a time. What cannot be read as CSV ends it."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        delimiter = _delimiter(file)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            yield from _lines(reader, is_german=delimiter == ";")
        except csv.Error as error:
            yield Problem(reader.line_num, "", f"This cannot be read as CSV, nor anything after it: {error}.")


def _lines(reader: Any, *, is_german: bool) -> Iterator[Line | Problem]:
    header = [name.strip().lower() for name in next(reader, [])]
    wrong = _wrong_with(header)
    if wrong:
        yield Problem(1, "", wrong)
        return
    before = reader.line_num
    for cells in reader:
        number, before = before + 1, reader.line_num
        if len(cells) == len(header):
            yield Line(number, dict(zip(header, map(str.strip, cells), strict=True)), is_german)
        elif cells:
            yield Problem(number, "", f"This line has {len(cells)} cells, and the first line names {len(header)}.")


def _delimiter(file: TextIO) -> str:
    first = file.readline()
    file.seek(0)
    return ";" if first.count(";") > first.count(",") else ","


def _wrong_with(header: list[str]) -> str:
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    if not header:
        return "The file is empty."
    if missing:
        return f"The first line has to name these columns too: {', '.join(missing)}."
    if unknown:
        return f"There are no such columns: {', '.join(map(repr, unknown))}. There are: {', '.join(COLUMNS)}."
    return f"These columns stand there twice: {', '.join(twice)}." if twice else ""
