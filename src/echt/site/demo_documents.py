"""What the demo's applicants photograph: specimens of made-up persons, lying on a table."""

import random
from datetime import date
from io import BytesIO

from PIL import Image, ImageFilter

from echt.identity.documents import DocumentKind, Side
from echt.identity.items import Item
from echt.identity.specimens import Document, Person, document, draw, people

SIDE_OF = {Item.FRONT: Side.FRONT, Item.BACK: Side.BACK}
SEED = 2026
WIDTH = 1500
TABLES = ((104, 84, 66), (72, 78, 86), (128, 112, 94), (58, 66, 60))
AROUND = 0.09
"""Table to be seen beside the document, as a share of its width."""


def person(number: int, country: str) -> Person:
    """A made-up person of the country; another one for each number."""
    found = (somebody for somebody in people(SEED + number) if somebody.nationality == country)
    return next(found)


def paper(kind: DocumentKind, whose: Person, today: date) -> Document:
    """Their document, issued two years ago."""
    return document(kind, whose, issued_on=date(today.year - 2, today.month, min(today.day, 28)))


def photograph(paper: Document, side: Side, number: int) -> bytes:
    """The side of the document on a table, as JPEG."""
    chance = random.Random(f"{number}{side}")  # noqa: S311  (the same picture each time)
    card = draw(paper, side, width=WIDTH).convert("RGBA")
    laid = card.rotate(chance.uniform(-2.5, 2.5), resample=Image.Resampling.BICUBIC, expand=True)
    edge = round(WIDTH * AROUND)
    table = _table((laid.width + 2 * edge, laid.height + 2 * edge), TABLES[number % len(TABLES)])
    table.paste(_shadow(laid), (edge + 8, edge + 10), _shadow(laid).split()[-1])
    table.paste(laid, (edge, edge), laid.split()[-1])
    taken = BytesIO()
    table.save(taken, "JPEG", quality=90)
    return taken.getvalue()


def _table(size: tuple[int, int], colour: tuple[int, int, int]) -> Image.Image:
    """A ground with a grain, lighter at the upper left."""
    grain = Image.effect_noise(size, 14).convert("RGB")
    light = Image.linear_gradient("L").resize(size).point(lambda value: 40 + value // 6)
    return Image.blend(
        Image.composite(grain, Image.new("RGB", size, colour), light), Image.new("RGB", size, colour), 0.7
    )


def _shadow(laid: Image.Image) -> Image.Image:
    shape = laid.split()[-1].filter(ImageFilter.GaussianBlur(9)).point(lambda value: value // 2)
    shadow = Image.new("RGBA", laid.size, (20, 18, 16, 0))
    shadow.putalpha(shape)
    return shadow
