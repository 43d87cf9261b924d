"""A picture's bytes as pixels, the way up that the camera noted."""

import io
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

Array = np.ndarray[Any, Any]

MOST_PIXELS = 40_000_000


class Unreadable(Exception):
    """The bytes are no picture that we open."""


def opened(picture: bytes) -> Array:
    """Rows of red, green and blue, 0 to 255.

    Raises:
        Unreadable: no picture, a damaged one, or one too large to unpack.
    """
    try:
        with Image.open(io.BytesIO(picture)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unreadable
            return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable from error


def turned(pixels: Array, turn: int) -> Array:
    """The picture after `turn` quarter turns clockwise."""
    return np.ascontiguousarray(np.rot90(pixels, -turn))
