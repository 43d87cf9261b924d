"""Light on a document: how bright it is, and whether a reflection hides a part of it."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

WIDE = 800
WHITE = 249
"""From here on a pixel holds no print any more."""
EDGE = 0.03
"""Share of the document at each edge that is not looked at: the surface beside it may shine."""
SPOT = 41
"""Pixels that a blind spot is wide and high at least; bright paper between and beside lines of print is narrower."""
STRIP = 5
"""How many times as long as wide a strip is at least."""


@dataclass(frozen=True, kw_only=True)
class Light:
    """`luma`: median brightness, 0 to 255. `glare`: share of the largest blind spot. `clipped`: share that is white."""

    luma: float
    glare: float
    clipped: float


def light(document: Array) -> Light:
    high = max(1, round(document.shape[0] * WIDE / document.shape[1]))
    small = cv2.resize(document, (WIDE, high), interpolation=cv2.INTER_AREA)
    edge = round(EDGE * WIDE)
    inner = small[edge : high - edge, edge:-edge]
    grey = cv2.cvtColor(inner, cv2.COLOR_RGB2GRAY)
    white = (inner.min(axis=2) >= WHITE).astype(np.uint8)
    return Light(luma=float(np.median(grey)), glare=_largest(white), clipped=float(white.mean()))


def ends_of(pixels: Array) -> tuple[float, float]:
    """How bright the darkest and the brightest places of a picture are, 0 to 255, leaving out the last twentieth."""
    grey = cv2.cvtColor(cv2.resize(pixels, (200, 200), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    low, high = np.percentile(grey, (5, 95))
    return float(low), float(high)


def _largest(white: Array) -> float:
    """The largest blind spot, as a share of the document; a white strip between or below lines of print is none."""
    solid = cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((SPOT, SPOT), np.uint8))
    found, _tree = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    spots = [cv2.contourArea(outline) for outline in found if not _is_strip(outline)]
    return float(max(spots, default=0.0)) / white.size


def _is_strip(outline: Array) -> bool:
    _left, _top, wide, high = cv2.boundingRect(outline)
    return bool(max(wide, high) > STRIP * min(wide, high))
