"""The passes over bytes, compiled: they say where the first value is that is not plainly good, and not why.

1. A kernel never decides leniently: whatever it does not know, it reports.
2. Whole numbers are kept in two words of 64 bits; nothing here is a float.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from echt.proofs.input.batch import Bytes, Ends, Words
from echt.proofs.kernel.compiled import compiled as for_the_machine

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code at the first call, kept on disk; other threads go on meanwhile. Calls stay within one file."""
    code: Callable[P, R] = for_the_machine()(function)
    return code


NONE = -1
"""No row."""
WHOLE, POINT, ZERO, BAD = 0, 1, 2, 3
"""How an amount is written: without a point, with one, as zeros without a point; or in no way that counts."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_TEN = np.uint64(10)
_NOTHING = np.uint64(0)
_ROOM = np.uint64((2**64 - 1 - 9) // 10)
_TOP = np.uint64(2**63 - 1)
_POWERS = np.array([10**k for k in range(20)], dtype=np.uint64)
_MOST = np.array([(2**64 - 1) // 10**k for k in range(20)], dtype=np.uint64)


@compiled
def odd_characters(data: Bytes) -> tuple[bool, bool]:
    """Whether there are control characters of ASCII, and whether there is anything beyond ASCII."""
    least, most, deleted = np.uint8(255), np.uint8(0), np.uint8(0)
    for character in data:
        least = min(least, character)
        most = max(most, character)
        deleted |= np.uint8(character == np.uint8(127))
    return bool(least < 32 or deleted), bool(most > 127)  # noqa: PLR2004


@compiled
def first_odd_length(data: Bytes, ends: Ends, longest: int) -> int:
    """The first account that is empty, too long, or begins or ends with a blank."""
    for i in range(len(ends) - 1):
        begin, end = ends[i], ends[i + 1]
        if end - begin < 1 or end - begin > longest:
            return i
        if data[begin] == 32 or data[end - 1] == 32:  # noqa: PLR2004
            return i
    return NONE


@compiled
def write_numbers(sizes: Words, below: NDArray[np.bool_], ends: Ends, text: Bytes) -> None:
    """Whole numbers as decimal text, one after the other; `ends` holds where each stands."""
    for i in range(len(sizes)):
        rest = sizes[i]
        at = ends[i + 1] - 1
        while True:
            text[at] = np.uint8(48) + np.uint8(rest % _TEN)
            rest //= _TEN
            at -= 1
            if rest == _NOTHING:
                break
        if below[i]:
            text[at] = 45


@compiled
def number_ends(sizes: Words, below: NDArray[np.bool_], ends: Ends) -> None:
    """Where each whole number ends when all are written one after the other."""
    ends[0] = 0
    for i in range(len(sizes)):
        digits = 1
        while digits < 20 and sizes[i] >= _POWERS[digits]:  # noqa: PLR2004
            digits += 1
        ends[i + 1] = ends[i] + digits + (1 if below[i] else 0)


@compiled
def _times_ten(low: np.uint64, high: np.uint64, digit: np.uint64) -> tuple[np.uint64, np.uint64, bool]:
    """The number times ten and a digit; the last says whether it stays below 2^127."""
    if high == _NOTHING and low <= _ROOM:
        return low * _TEN + digit, high, True
    first = (low & _LOW) * _TEN + digit
    second = (low >> _HALF) * _TEN + (first >> _HALF)
    carry = second >> _HALF
    if high > (_TOP - carry) // _TEN:
        return low, high, False
    return (second << _HALF) | (first & _LOW), high * _TEN + carry, True


@compiled
def _scaled(low: np.uint64, high: np.uint64, places: int) -> tuple[np.uint64, np.uint64, bool]:
    """The number times a power of ten."""
    if places < 20 and high == _NOTHING and low <= _MOST[places]:  # noqa: PLR2004
        return low * _POWERS[places], high, True
    for _ in range(places):
        low, high, fits = _times_ten(low, high, _NOTHING)
        if not fits:
            return low, high, False
    return low, high, True


@compiled
def _amount(  # noqa: C901, PLR0911 - one pass, which ends at the first doubt
    data: Bytes, begin: int, end: int, decimals: int
) -> tuple[np.uint64, np.uint64, int]:
    """An amount that is written as text, and how it is written."""
    low = high = _NOTHING
    if end <= begin or end - begin > 128:  # noqa: PLR2004
        return low, high, BAD
    point = NONE
    places = 0
    for i in range(begin, end):
        if data[i] == 46:  # noqa: PLR2004
            if point != NONE or i == begin or i == end - 1 or decimals == 0:
                return low, high, BAD
            point = i
            continue
        digit = np.uint64(data[i]) - np.uint64(48)
        if digit > np.uint64(9):
            return low, high, BAD
        if point != NONE and places == decimals:
            if digit != _NOTHING:
                return low, high, BAD
            continue
        low, high, fits = _times_ten(low, high, digit)
        if not fits:
            return low, high, BAD
        if point != NONE:
            places += 1
    if point == NONE:
        return low, high, (ZERO if low == _NOTHING and high == _NOTHING else WHOLE)
    low, high, fits = _scaled(low, high, decimals - places)
    return low, high, (POINT if fits else BAD)


@compiled
def read_amounts(
    data: Bytes, begins: Ends, ends: Ends, decimals: int, low: Words, high: Words
) -> tuple[int, int, int, bool]:
    """Amounts as text into two words each.

    Returns the first row that is bad, the first without a point, the first with one, and whether high words are needed.
    """
    bad, whole, point, wide = NONE, NONE, NONE, _NOTHING
    for i in range(len(begins)):
        low[i], high[i], form = _amount(data, begins[i], ends[i], decimals)
        wide |= high[i]
        if form == BAD:
            bad = i
            break
        if form == WHOLE and whole == NONE:
            whole = i
        if form == POINT and point == NONE:
            point = i
    return bad, whole, point, wide != _NOTHING


@compiled
def read_mixed_amounts(
    data: Bytes, begins: Ends, ends: Ends, codes: NDArray[np.uint16], decimals: Ends, words: Words, seen: Ends
) -> int:
    """The same where each row has its own asset: `codes` into `decimals`. `words` are the low and the high ones.

    Returns the first row that is bad; `seen[form, code]` is the first row of that asset in that form.
    """
    for i in range(len(begins)):
        code = codes[i]
        words[0, i], words[1, i], form = _amount(data, begins[i], ends[i], decimals[code])
        if form == BAD:
            return i
        if form != ZERO and seen[form, code] == NONE:
            seen[form, code] = i
    return NONE
