"""Who looked at a picture, and when, burnt into the copy that is served: a picture that leaks says from whom.

1. The mark lies over the whole picture, so that no crop is without it.
2. The picture that is kept is not touched.
"""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from echt.identity.findings import Point

QUALITY = 90
SLOPE = 24
DRAWN = 1200
"""Pixels of the longer side at which the words are drawn."""
STRENGTH = 44
"""Of 255: seen when looked for, never over the print."""


def marked(picture: bytes, *, words: str, part: tuple[Point, Point] | None = None) -> bytes:
    """The picture, or a part of it, as JPEG with the words all over it."""
    with Image.open(BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    if part is not None:
        image = image.crop(_box(image.size, part))
    image.paste(_tint(image.size), mask=_mask(image.size, words))
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _box(size: tuple[int, int], part: tuple[Point, Point]) -> tuple[int, int, int, int]:
    """The part in pixels, a little wider, and inside the picture."""
    (left, top), (right, bottom) = part
    margin_x, margin_y = (right - left) / 4, (bottom - top) / 4
    width, height = size
    return (
        max(0, int((left - margin_x) * width)),
        max(0, int((top - margin_y) * height)),
        min(width, max(1, int((right + margin_x) * width))),
        min(height, max(1, int((bottom + margin_y) * height))),
    )


def _tint(size: tuple[int, int]) -> Image.Image:
    return Image.new("RGB", size, (255, 255, 255))


def _mask(size: tuple[int, int], words: str) -> Image.Image:
    """The words all over the picture; drawn small, because the larger the canvas, the longer it takes to turn it."""
    scale = min(1.0, DRAWN / max(size))
    small = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    return _drawn(small, words).resize(size, Image.Resampling.BILINEAR)


def _drawn(size: tuple[int, int], words: str) -> Image.Image:
    """The words in lines across a larger canvas, turned, and cut to size."""
    longest = max(size)
    font = _font(max(12, longest // 42))
    canvas = Image.new("L", (longest * 2, longest * 2))
    draw = ImageDraw.Draw(canvas)
    width = int(draw.textlength(words + "      ", font=font))
    for number, y in enumerate(range(0, longest * 2, max(40, longest // 9))):
        for x in range(-(number % 2) * width // 2, longest * 2, max(1, width)):
            draw.text((x, y), words, fill=STRENGTH, font=font)
    turned = canvas.rotate(SLOPE, resample=Image.Resampling.BILINEAR)
    left, top = (turned.width - size[0]) // 2, (turned.height - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
