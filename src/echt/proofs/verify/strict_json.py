"""JSON without the loopholes of JSON.

1. No key twice in an object: two readers could see two different files.
2. No byte order mark, no NaN or Infinity, no lone surrogate.
3. Nesting ends at 16, the number of parts has a limit, and both are known before a single value is made; so neither
   time nor memory grows beyond what the size of a file allows.
4. Strictly (`parse_json`) a number is a whole number, written plainly, with an absolute value below 2^53: every
   language reads it alike. In other exchanges' files (`parse_any_json`) other numbers are there too, with their text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NoReturn, Union

from echt.proofs.verify.reasons import Unreadable

DEEPEST = 16
MOST_OBJECTS_AND_LISTS = 2**20
MOST_VALUES = 2**21
MOST_TEXTS = 2**21
LARGEST_INTEGER = 2**53 - 1
LONGEST_NUMBER = 100
NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
SMALL_EXPONENT = re.compile(r"[-0-9.]+([eE][-+]?[0-9]{1,2})?")

Json = Union[None, bool, int, str, Decimal, list["Json"], dict[str, "Json"]]


class Number(Decimal):
    """A number that is not a plain whole one, with its exact literal in the file."""

    text: str

    def __new__(cls, text: str) -> Number:  # noqa: PYI034 - Python 3.9 has no Self
        number = super().__new__(cls, text)
        number.text = text
        return number


def parse_json(text: str) -> Json:
    """The value of the text, by all four rules.

    Raises:
        Unreadable: a rule is broken.
    """
    return _parse(text, _plain_integer, _no_fraction)


def parse_any_json(text: str) -> Json:
    """The value of a text of another exchange, by the first three rules.

    Raises:
        Unreadable: a rule is broken.
    """
    return _parse(text, _any_integer, _any_fraction)


def _parse(text: str, integer: Callable[[str], int], fraction: Callable[[str], Decimal]) -> Json:
    _check_shape(text)
    try:
        value: Json = json.loads(
            text,
            parse_int=integer,
            parse_float=fraction,
            parse_constant=_no_constant,
            object_pairs_hook=_object_without_doubles,
        )
    except json.JSONDecodeError as fault:
        place = fault.lineno, fault.colno
        raise _not_json(
            "line {}, character {} cannot be understood".format(*place),
            "Zeile {}, Zeichen {} ist nicht zu verstehen".format(*place),
        ) from None
    if "\\u" in text:
        _check_surrogates(value)
    return value


def _check_shape(text: str) -> None:
    """Rules 2 and 3, as far as they can be seen in the text alone."""
    if text.startswith("\ufeff"):
        raise _not_json("it begins with a byte order mark", "sie beginnt mit einer Byte-Reihenfolge-Marke")
    if text.count(",") > MOST_VALUES or text.count('"') > 2 * MOST_TEXTS:
        raise Unreadable("form.size")
    brackets = _brackets(text)
    if len(brackets) > 2 * MOST_OBJECTS_AND_LISTS:
        raise Unreadable("form.size")
    for _ in range(DEEPEST):
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise _not_json(
            "brackets are nested deeper than 16 or do not fit together",
            "Klammern sind tiefer als 16 geschachtelt oder passen nicht zusammen",
        )


def _brackets(text: str) -> bytes:
    """The brackets of objects and lists alike, without all else: `[[][]]`. Taking `[]` out takes one level away."""
    outside_of_texts = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    return outside_of_texts.encode("utf-8", "replace").translate(bytes.maketrans(b"{}", b"[]"), delete=NOT_BRACKETS)


def _check_surrogates(value: Json) -> None:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise _not_json("it contains half a character", "sie enthält ein halbes Zeichen") from None


def _object_without_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable("form.duplicate_key", name=name[:40])
        found[name] = value
    return found


def _plain_integer(literal: str) -> int:
    if len(literal) > len(str(-LARGEST_INTEGER)) or literal == "-0" or abs(int(literal)) > LARGEST_INTEGER:
        raise _not_a_number(literal)
    return int(literal)


def _no_fraction(literal: str) -> NoReturn:
    raise _not_a_number(literal)


def _any_integer(literal: str) -> int:
    if len(literal) > LONGEST_NUMBER:
        raise _not_a_number(literal)
    return int(literal)


def _any_fraction(literal: str) -> Decimal:
    if len(literal) > LONGEST_NUMBER or not SMALL_EXPONENT.fullmatch(literal):
        raise _not_a_number(literal)
    return Number(literal)


def _no_constant(literal: str) -> NoReturn:
    raise _not_a_number(literal)


def _not_a_number(literal: str) -> Unreadable:
    shown = literal if len(literal) <= LONGEST_NUMBER else literal[:LONGEST_NUMBER] + "…"
    return _not_json(f"{shown} is not a number that is allowed there", f"{shown} ist keine Zahl, die dort erlaubt ist")


def _not_json(english: str, german: str) -> Unreadable:
    return Unreadable("form.json", what=(english, german))
