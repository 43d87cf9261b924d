"""The formats of Doc 9303-4 to -7 as tables: which field lies where, and which check digit covers what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Format(StrEnum):
    """Shape of a zone; the value is stored, so it is never renamed."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRVA = "MRVA"
    MRVB = "MRVB"
    IDFRA = "IDFRA"


class Span(NamedTuple):
    """A stretch of a line, both counted from nought; `end` is the place after the last."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        return lines[self.line][self.start : self.end]


CODE = Span(0, 0, 2)
ISSUER = Span(0, 2, 5)


class Check(NamedTuple):
    """A check digit: where it stands, and what it covers."""

    digit: Span
    covers: tuple[Span, ...]

    def text(self, lines: Sequence[str]) -> str:
        return "".join(span.of(lines) for span in self.covers)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A format. Fields that it does not have are None; `names` in one span, or surname and given names in two."""

    format: Format
    height: int
    width: int
    names: tuple[Span, ...]
    number: Span
    born_on: Span
    sex: Span
    nationality: Span | None = None
    expires_on: Span | None = None
    optional: tuple[Span, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    long_number: Span | None = None
    """Where the rest of a number stands that is longer than nine characters."""
    code: Span = CODE
    issuer: Span = ISSUER


TD1 = Layout(
    format=Format.TD1,
    height=3,
    width=30,
    names=(Span(2, 0, 30),),
    number=Span(0, 5, 14),
    long_number=Span(0, 15, 30),
    born_on=Span(1, 0, 6),
    sex=Span(1, 7, 8),
    expires_on=Span(1, 8, 14),
    nationality=Span(1, 15, 18),
    optional=(Span(0, 15, 30), Span(1, 18, 29)),
    checks={
        "number": Check(Span(0, 14, 15), (Span(0, 5, 14),)),
        "born_on": Check(Span(1, 6, 7), (Span(1, 0, 6),)),
        "expires_on": Check(Span(1, 14, 15), (Span(1, 8, 14),)),
        "composite": Check(Span(1, 29, 30), (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29))),
    },
)


def _two_lines(name: Format, width: int, *, optional: Span, more: Mapping[str, Check], long: bool = False) -> Layout:
    """Passport, visas and the larger card share the first 28 characters of their lower line."""
    return Layout(
        format=name,
        height=2,
        width=width,
        names=(Span(0, 5, width),),
        number=Span(1, 0, 9),
        long_number=optional if long else None,
        nationality=Span(1, 10, 13),
        born_on=Span(1, 13, 19),
        sex=Span(1, 20, 21),
        expires_on=Span(1, 21, 27),
        optional=(optional,),
        checks={
            "number": Check(Span(1, 9, 10), (Span(1, 0, 9),)),
            "born_on": Check(Span(1, 19, 20), (Span(1, 13, 19),)),
            "expires_on": Check(Span(1, 27, 28), (Span(1, 21, 27),)),
            **more,
        },
    )


TD2 = _two_lines(
    Format.TD2,
    36,
    optional=Span(1, 28, 35),
    long=True,
    more={"composite": Check(Span(1, 35, 36), (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35)))},
)
TD3 = _two_lines(
    Format.TD3,
    44,
    optional=Span(1, 28, 42),
    more={
        "optional": Check(Span(1, 42, 43), (Span(1, 28, 42),)),
        "composite": Check(Span(1, 43, 44), (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43))),
    },
)
MRVA = _two_lines(Format.MRVA, 44, optional=Span(1, 28, 44), more={})
MRVB = _two_lines(Format.MRVB, 36, optional=Span(1, 28, 36), more={})
IDFRA = Layout(
    format=Format.IDFRA,
    height=2,
    width=36,
    names=(Span(0, 5, 30), Span(1, 13, 27)),
    number=Span(1, 0, 12),
    born_on=Span(1, 27, 33),
    sex=Span(1, 34, 35),
    optional=(Span(0, 30, 36),),
    checks={
        "number": Check(Span(1, 12, 13), (Span(1, 0, 12),)),
        "born_on": Check(Span(1, 33, 34), (Span(1, 27, 33),)),
        "composite": Check(Span(1, 35, 36), (Span(0, 0, 36), Span(1, 0, 35))),
    },
)
"""The French identity card of 1988 to 2021: not of ICAO, but with its check digits."""

LAYOUTS = {layout.format: layout for layout in (TD1, TD2, TD3, MRVA, MRVB, IDFRA)}


def fits_code(layout: Layout, first: str) -> bool:
    """Whether the first line's document code is one of this format; two formats may have the same shape."""
    if layout.format is Format.IDFRA:
        return first.startswith("IDFRA")
    if layout.format in {Format.MRVA, Format.MRVB}:
        return first.startswith("V")
    if layout.format is Format.TD3:
        return first.startswith("P")
    if layout.format is Format.TD2:
        return not first.startswith(("V", "IDFRA"))
    return True
