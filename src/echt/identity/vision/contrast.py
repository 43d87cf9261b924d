"""Whether a document is set off from what it lies on: one tint all along its edges, and another just beyond them.

That holds whatever stands out in the picture. A pattern has no one tint along four lines, and where a document is cut
off, no fourth line ends it.
"""

from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

WORK = 640
"""The longer side of the picture that colours are compared in."""
ALONG = np.linspace(0.06, 0.94, 40)
ASIDE = (4.0, 7.0)
"""Pixels from the edge at which its two sides are compared."""
STEP = 4.0
"""Change of colour (CIELAB) from which on the two sides differ."""
STRAY = 9.0
"""Change of colour up to which places along an edge have one tint."""
DIFFERENT, EVEN = 0.85, 0.8
"""The share of each edge along which the sides differ, and along which the inner one has its tint."""
HELD, OTHERS = 0.6, 3
"""The same where a thumb may lie on one edge, and how many others there must be without one."""
TINY = 1e-6


def shrunk(pixels: Array) -> Array:
    """The picture as small as colours are compared in it."""
    scale = WORK / max(pixels.shape[:2])
    small: Array = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small


def set_off(quads: Array, small: Array, *, held: bool = False) -> Array:
    """How strongly the weakest edge of each quadrilateral sets it off (CIELAB); zero where one edge does not.

    Args:
        quads: corners in pixels, clockwise.
        small: the picture, shrunk.
        held: whether a thumb may lie on one of the edges.
    """
    inner, outer = _sides(quads, small)
    step = np.linalg.norm(inner - outer, axis=-1)
    stray = np.linalg.norm(inner - np.median(inner, axis=2, keepdims=True), axis=-1)
    different, even = (step >= STEP).mean(2), (stray <= STRAY).mean(2)
    clear = (different >= DIFFERENT) & (even >= EVEN)
    if held:
        clear |= (different >= HELD) & (even >= HELD) & (clear.sum(1, keepdims=True) == OTHERS)
    strength: Array = np.where(clear.all(1), np.median(step, axis=2).min(1), 0.0)
    return strength


def faintest(corners: Array, pixels: Array) -> float:
    """The change of colour (CIELAB) across the edge of a document that shows the least."""
    small = shrunk(pixels)
    inner, outer = _sides(corners[None] * [small.shape[1], small.shape[0]], small)
    return float(np.median(np.linalg.norm(inner - outer, axis=-1), axis=2).min())


def _sides(quads: Array, small: Array) -> tuple[Array, Array]:
    """The colours just inside and just outside, by quadrilateral, edge and place along it."""
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    inner, outer = (np.mean([_beside(lab, quads, way * aside) for aside in ASIDE], axis=0) for way in (-1, 1))
    return inner, outer


def _beside(lab: Array, quads: Array, aside: float) -> Array:
    """The colours along the four edges of each quadrilateral, so many pixels outside of them."""
    along = np.roll(quads, -1, axis=1) - quads
    outward = np.stack([along[..., 1], -along[..., 0]], -1)
    outward = outward / np.maximum(TINY, np.linalg.norm(outward, axis=-1, keepdims=True))
    spots = (quads + aside * outward)[:, :, None] + along[:, :, None] * ALONG[:, None]
    high, wide = lab.shape[:2]
    across = np.clip(np.rint(spots[..., 0]), 0, wide - 1).astype(int)
    down = np.clip(np.rint(spots[..., 1]), 0, high - 1).astype(int)
    colours: Array = lab[down, across]
    return colours
