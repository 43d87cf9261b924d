"""The number that every message carries.

Ten random symbols of Crockford's base 32 (50 bits) and one check symbol of the same alphabet, printed `XXXX-XXXX-XXX`.
The printed form is the only form: in the ledger, in the mail, in addresses of pages.

1. The random part comes from the operating system's generator and is never derived from anything.
2. Every single wrong symbol is noticed, and every swap of two neighbours.
3. Reading is forgiving where people err: case, spaces, hyphens, `O` for `0`, `I` and `L` for `1`.

The check symbol makes the number, read as a polynomial over GF(32), have a root at `ROOT`, a generator of the field:
each place then has a weight of its own, none of them zero. `docs/decisions/0002-message-number.md` has the reasons.
"""

import secrets
from collections.abc import Iterable
from functools import reduce
from typing import NewType

Number = NewType("Number", str)
"""A number in its printed form, with a right check symbol."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 10
LENGTH = RANDOM_SYMBOLS + 1
ROOT = 0b00010
FIELD_POLYNOMIAL = 0b100101
FIELD_SIZE = 32

VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
SEPARATORS = str.maketrans("", "", " -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2212")


class NotANumber(ValueError):
    """The text does not have the form of a message number."""


class WrongCheck(NotANumber):
    """The form is right and the check symbol is not: a symbol is wrong, or two are swapped."""


def new_number() -> Number:
    """A number that nobody can foresee. Whether it is free is the ledger's business."""
    values = [secrets.randbelow(FIELD_SIZE) for _ in range(RANDOM_SYMBOLS)]
    return _printed([*values, check_value(values)])


def parse(text: str) -> Number:
    """The number that a person typed or pasted.

    Raises:
        NotANumber: another length, or a symbol that is not in the alphabet.
        WrongCheck: a typing mistake.
    """
    bare = text.translate(SEPARATORS)
    symbols = bare.upper()
    if not bare.isascii() or len(symbols) != LENGTH or not VALUES.keys() >= set(symbols):
        raise NotANumber(text)
    values = [VALUES[symbol] for symbol in symbols]
    if check_value(values[:-1]) != values[-1]:
        raise WrongCheck(text)
    return _printed(values)


def check_value(values: Iterable[int]) -> int:
    """The symbol that makes `ROOT` a root of the whole number."""
    return reduce(lambda total, value: _times_root(total ^ value), values, 0)


def _times_root(value: int) -> int:
    """The product with `ROOT` in GF(32)."""
    doubled = value << 1
    return doubled ^ FIELD_POLYNOMIAL if doubled & FIELD_SIZE else doubled


def _printed(values: list[int]) -> Number:
    symbols = "".join(ALPHABET[value] for value in values)
    return Number(f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}")
