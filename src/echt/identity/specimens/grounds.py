"""What is printed under the text: colours, waves and rosettes, different for each country, the same each time."""

import random
from dataclasses import dataclass

from echt.identity.specimens.paper import Paper, rosette, wave

Colour = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours of a country's documents."""

    paper: Colour
    first: Colour
    second: Colour
    ink: Colour
    accent: Colour


PALETTES = {
    "UTO": Palette(
        paper=(232, 238, 236), first=(96, 146, 158), second=(178, 150, 196), ink=(28, 44, 52), accent=(28, 92, 110)
    ),
    "DEU": Palette(
        paper=(234, 236, 226), first=(134, 156, 118), second=(196, 164, 120), ink=(34, 36, 34), accent=(96, 74, 40)
    ),
    "FRA": Palette(
        paper=(232, 236, 244), first=(116, 138, 190), second=(210, 150, 158), ink=(28, 32, 52), accent=(44, 62, 130)
    ),
    "POL": Palette(
        paper=(242, 234, 236), first=(198, 128, 140), second=(132, 156, 176), ink=(44, 30, 34), accent=(142, 40, 58)
    ),
    "ESP": Palette(
        paper=(240, 238, 224), first=(196, 160, 92), second=(120, 160, 150), ink=(42, 38, 28), accent=(120, 78, 18)
    ),
}


def ground(paper: Paper, country: str, kind: str) -> None:
    """Waves across the sheet, rosettes behind, and lines of letters too small to read."""
    palette, chance = PALETTES[country], random.Random(f"{country}{kind}")  # noqa: S311  (a pattern)
    wide, high = paper.size
    _tints(paper, palette)
    turns, swing = chance.uniform(1.5, 3.5), chance.uniform(2.5, 5.0)
    for row in range(-4, int(high) + 6):
        line = wave((0, row), (wide, row + 1.5), swing=swing, turns=turns, phase=row / 9)
        paper.line(line, 0.09, (*palette.first, 110))
    slant = chance.uniform(-20, 20)
    for column in range(-20, int(wide) + 20, 2):
        line = wave((column, 0), (column + slant, high), swing=1.6, turns=chance.choice((2, 3)), phase=column / 5)
        paper.line(line, 0.08, (*palette.second, 80))
    _rosettes(paper, palette, chance)


def _tints(paper: Paper, palette: Palette) -> None:
    """Colour that changes gently from edge to edge."""
    wide, high = paper.size
    bands = 60
    for band in range(bands):
        share = band / bands
        blend = tuple(round(a * (1 - share) + b * share) for a, b in zip(palette.first, palette.second, strict=True))
        paper.box((wide * share, 0), (wide / bands + 0.1, high), (blend[0], blend[1], blend[2], 46))


def _rosettes(paper: Paper, palette: Palette, chance: random.Random) -> None:
    wide, high = paper.size
    centre = (wide * chance.uniform(0.62, 0.8), high * chance.uniform(0.36, 0.5))
    petals = chance.randrange(7, 17)
    for ring in range(14):
        radius = high * (0.08 + 0.022 * ring)
        colour = palette.second if ring % 2 else palette.first
        paper.line(rosette(centre, radius, petals=petals, depth=0.13, phase=ring * 0.5), 0.1, (*colour, 170))
    for ring in range(7):
        small = (wide * 0.2, high * 0.9)
        paper.line(
            rosette(small, high * (0.05 + 0.02 * ring), petals=petals - 2, depth=0.2, phase=ring),
            0.08,
            (*palette.accent, 60),
        )


def emblem(paper: Paper, country: str, centre: tuple[float, float], radius: float) -> None:
    """A sign of a state that does not exist: a star of rings."""
    palette = PALETTES[country]
    for ring in range(1, 5):
        points = rosette(centre, radius * ring / 4.4, petals=6 + len(country) + ring, depth=0.12, phase=ring)
        paper.line(points, radius * 0.06, (*palette.accent, 210))
    paper.dot(centre, radius * 0.16, (*palette.accent, 220))
