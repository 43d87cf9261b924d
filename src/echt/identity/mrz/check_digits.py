"""The check digit of ICAO Doc 9303-3, 4.9: weights 7, 3, 1, modulo 10.

It notices every wrong digit. Characters whose values differ by a multiple of ten look alike to it: L and 1, G and 6,
A, K, U, 0 and the filler. What is protected by it alone is therefore compared with the print as well.
"""

from itertools import cycle
from operator import mul
from string import ascii_uppercase, digits

FILLER = "<"
ALPHABET = digits + ascii_uppercase + FILLER
VALUES = {character: place for place, character in enumerate(digits + ascii_uppercase)} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)


def check_digit(text: str) -> str:
    """The digit over `text`.

    Raises:
        ValueError: a character that no zone has.
    """
    if strange := set(text) - VALUES.keys():
        raise ValueError(f"no character of a machine-readable zone: {''.join(sorted(strange))}")
    return str(sum(map(mul, map(VALUES.__getitem__, text), cycle(_WEIGHTS))) % 10)
