"""Drawing a quadrilateral to the edges that are really in the picture, and saying how much of each side shows one.

Along each side the change of colour from inside to outside is looked at in a band. The straight line through the band
with the strongest change becomes the side; where corners meet follows from the sides.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from echt.identity.vision.corners import crossing

Array = np.ndarray[Any, Any]

WORK = 720
"""The longer side of the picture that edges are sought in."""
REACH = 14
"""Pixels of that picture that a side may move, each way."""
STEP = 2
STRONG = 9.0
"""A change of colour (CIELAB, over a few pixels) beyond which more counts no more."""
FAINT = 2.0
"""The least change that can be an edge; more where the surroundings are restless."""
RESTLESS = 2.0
PLACES = np.linspace(0.05, 0.95, 56)
NEAR = 0.15
"""What a side pays, in changes of colour, for each pixel that it moves."""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """A quadrilateral whose sides lie on edges. `support`: for each side the share that shows an edge, 0 to 1."""

    corners: Array
    support: tuple[float, float, float, float]


def snapped(pixels: Array, corners: Array) -> Sides:
    """The quadrilateral, each side moved to the strongest edge nearby."""
    scale = WORK / max(pixels.shape[:2])
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    quad = corners * np.array(size)
    sides = [_side(lab, quad[side], quad[(side + 1) % 4], quad.mean(0)) for side in range(4)]
    lines = [(start, end) for start, end, _ in sides]
    met = [crossing(lines[side - 1], lines[side]) for side in range(4)]
    moved = np.array([quad[side] if met[side] is None else met[side] for side in range(4)])
    far = np.abs(moved - quad).max() > 3 * REACH
    support = tuple(share for _, _, share in sides)
    return Sides(
        corners=corners if far else moved / np.array(size), support=(support[0], support[1], support[2], support[3])
    )


def _side(lab: Array, start: Array, end: Array, middle: Array) -> tuple[Array, Array, float]:
    """The side on its edge, and the share of it that shows one."""
    along = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
    outward = np.array([along[1], -along[0]])
    if np.dot(outward, (start + end) / 2 - middle) < 0:
        outward = -outward
    change = _changes(lab, start, end, outward)
    offsets = np.arange(-REACH, REACH + 1)
    first, last, share = _best_line(change, offsets)
    return start + outward * first, end + outward * last, share


def _changes(lab: Array, start: Array, end: Array, outward: Array) -> Array:
    """Change of colour by place along the side and by offset from it; zero outside the picture."""
    offsets = np.arange(-REACH - STEP, REACH + STEP + 1)
    spots = start + np.outer(PLACES, end - start)
    grid = spots[:, None] + offsets[None, :, None] * outward
    across, down = grid[..., 0].astype(np.float32), grid[..., 1].astype(np.float32)
    colours = cv2.remap(lab, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    change = np.linalg.norm(colours[:, 2 * STEP :] - colours[:, : -2 * STEP], axis=2)
    high, wide = lab.shape[:2]
    inside = (across >= STEP) & (across < wide - STEP) & (down >= STEP) & (down < high - STEP)
    seen: Array = change * inside[:, STEP:-STEP]
    return seen


def _best_line(change: Array, offsets: Array) -> tuple[float, float, float]:
    """Of all straight lines through the band the one with the most change."""
    capped = np.minimum(change, 2.5 * STRONG)
    first, last = np.meshgrid(offsets, offsets, indexing="ij")
    at = first[..., None] * (1 - PLACES) + last[..., None] * PLACES
    columns = np.clip(np.rint(at).astype(int) - offsets[0], 0, len(offsets) - 1)
    scores = capped[np.arange(len(PLACES)), columns].mean(-1) - NEAR * (np.abs(first) + np.abs(last)) / 2
    best = np.unravel_index(int(scores.argmax()), scores.shape)
    found = change[np.arange(len(PLACES)), columns[best]]
    least = max(FAINT, RESTLESS * float(np.median(change)))
    return float(first[best]), float(last[best]), float((found >= min(STRONG, least)).mean())
