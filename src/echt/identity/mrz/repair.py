"""Characters that OCR takes for one another, and lines that lost or gained fillers.

1. A character is replaced only where a check digit then holds, and only if there is one way to make it hold with so few
   replacements; where the format has a composite digit, that must hold too.
2. A digit where only letters may stand, in a name or a country's code, is replaced without a check digit: it cannot be
   right as it is.
3. Whatever was replaced is named.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from echt.identity.mrz.check_digits import ALPHABET, FILLER, check_digit
from echt.identity.mrz.countries import is_known
from echt.identity.mrz.formats import Layout, Span
from echt.identity.mrz.zone import number_rest

SLACK = 3
"""By how many characters a line may be too long or too short."""

_AS_DIGIT = str.maketrans("OQDUIJLZSGBTA", "0000111256874")
_AS_LETTER = str.maketrans("0125678", "OIZSGTB")
_LOOKALIKES = ("0OQD", "1IL", "2Z", "5S", "6G", "8B", "7T")
_FOR_SEVEN = "TZ"
_MOST_REPLACED = 2
_TYPED_DIFFERENTLY = str.maketrans({"«": "<<", "‹": "<", "＜": "<", "(": "<", "{": "<", "[": "<", "≪": "<<"})


class Attempt(NamedTuple):
    """Lines of the right length, and what was replaced in them."""

    lines: tuple[str, ...]
    repaired: frozenset[str] = frozenset()


def clean(line: str) -> str:
    """Only characters that a zone has."""
    return "".join(character for character in line.upper().translate(_TYPED_DIFFERENTLY) if character in ALPHABET)


# Lengths ---------------------------------------------------------------------------------------------------


def fitted(line: str, width: int) -> Iterator[str]:
    """Ways to bring a line to its width by fillers and at its ends; none where it is too far off."""
    missing = width - len(line)
    if abs(missing) > SLACK and not (missing > 0 and ends_in_fillers(line)):
        return
    if missing == 0:
        yield line
    elif missing > 0:
        yield line + FILLER * missing
        yield from (line[: run.end()] + FILLER * missing + line[run.end() :] for run in _runs(line))
    else:
        yield from (line[: run.end() + missing] + line[run.end() :] for run in _runs(line) if len(run[0]) > -missing)
        yield line[:missing]
        yield line[-missing:]


def ends_in_fillers(line: str) -> bool:
    """Whether the detector may have cut off more of the same: fillers at the end are faint to it."""
    return line.endswith(FILLER * 2)


def _runs(line: str) -> list[re.Match[str]]:
    """Runs of fillers, the longest first."""
    return sorted(re.finditer("<+", line), key=lambda run: run.start() - run.end())


# Characters ------------------------------------------------------------------------------------------------


def holds(layout: Layout, name: str, lines: Sequence[str]) -> bool:
    """Whether the check digit of this name is right."""
    check = layout.checks[name]
    text, digit = check.text(lines), check.digit.of(lines)
    if name == "number" and (rest := number_rest(layout, lines)):
        text, digit = f"{text}{rest[:-1]}", rest[-1]
    if name == "optional" and digit == FILLER:
        return not text.strip(FILLER)
    return digit == check_digit(text)


def settle(layout: Layout, lines: tuple[str, ...], *, guessing: bool = True) -> Attempt:
    """The lines with everything replaced that may be; without `guessing` nothing where letters and digits are mixed."""
    attempt = Attempt(_with_letters(layout, lines))
    for name in ("born_on", "expires_on", "number", "optional", "composite"):
        if name in layout.checks and not holds(layout, name, attempt.lines):
            attempt = _repaired(layout, name, attempt, _MOST_REPLACED if guessing else 0)
    return attempt._replace(repaired=_changed(layout, lines, attempt.lines))


def _with_letters(layout: Layout, lines: tuple[str, ...]) -> tuple[str, ...]:
    for span in layout.names:
        lines = _put(lines, span, span.of(lines).translate(_AS_LETTER))
    for place in filter(None, (layout.issuer, layout.nationality)):
        lines = _put(lines, place, _country(place.of(lines)))
    first = Span(0, 0, 1)
    return _put(lines, first, first.of(lines).translate(_AS_LETTER))


def _country(code: str) -> str:
    """A code that exists, if this is not one: with letters for digits, or the only one that looks like it."""
    for likely in (code, code.translate(_AS_LETTER)):
        if is_known(likely):
            return likely
    letters = (_FOR_SEVEN if character == "7" else _similar(character) for character in code)
    known = {"".join(way) for way in product(*letters) if is_known("".join(way))}
    return known.pop() if len(known) == 1 else code


def _similar(character: str) -> str:
    return next((group for group in _LOOKALIKES if character in group), character)


def _repaired(layout: Layout, name: str, attempt: Attempt, most: int) -> Attempt:
    """With the fewest replacements that make the digit hold; as it was where there are none, or several ways."""
    for count in range(most + 1):
        found = {lines for lines in _ways(layout, name, attempt.lines, count) if _sound(layout, name, lines)}
        if found:
            return Attempt(found.pop()) if len(found) == 1 else attempt
    return attempt


def _sound(layout: Layout, name: str, lines: Sequence[str]) -> bool:
    """Dates are repaired first, so the composite digit says nothing yet when they are looked at."""
    wanted = {name, "composite"} & layout.checks.keys() if name in {"number", "optional"} else {name}
    return all(holds(layout, each, lines) for each in wanted)


def _ways(layout: Layout, name: str, lines: tuple[str, ...], count: int) -> Iterator[tuple[str, ...]]:
    """Lines with `count` characters of the field replaced by lookalikes, and digits wherever only they may stand."""
    digits = _with_digits(layout, name, lines)
    if name in {"born_on", "expires_on"}:
        yield from [digits] if count == 0 else []
        return
    places = [place for span in _free(layout, name) for place in _places(span) if _others(digits, place)]
    for chosen in combinations(places, count):
        for characters in product(*(_others(digits, place) for place in chosen)):
            changed = digits
            for place, character in zip(chosen, characters, strict=True):
                changed = _put(changed, place, character)
            yield changed


def _free(layout: Layout, name: str) -> tuple[Span, ...]:
    """Where letters and digits are mixed, so that one may stand for the other."""
    return (layout.number,) if name == "number" else layout.optional


def _with_digits(layout: Layout, name: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    check = layout.checks[name]
    only_digits = [check.digit]
    if name in {"born_on", "expires_on"}:
        only_digits += check.covers
    for span in only_digits:
        lines = _put(lines, span, span.of(lines).translate(_AS_DIGIT))
    return lines


def _places(span: Span) -> list[Span]:
    return [Span(span.line, place, place + 1) for place in range(span.start, span.end)]


def _others(lines: Sequence[str], place: Span) -> str:
    character = place.of(lines)
    return "".join(other for other in _similar(character) if other != character)


def _put(lines: tuple[str, ...], span: Span, text: str) -> tuple[str, ...]:
    line = lines[span.line]
    changed = line[: span.start] + text + line[span.end :]
    return (*lines[: span.line], changed, *lines[span.line + 1 :])


def _changed(layout: Layout, before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fields that differ."""
    places = {
        "code": [layout.code],
        "issuer": [layout.issuer],
        "names": layout.names,
        "nationality": [layout.nationality] if layout.nationality else [],
        "number": [layout.number, layout.checks["number"].digit],
        "born_on": [layout.born_on, layout.checks["born_on"].digit],
        "expires_on": [layout.expires_on, layout.checks["expires_on"].digit] if layout.expires_on else [],
        "optional": [*layout.optional, *(check.digit for key, check in layout.checks.items() if key == "optional")],
        "composite": [check.digit for key, check in layout.checks.items() if key == "composite"],
    }
    return frozenset(name for name, spans in places.items() if any(span.of(before) != span.of(after) for span in spans))
