"""What a machine-readable zone says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from echt.identity.documents import Field
from echt.identity.mrz.check_digits import FILLER
from echt.identity.mrz.formats import Format, Layout, Span

_DATE = 10
_SEXES = {"M": "M", "F": "F", "X": "X"}


@dataclass(frozen=True, kw_only=True)
class Zone:
    """The fields of a zone, its check digits, and what was replaced to read it.

    Args:
        code: the document code, such as `P` or `ID`.
        born_on: ISO 8601; only `1990-07` or `1990` where the zone leaves the rest open; empty where it is no date.
        number: without fillers, in its full length.
        checks: by name (`number`, `born_on`, `expires_on`, `optional`, `composite`), whether each is right.
        repaired: the fields in which a character was replaced, and `length` where fillers were added or removed.
        shortened: whether the names fill their field to its end, so that a part may be missing.
    """

    format: Format
    lines: tuple[str, ...]
    code: str
    issuer: str
    surname: str
    given_names: str
    number: str
    nationality: str
    born_on: str
    expires_on: str
    sex: str
    optional: tuple[str, ...]
    checks: Mapping[str, bool]
    repaired: frozenset[str] = frozenset()
    shortened: bool = False

    @property
    def valid(self) -> bool:
        """Whether every check digit is right."""
        return all(self.checks.values())

    def fields(self) -> dict[Field, str]:
        """What it says, without what it leaves open."""
        said = {
            Field.SURNAME: self.surname,
            Field.GIVEN_NAMES: self.given_names,
            Field.NUMBER: self.number,
            Field.BORN_ON: self.born_on if len(self.born_on) == _DATE else "",
            Field.EXPIRES_ON: self.expires_on if len(self.expires_on) == _DATE else "",
            Field.NATIONALITY: self.nationality,
            Field.ISSUER: self.issuer,
            Field.SEX: self.sex,
        }
        return {field: value for field, value in said.items() if value}


def zone_of(
    layout: Layout, lines: Sequence[str], *, checks: Mapping[str, bool], repaired: frozenset[str], today: date
) -> Zone:
    """The zone that lines of the right length make."""
    surname, given_names = _names(layout, lines)
    issuer = _value(layout.issuer, lines)
    return Zone(
        format=layout.format,
        lines=tuple(lines),
        code=_value(layout.code, lines),
        issuer=issuer,
        surname=surname,
        given_names=given_names,
        number=full_number(layout, lines),
        nationality=_value(layout.nationality, lines) if layout.nationality else issuer,
        born_on=birthday(layout.born_on.of(lines), today),
        expires_on=_day(layout.expires_on.of(lines), "20") if layout.expires_on else "",
        sex=_SEXES.get(layout.sex.of(lines), ""),
        optional=tuple(_value(span, lines) for span in layout.optional),
        checks=checks,
        repaired=repaired,
        shortened=not layout.names[-1].of(lines).endswith(FILLER),
    )


def full_number(layout: Layout, lines: Sequence[str]) -> str:
    rest = number_rest(layout, lines)
    return f"{layout.number.of(lines)}{rest[:-1]}".replace(FILLER, "")


def number_rest(layout: Layout, lines: Sequence[str]) -> str:
    """Of a number longer than its field: what follows, with its check digit. Empty for any other."""
    digit = layout.checks["number"].digit.of(lines)
    if layout.long_number is None or digit != FILLER:
        return ""
    return layout.long_number.of(lines).partition(FILLER)[0]


def birthday(six: str, today: date) -> str:
    """The latest day with these digits that is not to come; a zone has two digits for a year."""
    this_century = _day(six, "20")
    if this_century and this_century <= today.isoformat()[: len(this_century)]:
        return this_century
    return _day(six, "19")


def _day(six: str, century: str) -> str:
    """ISO 8601, as much of it as the zone tells: some issuers put fillers for what is unknown, others noughts."""
    year, month, day = six[:2], six[2:4], six[4:]
    if not year.isdigit():
        return ""
    known = [f"{century}{year}"]
    for part in (month, day):
        if part in {FILLER * 2, "00"}:
            break
        known.append(part)
    return _real("-".join(known))


def _real(text: str) -> str:
    """`text` where it is a day, month or year of the calendar."""
    try:
        date.fromisoformat(f"{text}-01-01"[:_DATE])
    except ValueError:
        return ""
    return text


def _names(layout: Layout, lines: Sequence[str]) -> tuple[str, str]:
    if len(layout.names) > 1:
        surname, given_names = (span.of(lines) for span in layout.names)
    else:
        surname, _, given_names = layout.names[0].of(lines).partition(FILLER * 2)
    return _words(surname), _words(given_names)


def _words(text: str) -> str:
    return " ".join(text.replace(FILLER, " ").split())


def _value(span: Span, lines: Sequence[str]) -> str:
    return span.of(lines).strip(FILLER)
