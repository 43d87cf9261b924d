"""Drawing a side of a specimen: passport data page, cards, driving licence. Layouts are our own and no country's."""

import random
from functools import cached_property

from PIL import Image

from echt.identity.documents import DocumentKind, Side
from echt.identity.specimens.document import Document
from echt.identity.specimens.faces import face
from echt.identity.specimens.grounds import PALETTES, Palette, emblem, ground
from echt.identity.specimens.paper import BOLD, PITCH, Paper, wave
from echt.identity.specimens.portrait import portrait
from echt.identity.specimens.texts import ENGLISH, LANGUAGES, NATIONALITIES

PAGE = (125.0, 88.0)
"""Millimetres of a passport's page (ID-3)."""
CARD = (85.6, 53.98)
"""Millimetres of a card (ID-1)."""
CORNER = 3.18
"""Millimetres of the radius of a card's corners."""
HEAD = (80, 66, 400, 466)
"""What of a portrait is printed."""
CATEGORIES = ("AM", "A1", "A", "B", "BE", "C1")
Place = tuple[float, float]


def draw(document: Document, side: Side = Side.FRONT, width: int = 1500) -> Image.Image:
    """A side of the document, seen straight, `width` pixels wide.

    Raises:
        ValueError: a passport has no back that we draw.
    """
    sheet = _Sheet(document, width)
    if document.kind is DocumentKind.PASSPORT:
        if side is not Side.FRONT:
            raise ValueError("of a passport only the data page is drawn")
        sheet.data_page()
    elif document.kind is DocumentKind.DRIVING_LICENCE:
        sheet.licence_front() if side is Side.FRONT else sheet.licence_back()
    else:
        sheet.card_front() if side is Side.FRONT else sheet.card_back()
    return sheet.paper.finished()


