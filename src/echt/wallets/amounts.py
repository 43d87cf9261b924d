"""Amounts as people type them and as machines write them, and the whole numbers of smallest units that they mean.

1. No digit is lost or made up: no float, no rounding, and more decimal places than the asset has are refused.
2. What a person typed is read in their language: in German the comma begins the decimal places and points make groups
   of three, in English it is the other way round. So "1.234" is 1234 in German, and pages that ask for a confirmation
   show what was understood.
3. Where only one reading is possible it is taken in both languages: "1.5", "0,001", "1.234.567", "1,234.56".
4. Groups may also stand between spaces or apostrophes. Digits are 0 to 9, also the wide ones of East Asian keyboards;
   other characters, exponents and signs are refused, and nothing is left out in silence.
5. Machines read and write one form alone: digits, a point, as many places as the asset has (`as_text`, `from_text`).
"""

import re
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from echt.ui.forms import NO_TEXT
from echt.wallets.exact import LARGEST

LONGEST = 200
"""Characters: enough for every amount with its groups, and no work for a number of a million digits."""
SPACES = " \u00a0\u2007\u2009\u202f"
APOSTROPHES = "'\u2019\u02bc"
GROUP = 3
"""Digits between two marks."""
GROUPING = SPACES + APOSTROPHES
MARKS = ".,"
MINUS = "-\u2212\u2013"
WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", 0xFF0C: ","}
DECIMAL_MARK = {"de": ","}
"""By language; all others have a point."""
PLAIN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)
EXPONENT = re.compile(r"[0-9.,]+[eE][+-]?[0-9]+")


class Fault(StrEnum):
    """What is wrong with an amount."""

    NOTHING = "nothing"
    NO_TEXT = "no_text"
    NEGATIVE = "negative"
    EXPONENT = "exponent"
    NO_NUMBER = "no_number"
    UNCLEAR = "unclear"
    PLACES = "places"
    ZERO = "zero"
    LARGE = "large"


SENTENCES: dict[Fault, str | Promise] = {
    Fault.NOTHING: _("Please enter an amount."),
    Fault.NO_TEXT: NO_TEXT,
    Fault.NEGATIVE: _("Please enter the amount without a minus sign."),
    Fault.EXPONENT: _("Please write the amount out in digits, without an exponent."),
    Fault.NO_NUMBER: _("Please enter the amount as a number, in digits from 0 to 9."),
    Fault.UNCLEAR: _("It is not clear where the decimal places of this amount begin. Please enter it without groups."),
    Fault.PLACES: ngettext_lazy(
        "This amount has more decimal places than there are: please enter at most %(places)s.",
        "This amount has more decimal places than there are: please enter at most %(places)s.",
        "places",
    ),
    Fault.ZERO: _("Please enter an amount above zero."),
    Fault.LARGE: _("This amount is too large. Please check its digits."),
}
WHOLE = _("This can only be a whole number. Please enter it without decimal places.")


class WrongAmount(ValidationError):
    """The text is no amount; its message is a sentence that says what to do."""

    def __init__(self, fault: Fault, *, decimals: int = 0) -> None:
        sentence = WHOLE if fault is Fault.PLACES and not decimals else SENTENCES[fault]
        super().__init__(sentence, code=fault.value, params={"places": decimals})  # type: ignore[arg-type]  # lazy text
        self.fault = fault


def parse_amount(text: str, decimals: int, language: str | None = None, *, allow_zero: bool = False) -> int:
    """The smallest units of what somebody typed, in the language that is active if none is named (rules 2 to 4).

    Raises:
        WrongAmount: with a sentence for the person.
    """
    mark = DECIMAL_MARK.get((language or get_language() or "")[:2], ".")
    return _units(*_parts(_cleaned(text), mark), decimals=decimals, allow_zero=allow_zero)


def from_text(text: str, decimals: int) -> int:
    """The smallest units of a machine's decimal text; zeros beyond the asset's places change nothing.

    Raises:
        WrongAmount: it has another form, or says more than the asset can.
    """
    found = PLAIN.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise WrongAmount(Fault.NO_NUMBER if text else Fault.NOTHING)
    sign, whole, places = found.groups("")
    kept = places[:decimals] + places[decimals:].rstrip("0")
    return int(f"{sign}1") * _units(whole, kept, decimals=decimals, allow_zero=True)


def as_text(units: int, decimals: int) -> str:
    """Plain and exact, for machines: "1.50000000", "-0.5", in every language the same."""
    digits = str(abs(units)).rjust(decimals + 1, "0")
    cut = len(digits) - decimals
    return f"{'-' if units < 0 else ''}{digits[:cut]}{'.' if decimals else ''}{digits[cut:]}"


def _cleaned(text: str) -> str:
    """Without what stands around it, in plain digits."""
    told = text.strip().translate(WIDE)
    if not told:
        raise WrongAmount(Fault.NOTHING)
    if not all(character.isprintable() or character in SPACES for character in told):
        raise WrongAmount(Fault.NO_TEXT)
    if told[0] in MINUS:
        raise WrongAmount(Fault.NEGATIVE)
    if EXPONENT.fullmatch(told):
        raise WrongAmount(Fault.EXPONENT)
    if not set(told) <= {*"0123456789", *GROUPING, *MARKS} or not set(told) & {*"0123456789"}:
        raise WrongAmount(Fault.NO_NUMBER)
    return told


def _parts(told: str, mark: str) -> tuple[str, str]:
    """What stands before the decimal mark and behind it, groups resolved."""
    points = [sign for sign in told if sign in MARKS]
    if not points or _is_grouped(points, told, mark, spaced=bool({*told} & {*GROUPING})):
        return _joined(told), ""
    whole, _mark, places = told.rpartition(points[-1])
    if not places.isdigit() and places:
        raise WrongAmount(Fault.UNCLEAR)
    return _joined(whole) if whole else "0", places


def _is_grouped(points: list[str], told: str, mark: str, *, spaced: bool) -> bool:
    """Whether its points or commas make groups alone (rules 2 and 3)."""
    if len({*points}) != 1 or spaced:
        return False
    if len(points) > 1:
        return True
    whole, _mark, places = told.partition(points[0])
    return points[0] != mark and len(places) == GROUP and 1 <= len(whole) <= GROUP and whole[0] != "0"


def _joined(whole: str) -> str:
    """The digits of groups of three, all separated by the same sign."""
    if whole.isdigit():
        return whole
    signs = {sign for sign in whole if not sign.isdigit()}
    first, *others = re.split("|".join(map(re.escape, signs)), whole)
    if len(signs) > 1 or not 1 <= len(first) <= GROUP or any(len(group) != GROUP for group in others):
        raise WrongAmount(Fault.UNCLEAR)
    return first + "".join(others)


def _units(whole: str, places: str, *, decimals: int, allow_zero: bool) -> int:
    if len(whole) > LONGEST:
        raise WrongAmount(Fault.LARGE)
    if len(places) > decimals:
        raise WrongAmount(Fault.PLACES, decimals=decimals)
    units = int(whole + places.ljust(decimals, "0"))
    if units > LARGEST:
        raise WrongAmount(Fault.LARGE)
    if not units and not allow_zero:
        raise WrongAmount(Fault.ZERO)
    return units
