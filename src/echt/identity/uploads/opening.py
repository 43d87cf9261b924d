"""Opening a picture of which nothing is believed. Runs in the confined process alone (`child`).

1. The reader is the one of the kind that the first bytes name; no other is ever tried.
2. Width and height are read from the header and judged before a single pixel is.
3. What moves or has several frames is refused; of the pictures that a camera packs into one file, the first counts.
4. Whatever a reader raises, the answer is one of our reasons.
"""

import io
import warnings
from collections.abc import Callable
from typing import Any

import pillow_heif
from PIL import JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from PIL.Image import Image

from echt.identity.uploads.kinds import Kind, kind_of
from echt.identity.uploads.reasons import Reason, Unfit

MOST_PIXELS = 40_000_000
LEAST_SIDE = 64
WEBP_ANIMATION = 0x02

warnings.simplefilter("ignore")  # what a library remarks on a stranger's picture is of use to nobody


def opened(content: bytes) -> Image:
    """The picture with its pixels, as it stands in the file.

    Raises:
        Unfit: with the reason.
    """
    kind = kind_of(content)
    try:
        image: Image = READERS[kind](content)
        _judge_size(*image.size)
        _judge_frames(image, kind)
        image.load()
    except Unfit:
        raise
    except MemoryError:
        raise Unfit(Reason.TOO_DEMANDING) from None
    except Exception:  # noqa: BLE001  # rule 4: readers raise whatever comes to their mind
        raise Unfit(Reason.DAMAGED) from None
    return image


def _judge_frames(image: Image, kind: Kind) -> None:
    """Only a PNG can still surprise us: `_webp` and `kinds` have looked at the others."""
    if kind is Kind.PNG and getattr(image, "n_frames", 1) > 1:
        raise Unfit(Reason.ANIMATED)


def _jpeg(content: bytes) -> Image:
    return JpegImagePlugin.JpegImageFile(io.BytesIO(content))


def _png(content: bytes) -> Image:
    return PngImagePlugin.PngImageFile(io.BytesIO(content))


def _webp(content: bytes) -> Image:
    """The reader makes room for all pixels as it opens, so that we look at the header ourselves before."""
    width, height, moves = _webp_header(content)
    _judge_size(width, height)
    if moves:
        raise Unfit(Reason.ANIMATED)
    return WebPImagePlugin.WebPImageFile(io.BytesIO(content))


def _heic(content: bytes) -> Image:
    image: Image = pillow_heif.HeifImageFile(io.BytesIO(content))
    return image


def _webp_header(content: bytes) -> tuple[int, int, bool]:
    """Width, height, and whether it moves."""
    form, head = content[12:16], content[20:30]
    if len(head) < 10:  # noqa: PLR2004
        raise Unfit(Reason.DAMAGED)
    if form == b"VP8X":
        return _number(head[4:7]) + 1, _number(head[7:10]) + 1, bool(head[0] & WEBP_ANIMATION)
    if form == b"VP8L":
        bits = _number(head[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, False
    return _number(head[6:8]) & 0x3FFF, _number(head[8:10]) & 0x3FFF, False


def _number(little: bytes) -> int:
    return int.from_bytes(little, "little")


def _judge_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unfit(Reason.TOO_MANY_PIXELS)
    if min(width, height) < LEAST_SIDE:
        raise Unfit(Reason.TOO_SMALL)


READERS: dict[Kind, Callable[[bytes], Any]] = {
    Kind.JPEG: _jpeg,
    Kind.PNG: _png,
    Kind.WEBP: _webp,
    Kind.HEIC: _heic,
}
