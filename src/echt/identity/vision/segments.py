"""A second way to the corners, where the outline is no clean shape: straight lines, and the best four of them.

Four lines are a document when each of its sides lies on an edge from end to end, its shape is one that documents have,
and it is set off by its colours, or else what stands out in the picture lies within it.
"""

from typing import Any

import cv2
import numpy as np

from echt.identity.vision.contrast import set_off, shrunk

Array = np.ndarray[Any, Any]

FAINTEST = (9, 28)
"""Changes from which on an edge goes on, and begins (Canny)."""
SHORTEST = 0.12
"""Share of the picture's longer side that a line must have."""
MOST = 20
"""Lines looked at in each of the two directions."""
PLAIN = 0.25
"""What a line counts whose two sides stand out alike; one with a side that does counts up to one more."""
ASIDE = 6
ALIKE, NEAR = np.deg2rad(4), 6.0
"""Lines closer than this, in angle and pixels, are one."""
SLANT = np.deg2rad(35)
ALONG = np.linspace(0.06, 0.94, 40)
GRID = np.stack(np.meshgrid(np.linspace(0.05, 0.95, 12), np.linspace(0.05, 0.95, 12)), -1).reshape(-1, 2)
_RUN = np.linspace(0.05, 0.95, 20)
BESIDE = np.concatenate(
    [np.stack([_RUN, np.full(20, off)], -1) for off in (-0.03, 1.03)]
    + [np.stack([np.full(20, off), _RUN], -1) for off in (-0.02, 1.02)]
)
"""Places just outside a quadrilateral, as shares of its width and height."""
LEAST_SUPPORT, FAINT_SUPPORT = 0.8, 0.4
"""The share of each side that must lie on an edge, and where its colours set it off besides."""
INSIDE = 0.012
"""Share of the picture that is left beside a document that is whole."""
LEAST_FILLED, FILLED, MOST_BESIDE, BARE = 0.45, 0.66, 0.4, 0.05
"""How much of the inside must stand out, and of what is just beside may; less of the inside beside bare ground."""
LEAST_HELD, FULL, LEAST_HELD_FULL = 0.85, 0.93, 0.5
"""How much of what stands out must lie within; less where all within stands out: it lies on what does, too."""
SHAPES = ((1.3, 1.78), (1 / 1.55, 1 / 1.3))
SMALLEST = 0.1
TINY = 1e-9


def quad_of_lines(pixels: Array, mask: Array, *, outlined: bool = True) -> Array | None:
    """The corners as shares, from the upper left clockwise; None where no four lines will do.

    Args:
        pixels: the picture.
        mask: how much each place stands out.
        outlined: whether lines will do that only enclose what stands out, without setting it off by their colours;
            otherwise they must set off a part of it.
    """
    small = shrunk(pixels)
    edges = _edges(small)
    standing_out = cv2.resize(mask, (small.shape[1], small.shape[0]))
    quads = _drawn(_quads(*_lines(edges, standing_out)), edges)
    if not outlined:
        quads = quads[_filled(quads, standing_out) >= FULL]
    scores = set_off(quads, small)
    if outlined and not scores.any():
        scores = _support(quads, edges, LEAST_SUPPORT) * _held(quads, standing_out)
    if not scores.any():
        scores = set_off(quads, small, held=True)
    if not scores.any():
        return None
    corners: Array = quads[int(scores.argmax())] / np.array([small.shape[1], small.shape[0]])
    return corners


def _edges(small: Array) -> Array:
    """Edges of brightness and of colour."""
    lab = cv2.cvtColor(cv2.bilateralFilter(small, 7, 30, 5), cv2.COLOR_RGB2LAB)
    found = np.zeros(small.shape[:2], np.uint8)
    for channel in cv2.split(lab):
        found |= cv2.Canny(channel, *FAINTEST)
    return found


def _lines(edges: Array, mask: Array) -> tuple[Array, Array]:
    """The most telling lines, level and upright ones, each as two ends; what lies on one line is taken together."""
    least = SHORTEST * max(edges.shape)
    found = cv2.HoughLinesP(edges, 1, np.pi / 360, 40, minLineLength=least, maxLineGap=14)
    segments = np.empty((0, 4)) if found is None else np.asarray(found, float).reshape(-1, 4)
    across = segments[:, 2:] - segments[:, :2]
    angles = np.arctan2(across[:, 1], across[:, 0]) % np.pi
    weights = np.hypot(across[:, 0], across[:, 1]) * (PLAIN + _step(segments, mask))
    level = np.minimum(angles, np.pi - angles) < SLANT
    upright = np.abs(angles - np.pi / 2) < SLANT
    return _merged(segments[level], weights[level]), _merged(segments[upright], weights[upright])


def _step(segments: Array, mask: Array) -> Array:
    """How differently the two sides of each line stand out, 0 to 1."""
    along = segments[:, 2:] - segments[:, :2]
    aside = (
        np.stack([along[:, 1], -along[:, 0]], 1) / np.maximum(1, np.hypot(along[:, 0], along[:, 1]))[:, None] * ASIDE
    )
    spots = segments[:, None, :2] + along[:, None] * ALONG[None, :, None]
    first, second = (_at(mask, spots + sign * aside[:, None]).mean(1) for sign in (1, -1))
    step: Array = np.abs(first - second)
    return step


