"""What the applicant typed beside what was read, and what one part of the document says beside another. Plain Python.

1. Where a check digit holds, the zone decides over numbers and dates; next to it the barcode, which corrects itself.
2. A value whose check digit is wrong can confirm what was typed; it never contradicts it.
3. Names are compared as zones spell them, in any order of their words; no check digit protects them, so that each part
   of the document counts the same. Where the zone had no room for the whole name, the beginning is enough.
4. That nothing differs does not mean that the document is genuine.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from echt.identity.documents import TYPED, Field
from echt.identity.findings import Reading, Source
from echt.identity.mrz.countries import same_country
from echt.identity.mrz.formats import LAYOUTS, Format
from echt.identity.mrz.names import spellings
from echt.identity.numbers import index_number

NAMES = frozenset({Field.SURNAME, Field.GIVEN_NAMES})
COUNTRIES = frozenset({Field.NATIONALITY, Field.ISSUER})
PROTECTED = frozenset({Field.NUMBER, Field.BORN_ON, Field.EXPIRES_ON})


class Likeness(StrEnum):
    """How two statements of one field compare; the value is stored, so it is never renamed.

    `unreadable`: something was read, but it is not fit to be compared: its check digit is wrong, or it is in letters
    that no zone has. `only_typed`: nothing was read.
    """

    SAME = "same"
    DIFFERS = "differs"
    UNREADABLE = "unreadable"
    ONLY_TYPED = "only_typed"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field as typed and as read. `source`: where on the document `read` stands; None where nothing was read."""

    field: Field
    typed: str
    read: str
    source: Source | None
    likeness: Likeness


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A field that several parts of the document state. `likeness` is never `only_typed`."""

    field: Field
    likeness: Likeness
    values: Mapping[Source, str]


def compare(typed: Mapping[Field, str], reading: Reading) -> list[Difference]:
    """Each field that was typed or read, in the order in which it is typed."""
    return [_compared(each, typed.get(each, ""), reading) for each in TYPED if typed.get(each) or reading.best(each)]


def agreement(reading: Reading) -> list[Agreement]:
    """Each field that at least two parts of the document state."""
    return [found for each in Field if (found := _agreed(each, _stated(each, reading), reading))]


def same_name(one: str, other: str, *, shortened: bool = False) -> bool:
    """Whether two names are one in some spelling; `shortened`: of `other` the end may be missing."""
    return any(_same_words(*pair, shortened=shortened) for pair in product(spellings(one), spellings(other)))


# Typed and read ---------------------------------------------------------------------------------------------


def _compared(each: Field, typed: str, reading: Reading) -> Difference:
    stated = _stated(each, reading)
    likeness, source = _likeness(each, typed, stated, reading)
    return Difference(field=each, typed=typed, read=stated[source] if source else "", source=source, likeness=likeness)


def _likeness(
    each: Field, typed: str, stated: Mapping[Source, str], reading: Reading
) -> tuple[Likeness, Source | None]:
    fit = [source for source, value in stated.items() if _is_fit(each, value, source, reading)]
    decisive = _decisive(each, fit, reading)
    agreeing = [source for source in (decisive or stated) if _same(each, typed, stated[source], source, reading)]
    if agreeing:
        return Likeness.SAME, agreeing[0]
    if fit:
        return Likeness.DIFFERS, fit[0]
    return (Likeness.UNREADABLE, next(iter(stated))) if stated else (Likeness.ONLY_TYPED, None)


def _decisive(each: Field, fit: list[Source], reading: Reading) -> list[Source]:
    """The one source that decides alone; none where all count (rules 1 and 3)."""
    if each not in PROTECTED:
        return []
    strong = {Source.BARCODE} | ({Source.MRZ} if reading.check_digits.get(each.value) else set())
    return [source for source in fit if source in strong][:1]


def _is_fit(each: Field, value: str, source: Source, reading: Reading) -> bool:
    """Whether the value may contradict another (rule 2)."""
    if each in NAMES:
        return bool(spellings(value)[0])
    return source is not Source.MRZ or each not in PROTECTED or bool(reading.check_digits.get(each.value))


def _stated(each: Field, reading: Reading) -> dict[Source, str]:
    """What was read, the source that usually decides first."""
    order = (Source.MRZ, Source.BARCODE, Source.PRINT)
    return {source: value for source in order if (value := reading.fields.get(source, {}).get(each, ""))}


# Part by part -----------------------------------------------------------------------------------------------


def _agreed(each: Field, stated: Mapping[Source, str], reading: Reading) -> Agreement | None:
    several = 2
    if len(stated) < several:
        return None
    (first, value), *rest = stated.items()
    if all(_same(each, other, value, first, reading) for _, other in rest):
        likeness = Likeness.SAME
    elif _is_fit(each, value, first, reading):
        likeness = Likeness.DIFFERS
    else:
        likeness = Likeness.UNREADABLE
    return Agreement(field=each, values=stated, likeness=likeness)


# Two values -------------------------------------------------------------------------------------------------


def _same(each: Field, one: str, read: str, source: Source, reading: Reading) -> bool:
    if each in NAMES:
        return same_name(one, read, shortened=source is Source.MRZ and _is_shortened(reading))
    return _PLAIN.get(each, str.__eq__)(one, read)


def _same_number(one: str, other: str) -> bool:
    return bool(index_number(one)) and index_number(one) == index_number(other)


_PLAIN: Mapping[Field, Callable[[str, str], bool]] = {
    Field.NUMBER: _same_number,
    **dict.fromkeys(COUNTRIES, same_country),
}


def _same_words(one: str, other: str, *, shortened: bool) -> bool:
    """As sets of words; as one word, since a hyphen or a gap is easily lost; or, shortened, as beginnings."""
    if not one or not other:
        return False
    if set(one.split()) == set(other.split()) or one.replace(" ", "") == other.replace(" ", ""):
        return True
    return shortened and _all_begin(one.split(), other.split())


def _all_begin(whole: list[str], parts: list[str]) -> bool:
    """Whether each part begins a word of its own of the whole, in the same order."""
    words: Iterator[str] = iter(whole)
    return all(any(word.startswith(part) for word in words) for part in parts)


def _is_shortened(reading: Reading) -> bool:
    """Whether the names fill their place in the zone to its end."""
    if reading.mrz_format not in LAYOUTS:
        return False
    span = LAYOUTS[Format(reading.mrz_format)].names[-1]
    return not span.of(reading.mrz_lines).endswith("<")
