"""A zone from its fields: for specimens, and to see whether a zone says what it should."""

from datetime import date

from echt.identity.mrz.check_digits import FILLER, check_digit
from echt.identity.mrz.formats import LAYOUTS, Format, Layout, Span
from echt.identity.mrz.names import transliterate

Lines = list[list[str]]


def compose(  # noqa: PLR0913  (a zone has so many fields, each by name)
    form: Format,
    *,
    code: str,
    issuer: str,
    surname: str,
    number: str,
    born_on: date | str,
    given_names: str = "",
    nationality: str = "",
    sex: str = "",
    expires_on: date | str = "",
    optional: str = "",
    optional_2: str = "",
) -> tuple[str, ...]:
    """The lines of the zone, with all check digits.

    Countries are ICAO codes, the nationality is the issuer's where it is left out. Names may be in any script that
    `transliterate` knows. Separators in the number are left out; it is longer than nine characters only on TD1 and TD2.
    A day is a date, or `1990-07-28`, or six characters as they stand in the zone, such as `90<<<<`. Any sex but `F` and
    `M` leaves it open. `optional_2` is the second optional field of TD1.

    Raises:
        ValueError: a value has no place in the field, or a character that no zone has.
    """
    layout = LAYOUTS[form]
    lines = [[FILLER] * layout.width for _ in range(layout.height)]
    _put(lines, layout.code, code)
    _put(lines, layout.issuer, issuer)
    _put_names(lines, layout, _in_zone(surname), _in_zone(given_names))
    rest = _put_number(lines, layout, plain(number))
    _put(lines, layout.born_on, _six(born_on))
    _put(lines, layout.sex, sex if sex in {"F", "M"} else FILLER)
    _put(lines, layout.expires_on, _six(expires_on))
    _put(lines, layout.nationality, nationality or issuer)
    for span, value in zip(layout.optional, _optional(rest, optional, optional_2), strict=False):
        _put(lines, span, value)
    _put_check_digits(lines, layout, skip_number=bool(rest))
    return tuple("".join(line) for line in lines)


def plain(text: str) -> str:
    """In capitals and without separators, as a zone has it."""
    return "".join(character for character in text.upper() if character.isalnum())


def _optional(rest: str, first: str, second: str) -> tuple[str, str]:
    return f"{rest}{first}", second


def _in_zone(name: str) -> str:
    return transliterate(name).replace(" ", FILLER)


def _six(day: date | str) -> str:
    return day.strftime("%y%m%d") if isinstance(day, date) else day.replace("-", "")[-6:]


def _put(lines: Lines, span: Span | None, value: str) -> None:
    if span is None:
        return
    if len(value) > span.end - span.start:
        raise ValueError(f"{value!r} is longer than the {span.end - span.start} characters of its field")
    check_digit(value)
    lines[span.line][span.start : span.start + len(value)] = value


def _put_names(lines: Lines, layout: Layout, surname: str, given: str) -> None:
    if len(layout.names) > 1:
        for span, name in zip(layout.names, (surname, given), strict=True):
            _put(lines, span, name[: span.end - span.start])
        return
    (span,) = layout.names
    _put(lines, span, _shortened(surname, given, span.end - span.start))


def _shortened(surname: str, given: str, room: int) -> str:
    """Both names in the room there is: the given names are cut first, then the surname to leave them a letter."""
    whole = f"{surname}{FILLER * 2}{given}" if given else surname
    if len(whole) <= room:
        return whole
    if not given:
        return surname[:room]
    kept = surname[: room - 3]
    return f"{kept}{FILLER * 2}{given}"[:room]


def _put_number(lines: Lines, layout: Layout, number: str) -> str:
    """Puts the number in its field and gives what belongs at the start of the optional data: rest, digit, filler."""
    room = layout.number.end - layout.number.start
    if len(number) <= room or layout.long_number is None:
        _put(lines, layout.number, number)
        return ""
    _put(lines, layout.number, number[:room])
    return f"{number[room:]}{check_digit(number)}{FILLER}"


def _put_check_digits(lines: Lines, layout: Layout, *, skip_number: bool) -> None:
    """The composite digit covers the others, so it comes last, as in the table."""
    for name, check in layout.checks.items():
        if name == "number" and skip_number:
            continue
        text = check.text(["".join(line) for line in lines])
        _put(lines, check.digit, FILLER if name == "optional" and not text.strip(FILLER) else check_digit(text))
