"""Dates as documents print them."""

import re
from datetime import date

from echt.identity.mrz import transliterate

_MONTHS = tuple(
    tuple(names.split("|"))
    for names in (
        "JAN|STY|GEN|ENE|LED|TAM",
        "FEB|FEV|LUT|UNO|HEL",
        "MAR|MAE|MRZ|BRE",
        "APR|AVR|KWI|ABR|DUB|HUH",
        "MAY|MAI|MAJ|MAG|KVE|TOU",
        "JUN|CZE|GIU|KES|CER",
        "JUL|LIP|LUG|HEI",
        "AUG|AOU|SIE|AGO|SRP|ELO",
        "SEP|WRZ|SET|ZAR|SYY",
        "OCT|OKT|PAZ|OTT|OUT|RIJ|LOK",
        "NOV|LIS|MARR",
        "DEC|DEZ|GRU|DIC|PRO|JOU",
    )
)
"""The first letters of the months, in the languages of the labels."""
_NUMBERS = re.compile(r"(?<!\d)(\d{2})[ .,/-]*(\d{2})[ .,/-]*((?:19|20)\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})[ .,/-]*(\d{2})[ .,/-]*(\d{2})(?!\d)")
_WORD = re.compile(r"(?<!\d)(\d{1,2})[ ./-]*([A-Z]{3,9})(?:[ ./-]*[A-Z]{3,9})?[ ./-]*((?:19|20)\d{2})(?!\d)")
MONTH_FIRST = frozenset({"USA"})


def days(text: str, country: str = "") -> list[str]:
    """The dates in a line, as ISO 8601, from left to right; `country` decides what 04/05 means."""
    found: list[tuple[int, str]] = []
    for match in _NUMBERS.finditer(text):
        first, second, year = match.groups()
        day, month = (second, first) if country in MONTH_FIRST else (first, second)
        found.append((match.start(), _day(year, month, day)))
    found += [(match.start(), _day(*match.groups())) for match in _YEAR_FIRST.finditer(text)]
    plain = " ".join(transliterate(part) if part.isalpha() else part for part in re.split(r"([^\W\d_]+)", text))
    for match in _WORD.finditer(re.sub(r"\s+", " ", plain)):
        day, word, year = match.groups()
        found.append((match.start(), _day(year, _month(word), day)))
    return [day for _, day in sorted(found) if day]


def _month(word: str) -> str:
    return next((f"{number:02}" for number, names in enumerate(_MONTHS, 1) if word.startswith(names)), "")


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