def _merged(segments: Array, weights: Array) -> Array:
    """One of those that are alike, those with the most weight first."""
    kept: list[Array] = []
    for segment in segments[np.argsort(-weights)]:
        if len(kept) == MOST:
            break
        if not any(_same(segment, other) for other in kept):
            kept.append(segment)
    return np.array(kept).reshape(-1, 4)


def _same(segment: Array, other: Array) -> bool:
    along = (other[2:] - other[:2]) / np.linalg.norm(other[2:] - other[:2])
    mine = (segment[2:] - segment[:2]) / np.linalg.norm(segment[2:] - segment[:2])
    away = [
        abs(float(along[0] * (end - other[:2])[1] - along[1] * (end - other[:2])[0]))
        for end in (segment[:2], segment[2:])
    ]
    return abs(float(along[0] * mine[1] - along[1] * mine[0])) < np.sin(ALIKE) and max(away) < NEAR


def _quads(level: Array, upright: Array) -> Array:
    """Corners of every two level with every two upright lines, from the upper left clockwise."""
    if len(level) < 2 or len(upright) < 2:  # noqa: PLR2004
        return np.empty((0, 4, 2))
    level = level[np.argsort(level[:, 1] + level[:, 3])]
    upright = upright[np.argsort(upright[:, 0] + upright[:, 2])]
    met = _crossings(level, upright)
    top, bottom = np.triu_indices(len(level), 1)
    left, right = np.triu_indices(len(upright), 1)
    top, bottom = np.repeat(top, len(left)), np.repeat(bottom, len(left))
    left, right = np.tile(left, len(top) // len(left)), np.tile(right, len(top) // len(right))
    return np.stack([met[top, left], met[top, right], met[bottom, right], met[bottom, left]], axis=1)


def _crossings(level: Array, upright: Array) -> Array:
    """Where each level line crosses each upright one."""
    start, other_start = level[:, None, :2], upright[None, :, :2]
    along, other = level[:, None, 2:] - start, upright[None, :, 2:] - other_start
    across = along[..., 0] * other[..., 1] - along[..., 1] * other[..., 0]
    gap = other_start - start
    share = (gap[..., 0] * other[..., 1] - gap[..., 1] * other[..., 0]) / np.where(across == 0, TINY, across)
    crossed: Array = start + along * share[..., None]
    return crossed


def _drawn(quads: Array, edges: Array) -> Array:
    """Those that may be whole documents and whose sides lie on edges."""
    high, wide = edges.shape
    shares = quads / np.array([wide, high])
    inside = (np.minimum(shares, 1 - shares) >= INSIDE).all((1, 2))
    sides = np.linalg.norm(np.roll(quads, -1, axis=1) - quads, axis=2)
    ratio = (sides[:, 0] + sides[:, 2]) / np.maximum(1, sides[:, 1] + sides[:, 3])
    shapely = np.zeros(len(quads), bool)
    for low, most in SHAPES:
        shapely |= (ratio >= low) & (ratio <= most)
    even = sides.min(1, initial=np.inf) > 0.3 * sides.max(1, initial=0)
    large = sides[:, 0] * sides[:, 1] > SMALLEST * wide * high
    quads = quads[inside & shapely & even & large]
    drawn: Array = quads[_support(quads, edges, FAINT_SUPPORT) > 0]
    return drawn


def _support(quads: Array, edges: Array, least: float) -> Array:
    """The mean share of the sides that lies on edges; zero where less of one side does."""
    wide_edges = cv2.dilate(edges, np.ones((5, 5), np.uint8)) > 0
    ends = np.roll(quads, -1, axis=1)
    spots = quads[:, :, None] + (ends - quads)[:, :, None] * ALONG[None, None, :, None]
    hit = _at(wide_edges, spots).mean(2)
    return np.where(hit.min(1) >= least, hit.mean(1), 0.0)


def _held(quads: Array, mask: Array) -> Array:
    """How well what stands out lies within; zero where too little does, or where the inside hardly stands out."""
    filled = _filled(quads, mask)
    beside = _at(mask, _places(quads, BESIDE)).mean(1)
    sizes = np.array([cv2.contourArea(quad.astype(np.float32)) for quad in quads])
    held = np.minimum(1, filled * sizes / max(1.0, float(mask.sum())))
    enough = (held >= LEAST_HELD) | ((filled >= FULL) & (held >= LEAST_HELD_FULL))
    apart = (beside <= MOST_BESIDE) & ((filled >= FILLED) | (beside <= BARE))
    return np.where((filled >= LEAST_FILLED) & enough & apart, 1 + 2 * filled + held - beside, 0.0)


def _filled(quads: Array, mask: Array) -> Array:
    """How much of the inside of each stands out."""
    filled: Array = _at(mask, _places(quads, GRID)).mean(1)
    return filled


def _places(quads: Array, shares: Array) -> Array:
    """Places within each quadrilateral, by their shares of its width and height."""
    across, down = shares[:, 0], shares[:, 1]
    weights = np.stack([(1 - across) * (1 - down), across * (1 - down), across * down, (1 - across) * down], -1)
    places: Array = np.einsum("gc,qcx->qgx", weights, quads)
    return places


def _at(image: Array, spots: Array) -> Array:
    """The image's values at places across and down; beyond its edge those of the edge."""
    across = np.clip(np.rint(spots[..., 0]), 0, image.shape[1] - 1).astype(int)
    down = np.clip(np.rint(spots[..., 1]), 0, image.shape[0] - 1).astype(int)
    values: Array = image[down, across]
    return values
