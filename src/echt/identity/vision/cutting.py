"""Pieces of a picture, seen straight. A picture is an array of rows, columns and the colours blue, green, red."""

import cv2
import numpy as np

from echt.identity.vision.models import Array

Box = Array
"""Four corners in pixels, from the upper left clockwise."""


def width(box: Box) -> float:
    return float(max(np.linalg.norm(box[1] - box[0]), np.linalg.norm(box[2] - box[3])))


def height(box: Box) -> float:
    return float(max(np.linalg.norm(box[3] - box[0]), np.linalg.norm(box[2] - box[1])))


def middle(box: Box) -> Array:
    centre: Array = box.mean(axis=0)
    return centre


def grown(box: Box, across: float, down: float) -> Box:
    """The box with so many of its heights added at each end, and above and below."""
    right, below = _unit(box[1] - box[0] + box[2] - box[3]), _unit(box[3] - box[0] + box[2] - box[1])
    high = height(box)
    shift = np.array([-right, right, right, -right]) * across + np.array([-below, -below, below, below]) * down
    larger: Box = box + shift * high
    return larger


def straight(picture: Array, box: Box, high: int | None = None) -> Array:
    """What is in the box, `high` pixels high, by default as large as it is."""
    size = max(1.0, height(box))
    scale = high / size if high else 1.0
    wide, tall = max(1, round(width(box) * scale)), max(1, round(size * scale))
    target = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(box.astype(np.float32), target)
    piece: Array = cv2.warpPerspective(
        picture, turn, (wide, tall), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return piece


def within(picture: Array, longest: int) -> Array:
    """The picture, made smaller where its longer side has more than so many pixels."""
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    smaller: Array = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return smaller


def _unit(vector: Array) -> Array:
    length: Array = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return length
