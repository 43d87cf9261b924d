"""Four corners out of a mask: the convex hull, reduced to the quadrilateral that adds the least to it.

Corners may come to lie outside the picture: where one is cut off, the two sides that are there meet beyond the edge.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

HALF = 0.5
BEND = 0.012
"""How far a contour may stray from a straight line, as a share of the mask's longer side."""
STRETCHES = 8
LEAST_BEND = 0.003
TINY = 0.02
FAR = 3.0
"""Corners farther outside than this many widths come from sides that hardly meet."""


def quad(mask: Array, threshold: float = HALF) -> Array | None:
    """The corners of the largest shape in a mask, as shares, from the upper left clockwise; None without one.

    What bulges out of the shape, such as a thumb that holds it, is left out where its straight sides say so.
    """
    shape = largest(mask, threshold)
    if shape is None:
        return None
    size = np.array([mask.shape[1], mask.shape[0]], float)
    reduced = _reduced((hull(shape) + HALF) / size)
    found = by_sides(shape) if reduced is None else [ordered(reduced), *by_sides(shape)]
    return max(found, key=lambda corners: likeness(shape, corners), default=None)


def likeness(shape: Array, corners: Array) -> float:
    """What shape and quadrilateral have in common, as a share of what either has, within the picture."""
    drawn = np.zeros_like(shape)
    size = np.array([shape.shape[1], shape.shape[0]])
    cv2.fillConvexPoly(drawn, np.rint(corners * size - HALF).astype(np.int32), 1)
    either, both = int(np.count_nonzero(drawn | shape)), int(np.count_nonzero(drawn & shape))
    return both / max(1, either)


def by_sides(shape: Array) -> list[Array]:
    """Quadrilaterals out of the straight stretches of the shape's contour, each from its upper left clockwise."""
    found, _tree = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    bends = cv2.approxPolyDP(found[0], BEND * max(shape.shape), closed=True)[:, 0].astype(float)
    size = np.array([shape.shape[1], shape.shape[0]], float)
    bends = (bends + HALF) / size
    ends = np.roll(bends, -1, axis=0)
    order = np.argsort(-np.linalg.norm(ends - bends, axis=1))[:STRETCHES]
    stretches = [(bends[at], ends[at]) for at in sorted(order)]
    quads = (_of_lines(four) for four in combinations(stretches, 4))
    return [ordered(corners) for corners in quads if corners is not None]


def _of_lines(four: Sequence[tuple[Array, Array]]) -> Array | None:
    """Where neighbouring lines meet; None where that is no convex quadrilateral of some size."""
    met = [crossing(four[at - 1], four[at]) for at in range(4)]
    if any(point is None or np.abs(point - HALF).max() > FAR for point in met):
        return None
    corners = np.array(met)
    bends = [_cross(corners[at] - corners[at - 1], corners[(at + 1) % 4] - corners[at]) for at in range(4)]
    return corners if min(bends) > LEAST_BEND or max(bends) < -LEAST_BEND else None


def crossing(first: tuple[Array, Array], second: tuple[Array, Array]) -> Array | None:
    """Where two lines cross, however far; None where they run side by side."""
    along, other = first[1] - first[0], second[1] - second[0]
    across = _cross(along, other)
    if abs(across) < TINY * float(np.linalg.norm(along) * np.linalg.norm(other)):
        return None
    crossed: Array = first[0] + along * (_cross(second[0] - first[0], other) / across)
    return crossed


def largest(mask: Array, threshold: float = HALF) -> Array | None:
    """The largest connected shape, with its holes filled."""
    raised = (mask >= threshold).astype(np.uint8)
    found, _tree = cv2.findContours(raised, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        return None
    shape = np.zeros_like(raised)
    cv2.drawContours(shape, [max(found, key=_extent)], -1, 1, -1)
    return shape


def _extent(outline: Array) -> float:
    return float(cv2.contourArea(outline))


def hull(shape: Array) -> Array:
    found, _tree = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return cv2.convexHull(found[0])[:, 0].astype(float) if found else np.empty((0, 2))


def _reduced(points: Array) -> Array | None:
    """Takes away side after side, each time the one whose neighbours then enclose the least more; four stay."""
    if len(points) < 4:  # noqa: PLR2004
        return None
    while len(points) > 4:  # noqa: PLR2004
        options = [(_added(points, side), side) for side in range(len(points))]
        area, side = min(options, key=lambda option: option[0])
        if not np.isfinite(area):
            return None
        points = _without(points, side)
    return points


def _added(points: Array, side: int) -> float:
    """The area that comes in when a side is taken away and its neighbours are drawn out until they meet."""
    start, end = points[side], points[(side + 1) % len(points)]
    meeting = _meeting(points[side - 1], start, points[(side + 2) % len(points)], end)
    if meeting is None or np.abs(meeting - HALF).max() > FAR:
        return float("inf")
    return abs(float(_cross(end - start, meeting - start))) / 2


def _without(points: Array, side: int) -> Array:
    after = (side + 1) % len(points)
    meeting = _meeting(points[side - 1], points[side], points[(side + 2) % len(points)], points[after])
    kept = points.copy()
    kept[side] = meeting
    return np.delete(kept, after, axis=0)


def _meeting(first: Array, second: Array, third: Array, fourth: Array) -> Array | None:
    """Where the line from first through second meets that from third through fourth; None where they part."""
    along, other = second - first, fourth - third
    across = _cross(along, other)
    if abs(across) < 1e-12:  # noqa: PLR2004
        return None
    reach = _cross(third - first, other) / across
    back = _cross(third - first, along) / across
    return None if reach < 1 or back < 1 else first + along * reach


def _cross(first: Array, second: Array) -> Any:
    return first[0] * second[1] - first[1] * second[0]


def ordered(points: Array) -> Array:
    """From the upper left clockwise, as a person sees it."""
    middle = points.mean(0)
    turned = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]
    return np.roll(turned, -int(np.argmin(turned.sum(1))), axis=0)


def area(points: Array) -> float:
    """As a share of the picture."""
    across, down = points[:, 0], points[:, 1]
    return abs(float(np.dot(across, np.roll(down, -1)) - np.dot(down, np.roll(across, -1)))) / 2


def lengths(points: Array, size: tuple[float, float]) -> tuple[float, float]:
    """Width and height in pixels: of two sides across from each other the mean."""
    pixels = points * np.array(size)
    sides = np.linalg.norm(np.roll(pixels, -1, axis=0) - pixels, axis=1)
    return float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2


def skew(points: Array, size: tuple[float, float]) -> float:
    """By how many degrees the most slanted side is out of level or plumb."""
    pixels = points * np.array(size)
    along = np.roll(pixels, -1, axis=0) - pixels
    return float(np.degrees(np.arctan2(np.abs(along).min(axis=1), np.abs(along).max(axis=1))).max())


def turned_corners(points: Array, turn: int) -> Array:
    """The same corners after `turn` quarter turns of the picture clockwise, from the new upper left."""
    for _ in range(turn):
        points = np.stack([1 - points[:, 1], points[:, 0]], axis=1)
        points = np.roll(points, 1, axis=0)
    return points
