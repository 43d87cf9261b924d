"""Dates of birth as lists write them, brought into `1970-01-31`, or `1970` where only the year is known.

What cannot be read so gives nothing here; the reader puts it into the remarks, where a person sees it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

WIDEST = 15
"""Years of a range that still say something; of a wider one nothing is compared."""
AROUND = 2
"""Years before and after one that is said to be approximate."""
EARLIEST, LATEST = 1850, 2100

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T+ ].*)?")
_SPOKEN = re.compile(r"(?:(\d{1,2})\s+)?(?:([a-z]{3})[a-z]*\.?\s+)?(\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{2}|dd)/(\d{2}|mm)/(\d{4})", re.IGNORECASE)
_CIRCA = re.compile(r"^(?:circa|c\.|ca\.|approximately|approx\.)\s*", re.IGNORECASE)
_RANGE = re.compile(r"\s+to\s+", re.IGNORECASE)


def births_of(text: str) -> tuple[str, ...]:
    """The dates or years that a text means: ISO 8601, `31 Jan 1970`, `31/01/1970`, `circa 1970`, `1968 to 1970`."""
    text = text.strip()
    if approximate := _CIRCA.match(text):
        return around(_one(text[approximate.end() :]))
    first, *last = _RANGE.split(text, maxsplit=1)
    if last:
        return between(_one(first)[:4], _one(last[0])[:4])
    found = _one(text)
    return (found,) if found else ()


def around(found: str) -> tuple[str, ...]:
    """The years about the one of an approximate date."""
    if not found:
        return ()
    year = int(found[:4])
    return between(str(year - AROUND), str(year + AROUND))


def between(first: str, last: str) -> tuple[str, ...]:
    """All years of a range, unless it is so wide that it says nothing."""
    with suppress(ValueError):
        years = range(int(first), int(last) + 1)
        if 0 < len(years) <= WIDEST:
            return tuple(str(year) for year in years)
    return ()


def _one(text: str) -> str:
    text = text.strip()
    for year, month, day in _readings(text):
        if not EARLIEST <= int(year) <= LATEST:
            return ""
        return _dated(int(year), month, day)
    return ""


def _readings(text: str) -> Iterator[tuple[str, int, int]]:
    """Year, month and day; 0 where unknown."""
    if match := _ISO.fullmatch(text):
        yield match[1], int(match[2] or 0), int(match[3] or 0)
    elif match := _SLASHED.fullmatch(text):
        yield match[3], _number(match[2]), _number(match[1])
    elif match := _SPOKEN.fullmatch(text):
        yield match[3], _MONTHS.get((match[2] or "").lower(), 0), int(match[1] or 0)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _dated(year: int, month: int, day: int) -> str:
    if not month or not day:
        return str(year)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return str(year)