class _Sheet:
    def __init__(self, document: Document, width: int) -> None:
        self.document, self.person = document, document.person
        self.language = LANGUAGES[document.country]
        self.palette: Palette = PALETTES[document.country]
        size = PAGE if document.kind is DocumentKind.PASSPORT else CARD
        self.paper = Paper(size, width, self.palette.paper)
        ground(self.paper, document.country, document.kind)

    # Pages

    def data_page(self) -> None:
        document, person, language = self.document, self.person, self.language
        self._head((6, 8.5), 3.6)
        self._photo((6, 17), (35, 43.75))
        self._field((46, 17.5), "number", document.number, at=92)
        self._small((46, 17.5), "Code", document.country)
        self._field((46, 25), "surname", person.surname.upper())
        self._field((46, 32.5), "given_names", person.given_names.upper())
        self._field((46, 40), "nationality", NATIONALITIES[person.nationality].upper())
        self._field((46, 40), "sex", person.sex, at=92)
        self._field((46, 47.5), "born_on", language.written(person.born_on))
        self._field((46, 47.5), "born_at", person.born_at.upper(), at=80)
        self._field((46, 55), "issued_on", language.written(document.issued_on))
        self._field((46, 55), "expires_on", language.written(document.expires_on), at=80)
        self._signature((84, 60), (30, 4.4))
        self._mark((86, 33), 9)
        self._zone((6.6, 68.2), 6.35)

    def card_front(self) -> None:
        document, person, language = self.document, self.person, self.language
        self._head((4, 5.6), 2.7)
        self._photo((4, 12), (25.6, 32))
        self.paper.text((81.6, 5.6), document.number, 2.8, self.palette.ink, weight=BOLD, anchor="r")
        self._field((33, 13), "surname", person.surname.upper())
        self._field((33, 19), "given_names", person.given_names.upper())
        self._field((33, 25), "born_on", language.written(person.born_on))
        self._field((33, 25), "sex", person.sex, at=62)
        self._field((33, 31), "nationality", NATIONALITIES[person.nationality].upper())
        self._field((33, 37), "born_at", person.born_at.upper())
        self._field((33, 43), "expires_on", language.written(document.expires_on))
        self._signature((4, 46), (25, 5))
        self._ghost((67, 31), (12.8, 16))
        self._mark((58, 28), 7)

    def card_back(self) -> None:
        document, person, language = self.document, self.person, self.language
        self._field((5, 5), "height", f"{person.height} cm")
        self._field((5, 11), "issued_on", language.written(document.issued_on))
        self._field((5, 17), "authority", f"{language.state.upper()} 0{len(document.number)}")
        self._field((44, 5), "address", f"{person.born_at.upper()}, 12")
        self._field((44, 11), "remarks", "— — —")
        emblem(self.paper, document.country, (74, 16), 7)
        self._mark((43, 20), 6)
        self._zone(((CARD[0] - 29 * PITCH - 1.42) / 2, 34), 5.0)

    def licence_front(self) -> None:
        document, person, language = self.document, self.person, self.language
        self._head((4, 5.6), 2.7)
        self._photo((4, 12), (25.6, 32))
        lines = (
            ("1.", person.surname.upper()),
            ("2.", person.given_names.upper()),
            ("3.", f"{language.written(person.born_on)}  {person.born_at.upper()}"),
            ("4a.", language.written(document.issued_on)),
            ("4b.", language.written(document.expires_on)),
            ("4c.", f"{language.state.upper()}"),
            ("5.", document.number),
            ("9.", "AM/A/B"),
        )
        for row, (label, value) in enumerate(lines):
            self.paper.text((33, 14 + 4.6 * row), label, 2.0, (*self.palette.accent, 255))
            self.paper.text((39, 14 + 4.6 * row), value, 2.6, self.palette.ink, weight=BOLD)
        self._signature((4, 46), (25, 5))
        self._mark((60, 28), 7)

    def licence_back(self) -> None:
        paper, palette, language = self.paper, self.palette, self.language
        for column, title in enumerate(("9.", "10.", "11.", "12.")):
            paper.text((6 + 19 * column, 7), title, 2.0, palette.accent, weight=BOLD)
        for row, category in enumerate(CATEGORIES):
            down = 12.5 + 5.2 * row
            paper.line([(5, down + 1.4), (80, down + 1.4)], 0.12, (*palette.accent, 160))
            paper.text((6, down), category, 2.4, palette.ink, weight=BOLD)
            if category in {"AM", "A", "B"}:
                paper.text((25, down), language.written(self.document.issued_on), 2.1, palette.ink)
                paper.text((44, down), language.written(self.document.expires_on), 2.1, palette.ink)
            else:
                paper.text((25, down), "— —", 2.1, palette.ink)
        paper.text((6, 49), f"{language.label('categories')}   {self.document.number}", 1.7, palette.accent)
        self._mark((42, 28), 7)

    # Parts

    def _head(self, at: Place, height: float) -> None:
        language, paper = self.language, self.paper
        emblem(paper, self.document.country, (at[0] + height, at[1] - height * 0.2), height)
        paper.text((at[0] + height * 2.6, at[1]), language.state.upper(), height, self.palette.accent, weight=BOLD)
        title = f"{language.kinds[self.document.kind].upper()} / {ENGLISH.kinds[self.document.kind].upper()}"
        paper.text((at[0] + height * 2.6, at[1] + height), title, height * 0.66, self.palette.ink)
        marks = f"{language.mark} · {ENGLISH.mark}"
        paper.text((paper.size[0] * 0.74, at[1] + height), marks, height * 0.66, (168, 34, 40), weight=BOLD, anchor="m")

    def _field(self, corner: Place, name: str, value: str, *, at: float | None = None) -> None:
        """A label and the value under it; `at`: where on the line."""
        across = corner[0] if at is None else at
        unit = 1.0 if self.document.kind is DocumentKind.PASSPORT else 0.82
        self.paper.text((across, corner[1]), self.language.label(name), 1.75 * unit, (*self.palette.accent, 230))
        self.paper.text((across, corner[1] + 3.5 * unit), value, 3.0 * unit, self.palette.ink, weight=BOLD)

    def _small(self, corner: Place, label: str, value: str) -> None:
        self.paper.text(corner, label, 1.75, (*self.palette.accent, 230))
        self.paper.text((corner[0], corner[1] + 3.5), value, 3.0, self.palette.ink, weight=BOLD)

    @cached_property
    def _picture(self) -> Image.Image:
        drawn = portrait(face(self.person.face, woman=self.person.sex == "F"), seed=self.person.face)
        return drawn.crop(HEAD)

    def _photo(self, corner: Place, size: Place) -> None:
        """The portrait, with lines of the ground running over its edge."""
        self.paper.paste(self._picture, corner, size)
        wide, high = size
        for row in range(6):
            line = wave(
                (corner[0] + wide * 0.8, corner[1] + row),
                (corner[0] + wide, corner[1] + high),
                swing=1.2,
                turns=3,
                phase=row,
            )
            self.paper.line(line, 0.1, (*self.palette.first, 120))

    def _ghost(self, corner: Place, size: Place) -> None:
        """The portrait again, small and pale."""
        pale = self._picture.convert("L").convert("RGBA")
        pale.putalpha(95)
        self.paper.paste(pale, corner, size)

    def _signature(self, corner: Place, size: Place) -> None:
        chance = random.Random(self.person.face)  # noqa: S311  (a scribble)
        steps = 26
        points = []
        for step in range(steps):
            swing = chance.uniform(-0.5, 0.5) * (1 - 0.4 * step / steps)
            points.append((corner[0] + size[0] * step / steps, corner[1] + size[1] * (0.5 + swing)))
        self.paper.line(points, 0.28, (30, 34, 66, 230))

    def _mark(self, centre: Place, height: float) -> None:
        self.paper.slanted(f"{self.language.mark}", height, (*self.palette.accent, 34), degrees=18, at=centre)

    def _zone(self, corner: Place, step: float) -> None:
        """The machine-readable zone on a lighter ground."""
        lines = self.document.zone()
        wide, high = self.paper.size
        top = corner[1] - 3.2
        self.paper.box((0, top), (wide, high - top), (*self.palette.paper, 190))
        for row, line in enumerate(lines):
            self.paper.machine((corner[0], corner[1] + row * step), line, (22, 22, 24))
