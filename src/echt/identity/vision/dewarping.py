"""A document seen straight."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from echt.identity.findings import Point
from echt.identity.vision.corners import lengths

Array = np.ndarray[Any, Any]

MOST = 2400
"""Pixels that a straightened document is wide or high at most."""


def dewarp(pixels: Array, corners: Sequence[Point] | Array, *, margin: float = 0.0) -> Array:
    """What lies between the corners, seen straight and as large as it is in the picture.

    Args:
        pixels: the picture, in any order of colours.
        corners: as shares, from the document's upper left clockwise; also outside the picture, which then is repeated.
        margin: how much around it is shown as well, as a share of its width.
    """
    size = np.array([pixels.shape[1], pixels.shape[0]])
    quad = np.asarray(corners, float)
    wide, high = lengths(quad, (float(size[0]), float(size[1])))
    scale = min(1.0, MOST / max(wide, high))
    edge = margin * wide * scale
    wide, high = max(8.0, wide * scale), max(8.0, high * scale)
    right, bottom = edge + wide, edge + high
    target = np.array([[edge, edge], [right, edge], [right, bottom], [edge, bottom]], np.float32)
    move = cv2.getPerspectiveTransform((quad * size).astype(np.float32), target)
    whole = (round(wide + 2 * edge), round(high + 2 * edge))
    straight: Array = cv2.warpPerspective(pixels, move, whole, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return straight
