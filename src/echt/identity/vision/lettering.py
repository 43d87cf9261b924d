"""Whether there is print on a document, and where its machine-readable zone may be: shapes alone, nothing is read."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

WIDE = 800
LOW, HIGH = 8, 60
"""Pixels that a line of print is high."""
LONG = 0.55
"""The share of the document's width from which on a line may belong to a machine-readable zone."""
NARROW = 3
"""How many times as long as high a line of print is at least."""

FAINTEST, DARKEST, SHARE = 20.0, 99.5, 0.4
"""How dark a stroke is at least: a number of grey levels, and a share of the darkest strokes (a percentile of them)."""
NEAR, SEVERAL = 3, 2
"""Pixels to the edge within which a line runs over it, and how many lines must."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of print in a document 800 pixels wide."""

    left: int
    top: int
    width: int
    height: int


def lines(document: Array) -> list[Line]:
    """Lines of print, from the top."""
    ink = _ink(document)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 17), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    found, _tree = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [Line(left=x, top=y, width=w, height=h) for x, y, w, h in map(cv2.boundingRect, found)]
    return sorted(
        (box for box in boxes if LOW <= box.height <= HIGH and box.width >= NARROW * box.height),
        key=lambda box: box.top,
    )


def zone_lines(document: Array) -> int:
    """How many lines are as long as those of a machine-readable zone."""
    return sum(line.width >= LONG * WIDE for line in lines(document))


def sides_cut(document: Array) -> tuple[int, ...]:
    """Sides (0 top, 1 right, 2 bottom, 3 left) over whose edge print runs; for a scan that fills the picture."""
    high = round(document.shape[0] * WIDE / document.shape[1])
    found = lines(document)
    reached = (
        sum(line.top <= NEAR for line in found),
        sum(line.left + line.width >= WIDE - NEAR for line in found),
        sum(line.top + line.height >= high - NEAR for line in found),
        sum(line.left <= NEAR for line in found),
    )
    return tuple(side for side in range(4) if reached[side] >= SEVERAL)


def _ink(document: Array) -> Array:
    """Thin dark strokes, 0 or 1."""
    high = max(1, round(document.shape[0] * WIDE / document.shape[1]))
    grey = cv2.cvtColor(cv2.resize(document, (WIDE, high), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13)))
    least = max(FAINTEST, float(np.percentile(strokes, DARKEST)) * SHARE)
    ink: Array = (strokes > least).astype(np.uint8)
    return ink
