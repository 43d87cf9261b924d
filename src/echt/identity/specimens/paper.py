"""A sheet measured in millimetres, drawn at twice its size and then made smaller, so that edges are smooth."""

import math
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import echt.ui
from echt.identity.specimens import glyphs

Colour = tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

FONT = Path(echt.ui.__file__).parent / "static/ui/fonts/geist-latin.woff2"
REGULAR, BOLD = 420, 640
FINER = 2
PITCH = 2.54
"""Millimetres from one letter of a machine-readable zone to the next."""
LETTER = (1.42, 2.5)
STROKE = 0.33
MARKS = {"\u0301": "acute", "\u0307": "dot", "\u0328": "ogonek"}
"""Marks above and below letters that our font lacks; we draw them ourselves."""


class Paper:
    """Draws on a sheet `size` millimetres wide and high that becomes `width` pixels wide."""

    def __init__(self, size: tuple[float, float], width: int, ground: Colour) -> None:
        self.size = size
        self.out = (width, round(width * size[1] / size[0]))
        self.scale = FINER * width / size[0]
        self.image = Image.new("RGB", (self.out[0] * FINER, self.out[1] * FINER), ground[:3])
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def finished(self) -> Image.Image:
        return self.image.resize(self.out, Image.Resampling.BOX)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        thick = max(1, round(width * self.scale))
        self.pen.line([self._px(point) for point in points], fill=colour, width=thick, joint="curve")

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon([self._px(point) for point in points], fill=colour)

    def box(self, corner: Point, size: Point, colour: Colour, *, radius: float = 0) -> None:
        ends = [self._px(corner), self._px((corner[0] + size[0], corner[1] + size[1]))]
        self.pen.rounded_rectangle(ends, radius=radius * self.scale, fill=colour)

    def dot(self, centre: Point, radius: float, colour: Colour) -> None:
        x, y = self._px(centre)
        reach = radius * self.scale
        self.pen.ellipse([x - reach, y - reach, x + reach, y + reach], fill=colour)

    def paste(self, picture: Image.Image, corner: Point, size: Point) -> None:
        fitted = picture.resize((round(size[0] * self.scale), round(size[1] * self.scale)), Image.Resampling.LANCZOS)
        x, y = self._px(corner)
        self.image.paste(fitted, (round(x), round(y)), fitted if fitted.mode == "RGBA" else None)

    def text(
        self, at: Point, text: str, height: float, colour: Colour, *, weight: int = REGULAR, anchor: str = "l"
    ) -> None:
        """Text whose base line begins (`l`), is centred (`m`) or ends (`r`) at a place."""
        font = _font(round(height * self.scale), weight)
        x, y = self._px(at)
        start = x - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor] * font.getlength(_plain(text))
        self.pen.text((start, y), _plain(text), font=font, fill=colour, anchor="ls")
        self._marks(text, (start / self.scale, at[1]), height, colour, font)

    def machine(self, at: Point, text: str, colour: Colour) -> None:
        """A line of a machine-readable zone; `at` is the upper left of its first letter."""
        for place, letter in enumerate(text):
            for stroke in glyphs.strokes(letter):
                self._stroke([self._in_box(at[0] + place * PITCH, at[1], point) for point in stroke], colour)

    def slanted(self, text: str, height: float, colour: Colour, *, degrees: float, at: Point) -> None:
        """Text across the sheet, centred at a place."""
        font = _font(round(height * self.scale), BOLD)
        room = round(font.getlength(text)) + 4 * round(height * self.scale)
        layer = Image.new("RGBA", (room, room), (*colour[:3], 0))
        ImageDraw.Draw(layer).text((room / 2, room / 2), text, font=font, fill=colour, anchor="mm")
        turned = layer.rotate(degrees, Image.Resampling.BICUBIC)
        x, y = self._px(at)
        self.image.paste(turned, (round(x - room / 2), round(y - room / 2)), turned)

    def _px(self, point: Point) -> Point:
        return point[0] * self.scale, point[1] * self.scale

    def _in_box(self, x: float, y: float, point: Point) -> Point:
        return x + point[0] / glyphs.BOX[0] * LETTER[0], y + point[1] / glyphs.BOX[1] * LETTER[1]

    def _stroke(self, points: Sequence[Point], colour: Colour) -> None:
        self.line(points, STROKE, colour)
        for end in (points[0], points[-1]):
            self.dot(end, STROKE / 2, colour)

    def _marks(self, text: str, start: Point, height: float, colour: Colour, font: Font) -> None:
        for place, letter in enumerate(text):
            before = font.getlength(_plain(text[:place])) / self.scale
            middle = start[0] + before + font.getlength(_plain(letter)) / self.scale / 2
            top = start[1] - height * (0.78 if letter.isupper() else 0.6)
            self._mark(letter, (middle, top), (middle, start[1]), height, colour)

    def _mark(self, letter: str, above: Point, below: Point, height: float, colour: Colour) -> None:
        unit = height / 10
        if letter in "łŁ":
            shift = -unit if letter == "Ł" else 0.0
            ends = [
                (below[0] - 1.6 * unit + shift, below[1] - 2.6 * unit),
                (below[0] + 1.6 * unit + shift, below[1] - 4.4 * unit),
            ]
            self.line(ends, 0.8 * unit, colour)
        for mark in _missing(letter):
            if mark == "acute":
                self.line(
                    [(above[0] - 0.3 * unit, above[1]), (above[0] + 1 * unit, above[1] - 1.4 * unit)],
                    0.9 * unit,
                    colour,
                )
            elif mark == "dot":
                self.dot((above[0], above[1] - 0.8 * unit), 0.65 * unit, colour)
            else:
                tail = [(1.4, 0), (0.8, 0.9), (1.0, 1.7), (1.9, 1.9)]
                self.line([(below[0] + x * unit, below[1] + y * unit) for x, y in tail], 0.7 * unit, colour)


@cache
def _font(size: int, weight: int) -> Font:
    """Our own font; where Pillow cannot open it, the one that Pillow brings."""
    try:
        font = ImageFont.truetype(FONT, size)
        font.set_variation_by_axes([weight])
    except OSError:
        return ImageFont.load_default(size)
    return font


def _missing(letter: str) -> list[str]:
    if ord(letter) < 0x100:  # noqa: PLR2004  (Latin-1, which the font has)
        return []
    return [MARKS[part] for part in unicodedata.normalize("NFD", letter)[1:] if part in MARKS]


def _plain(text: str) -> str:
    """The text without what `_marks` adds."""
    bases = {"ł": "l", "Ł": "L"}
    return "".join(
        letter if ord(letter) < 0x100 else bases.get(letter, unicodedata.normalize("NFD", letter)[0])  # noqa: PLR2004
        for letter in text
    )


def wave(start: Point, end: Point, *, swing: float, turns: float, phase: float = 0.0, points: int = 160) -> list[Point]:
    """A wavy line from one place to another."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down) or 1.0
    line = []
    for step in range(points + 1):
        at = step / points
        off = swing * math.sin(2 * math.pi * turns * at + phase)
        line.append((start[0] + across * at - down / length * off, start[1] + down * at + across / length * off))
    return line


def rosette(
    centre: Point, radius: float, *, petals: int, depth: float, phase: float = 0.0, points: int = 360
) -> list[Point]:
    """A closed line that winds about a circle."""
    line = []
    for step in range(points + 1):
        at = 2 * math.pi * step / points
        reach = radius * (1 + depth * math.cos(petals * at + phase))
        line.append((centre[0] + reach * math.cos(at), centre[1] + reach * math.sin(at)))
    return line
