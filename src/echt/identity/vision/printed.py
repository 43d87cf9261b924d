"""Fields of the visual zone: by their labels, by the numbers of a driving licence, and by what the zone says.

1. A value is only ever what stands in the picture, never what the zone says without being printed.
2. Where the zone's value is printed somewhere, that place is taken; else what stands beside or under the label. Of a
   number the zone tells O from 0, which print does not.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from echt.identity.comparing import same_name
from echt.identity.documents import DATES, DocumentKind, Field
from echt.identity.mrz import transliterate
from echt.identity.mrz.countries import is_known, to_icao, to_iso
from echt.identity.numbers import index_number, plain_number
from echt.identity.vision.days import days
from echt.identity.vision.labels import label_of
from echt.identity.vision.lines import Line

BELOW = 2.6
"""Heights of a label within which its value begins under it."""
ASIDE = 3.0
"""Heights by which label and value may be out of line."""
_NUMBERED = re.compile(r"^(1|2|3|4 ?[abcd]|5)(?:[.,:]\s*|\s+|$)(.*)$", re.IGNORECASE)
_LICENCE = {"1": Field.SURNAME, "2": Field.GIVEN_NAMES, "3": Field.BORN_ON, "4b": Field.EXPIRES_ON, "5": Field.NUMBER}
_SEX = re.compile(r"(?<![A-Z])([MFX])(?![A-Z])")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9/-]{4,19}")
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")


def printed(
    lines: Sequence[Line], *, kind: DocumentKind, country: str = "", known: Mapping[Field, str] | None = None
) -> dict[Field, str]:
    """What the lines of a document say.

    `country`, the issuer’s alpha-3 code, decides whether day or month stands first; `known` is what the zone says.
    """
    upright = _upright([line for line in lines if "<<" not in line.text])
    found = _numbered(upright, country) if kind is DocumentKind.DRIVING_LICENCE else {}
    labelled = {**_labelled(upright, country), **found}
    return {**labelled, **_confirmed(upright, known or {}, country)}


# By what the zone says ----------------------------------------------------------------------------------------


def _confirmed(lines: Sequence[Line], known: Mapping[Field, str], country: str) -> dict[Field, str]:
    """Of each field the print that says the same as the zone."""
    said = {field: _says_same(field, value, lines, country) for field, value in known.items()}
    return {field: value for field, value in said.items() if value}


def _says_same(field: Field, value: str, lines: Sequence[Line], country: str) -> str:
    texts = [line.text for line in lines]
    if field in DATES:
        return value if any(value in days(each, country) for each in texts) else ""
    if field is Field.NUMBER:
        return value if any(_same_number(word, value) for each in texts for word in _words(each)) else ""
    if field in {Field.SURNAME, Field.GIVEN_NAMES}:
        return next((each for each in texts if same_name(each, value)), "")
    return ""


def _words(text: str) -> Iterable[str]:
    return (text, *text.split())


def _same_number(word: str, value: str) -> bool:
    return index_number(word) == index_number(value)


# By labels ----------------------------------------------------------------------------------------------------


def _labelled(lines: Sequence[Line], country: str) -> dict[Field, str]:
    labels = [(line, *label_of(line.text)) for line in lines]
    values = [line for line, is_label, _ in labels if not is_label]
    found: dict[Field, str] = {}
    for line, is_label, field in labels:
        if is_label and field is not None and field not in found:
            texts = (each.text for each in _near(line, values))
            value = next(filter(None, (_value(field, text, country) for text in texts)), "")
            found |= {field: value} if value else {}
    return found


def _near(label: Line, values: Sequence[Line]) -> list[Line]:
    """What stands under the label or to its right, the nearest first."""
    high = label.height
    under = [
        line
        for line in values
        if 0 < line.centre - label.centre < BELOW * high and abs(line.left - label.left) < ASIDE * high
    ]
    beside = [line for line in values if abs(line.centre - label.centre) < high / 2 and line.left > label.right - high]
    return sorted(under, key=lambda line: line.centre) + sorted(beside, key=lambda line: line.left)


def _value(field: Field, text: str, country: str) -> str:
    if field in DATES:
        return next(iter(days(text, country)), "")
    return _READERS[field](text)


def _name(text: str) -> str:
    return "" if any(character.isdigit() for character in text) or not transliterate(text) else text.strip(" ,.;:")


def _number(text: str) -> str:
    words = _NUMBER.findall(text.upper())
    return next((plain_number(word) for word in words if any(character.isdigit() for character in word)), "")


def _sex(text: str) -> str:
    found = _SEX.search(text.upper())
    return found[1] if found else ""


def _nationality(text: str) -> str:
    """A code as ICAO has it. Words such as “DEUTSCH” are left to the reader."""
    return next((to_icao(to_iso(code)) or code for code in _CODE.findall(text.upper()) if is_known(code)), "")


_READERS: Mapping[Field, Callable[[str], str]] = {
    Field.SURNAME: _name,
    Field.GIVEN_NAMES: _name,
    Field.NUMBER: _number,
    Field.SEX: _sex,
    Field.NATIONALITY: _nationality,
}


# By the numbers of a driving licence --------------------------------------------------------------------------


def _numbered(lines: Sequence[Line], country: str) -> dict[Field, str]:
    """After Directive 2006/126/EC: 1 surname, 2 given names, 3 birth, 4b expiry, 5 number."""
    rows = _rows(lines)
    found: dict[Field, str] = {}
    for place, row in enumerate(rows):
        for match in _parts(row):
            field = _LICENCE.get(match[0])
            value = _value(field, match[1], country) if field else ""
            if field and value:
                found.setdefault(field, value)
                _guess_surname(found, field, rows[place - 1] if place else [], row)
    return found


def _parts(row: Sequence[Line]) -> list[tuple[str, str]]:
    """The numbers of a row with what follows each."""
    parts: list[tuple[str, str]] = []
    for line in row:
        match = _NUMBERED.match(line.text)
        if match:
            parts.append((match[1].lower().replace(" ", ""), match[2]))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {line.text}".strip())
    return parts


def _guess_surname(found: dict[Field, str], field: Field, above: Sequence[Line], row: Sequence[Line]) -> None:
    """A single 1 is easily missed: what stands straight above the given names is the surname."""
    if field is Field.GIVEN_NAMES and Field.SURNAME not in found and above:
        last = above[-1]
        if abs(last.left - row[-1].left) < last.height and (name := _name(last.text)):
            found[Field.SURNAME] = name


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: each.centre):
        if rows and line.centre - rows[-1][-1].centre < line.height / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda each: each.left) for row in rows]


# Upright ------------------------------------------------------------------------------------------------------


def _upright(lines: Sequence[Line]) -> list[Line]:
    """The lines where they would stand if the document lay straight: turned by their usual slope."""
    if not lines:
        return []
    slopes = [np.arctan2(*(line.box[1] - line.box[0])[::-1]) for line in lines]
    angle = -float(np.median(slopes))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [Line(box=line.box @ turn.T, text=line.text, sure=line.sure) for line in lines]
