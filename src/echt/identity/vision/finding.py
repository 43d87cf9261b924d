"""Finding the document in a photograph: where its corners are, and how sure that is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from echt.identity.vision import corners as geometry
from echt.identity.vision.contrast import set_off, shrunk
from echt.identity.vision.edges import Sides, snapped
from echt.identity.vision.outline import outline
from echt.identity.vision.segments import quad_of_lines

Array = np.ndarray[Any, Any]

LEVELS = (0.5, 0.8, 0.25)
"""Where the mask is cut, the usual level first; the others are tried where that gives no clean shape."""
FAIR, SUPPORTED, INSIDE = 0.9, 0.75, 0.012
"""Likeness, support and margin from which on an unclean outline will do all the same."""
UNLIKE, PART = 0.93, 0.25
"""Likeness and share of the picture below which what stands out may be a part of the document."""
LINED = 0.5
"""The support that corners out of lines must have on each side."""
CLEAN = 0.98
"""The likeness of mask and quadrilateral from which on the outline is right unless colours say otherwise."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A document in a picture.

    Args:
        corners: out of the mask, as shares, from the picture's upper left clockwise; they decide what is cut.
        edges: the same drawn to the edges that are there; they are the better ones to see the document straight.
        support: for each side (top, right, bottom, left) the share that shows an edge.
        likeness: of mask and quadrilateral, 0 to 1.
        by_lines: whether lines or colours gave the corners, and not the mask alone.
    """

    corners: Array
    edges: Array
    support: tuple[float, float, float, float]
    likeness: float
    by_lines: bool = False

    @property
    def margins(self) -> Array:
        """How far each corner is from the nearest edge of the picture, as a share; negative outside."""
        margins: Array = np.minimum(self.corners, 1 - self.corners).min(axis=1)
        return margins


def find_once(picture: bytes, pixels: Array, folder: Path | None = None) -> Found | None:
    """As `find`, remembered for a few pictures: who judges one and then reads it finds its document once.

    Args:
        picture: the file that the pixels come from.
        pixels: its rows of red, green and blue.
        folder: of the models.
    """
    return _remembered.get(sha256(picture).digest(), lambda: find(pixels, folder))


class _Remembered:
    """What was found last. Corners only: of the picture itself nothing stays."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._found: dict[bytes, Found | None] = {}

    def get(self, key: bytes, look: Callable[[], Found | None]) -> Found | None:
        with self._lock:
            if key in self._found:
                return self._found[key]
        found = look()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                del self._found[next(iter(self._found))]
        return found


_remembered = _Remembered(most=16)


def find(pixels: Array, folder: Path | None = None) -> Found | None:
    """The document; None where nothing stands out.

    Raises:
        ModelMissing: the model is not there.
    """
    first = found_in(pixels, outline(pixels, folder))
    if first is None or not _is_a_part(first):
        return first
    again = found_in(pixels, outline(_covered(pixels, first), folder))
    return again if again and _holds(again, first) else first


def _is_a_part(found: Found) -> bool:
    """Whether what stands out is small and no quadrilateral: often the portrait stands out more than its document."""
    return found.likeness < UNLIKE and geometry.area(found.corners) < PART


def _holds(outer: Found, inner: Found) -> bool:
    """Whether a document was found around what stood out before."""
    middle = tuple(float(part) for part in inner.corners.mean(0))
    within = cv2.pointPolygonTest(outer.corners.astype(np.float32), middle, measureDist=False) > 0
    return within and outer.likeness >= FAIR and geometry.area(outer.corners) > 2 * geometry.area(inner.corners)


def _covered(pixels: Array, found: Found) -> Array:
    """The picture with what was found painted over in the colour around it."""
    size = np.array([pixels.shape[1], pixels.shape[0]])
    middle = found.corners.mean(0)
    inner, outer = (((found.corners - middle) * grown + middle) * size for grown in (1.15, 1.4))
    ring, hidden = np.zeros(pixels.shape[:2], np.uint8), np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(ring, outer.astype(np.int32), 1)
    cv2.fillConvexPoly(hidden, inner.astype(np.int32), 1)
    around = pixels[(ring == 1) & (hidden == 0)]
    covered = pixels.copy()
    if len(around):
        covered[hidden == 1] = np.median(around, axis=0).astype(np.uint8)
    return covered


def found_in(pixels: Array, mask: Array) -> Found | None:
    """The document in a picture whose mask is known."""
    best: Found | None = None
    for level in LEVELS:
        found = _at(pixels, mask, level)
        if found and (best is None or _worth(found) > _worth(best)):
            best = found
        if best and best.likeness >= CLEAN:
            break
    if best and _will_do(best):
        return best
    other = _by_sides(pixels, mask) or _by_lines(pixels, mask, outlined=best is None or best.likeness < CLEAN)
    return other if other and (best is None or min(other.support) >= LINED) else best


def _will_do(found: Found) -> bool:
    """Whether the corners lie inside, and the outline is clean, or at least its sides lie on edges."""
    if float(found.margins.min()) < INSIDE:
        return False
    return found.likeness >= CLEAN or (found.likeness >= FAIR and min(found.support) >= SUPPORTED)


def _by_lines(pixels: Array, mask: Array, *, outlined: bool) -> Found | None:
    """The document by its edges alone, where its outline is no clean shape or says that it is cut."""
    corners = quad_of_lines(pixels, mask, outlined=outlined)
    if corners is None:
        return None
    sides = snapped(pixels, corners)
    return Found(corners=corners, edges=sides.corners, support=sides.support, likeness=1.0, by_lines=True)


def _by_sides(pixels: Array, mask: Array) -> Found | None:
    """The document by four straight stretches of its outline, where colours say that these are its edges."""
    shape = geometry.largest(mask)
    if shape is None:
        return None
    quads = np.array([quad for quad in geometry.by_sides(shape) if _may_be(quad, shape)]).reshape(-1, 4, 2)
    small = shrunk(pixels)
    strengths = set_off(quads * [small.shape[1], small.shape[0]], small, held=True)
    if not strengths.any():
        return None
    best = quads[int(strengths.argmax())]
    sides, alike = snapped(pixels, best), geometry.likeness(shape, best)
    return Found(corners=best, edges=sides.corners, support=sides.support, likeness=alike, by_lines=True)


def _may_be(corners: Array, shape: Array) -> bool:
    """Whether four corners lie inside and enclose what stands out, and little more."""
    inside = float(np.minimum(corners, 1 - corners).min()) >= INSIDE
    return inside and geometry.likeness(shape, corners) >= FAIR


def _at(pixels: Array, mask: Array, level: float) -> Found | None:
    shape, corners = geometry.largest(mask, level), geometry.quad(mask, level)
    if shape is None or corners is None:
        return None
    sides: Sides = snapped(pixels, corners)
    return Found(
        corners=corners,
        edges=sides.corners,
        support=sides.support,
        likeness=geometry.likeness(shape, corners),
    )


def _worth(found: Found) -> float:
    return found.likeness + 0.2 * min(found.support)
