"""What speaks against frames of a live face, though the movements may be right. Each is a flag for a person to look at.

1. No flag refuses anybody, and no missing flag proves that somebody was there.
2. A camera's pictures differ by noise at least; the same picture twice comes from a file.
3. A screen is a grid, and so is its picture: a regular pattern that neither skin nor JPEG has.
4. Who sits before a camera reaches out of its picture below; a photograph and a screen have an edge all round.
"""

import itertools
from collections.abc import Sequence

import cv2
import numpy as np

from echt.identity.vision.landmarks import Look
from echt.identity.vision.models import Array

VIRTUAL = (
    "obs",
    "virtual",
    "manycam",
    "xsplit",
    "vcam",
    "snap camera",
    "splitcam",
    "e2esoft",
    "v4l2loopback",
    "dummy video",
    "chromacam",
    "mmhmm",
    "avatarify",
    "deepfacelive",
    "fake",
    ".y4m",
    ".mjpeg",
    "screen capture",
)
"""Parts of the names of cameras that are programs."""

SAME = 0.05
REPEATED = 0.25
PATTERN_SIDE = 256
BLOCK = 8
NEARBY = 2
COARSEST, FINEST = 0.1, 0.47
"""In periods per pixel."""
CORNERS = 4
STRAIGHT = 0.06
"""How much of its area an outline may lack or have beyond its four corners."""


def is_virtual(camera: str) -> bool:
    """Whether a camera's name is that of a program."""
    words = camera.lower()
    return any(part in words for part in VIRTUAL)


def repeats(pictures: Sequence[Array]) -> bool:
    """Whether pictures come again (rule 2): one from further back, or too many of the one before."""
    small = [cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.int16)[::2, ::2] for picture in pictures]
    different = [picture for place, picture in enumerate(small) if place == 0 or not _same(small[place - 1], picture)]
    if len(small) - len(different) > REPEATED * len(small):
        return True
    return any(_same(one, other) for one, other in itertools.combinations(different, 2))


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and float(np.abs(one - other).mean()) < SAME


def pattern(picture: Array) -> float:
    """How far the strongest regular pattern stands out of a picture's detail: a screen's above 3 or so (rule 3)."""
    height, width = picture.shape[:2]
    side = min(PATTERN_SIDE, height, width) // BLOCK * BLOCK
    top, left = (height - side) // 2, (width - side) // 2
    part = picture[top : top + side, left : left + side].astype(np.float32)
    return max(_standing_out(part.mean(2)), _standing_out(part[:, :, 2] - part[:, :, 0]))


def _standing_out(plane: Array) -> float:
    """The strongest frequency beside its surroundings, in natural logarithms; the grid of JPEG's blocks is left out."""
    window = np.outer(np.hanning(len(plane)), np.hanning(len(plane)))
    spectrum = np.log(np.abs(np.fft.fftshift(np.fft.fft2((plane - plane.mean()) * window))) + 1).astype(np.float32)
    around = cv2.blur(spectrum, (17, 17), borderType=cv2.BORDER_REFLECT)
    above = spectrum - around
    return float(above[_looked_at(len(plane))].max())


def _looked_at(side: int) -> Array:
    """Which frequencies count: finer than a face's features, coarser than a pixel, and not those of blocks of 8."""
    places = np.arange(side) - side // 2
    x, y = np.meshgrid(places, places)
    radius = np.hypot(x, y) / side
    step = side / BLOCK
    on_grid = (np.abs(x - np.round(x / step) * step) <= NEARBY) & (np.abs(y) <= NEARBY)
    on_grid |= (np.abs(y - np.round(y / step) * step) <= NEARBY) & (np.abs(x) <= NEARBY)
    mask: Array = (radius > COARSEST) & (radius < FINEST) & ~on_grid
    return mask


def framed(picture: Array, look: Look) -> bool:
    """Whether a four-cornered edge goes all round the face, within the picture (rule 4)."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    return any(_has_frame(cv2.Canny(grey, low, 3 * low), look) for low in (15, 30, 60))


def _has_frame(edges: Array, look: Look) -> bool:
    closed = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    return any(_is_frame(contour, look, edges.shape) for contour in contours)


def _is_frame(contour: Array, look: Look, shape: tuple[int, ...]) -> bool:
    face = look.points[:, :2]
    box = cv2.boundingRect(contour)
    if box[2] < np.ptp(face[:, 0]) or box[3] < np.ptp(face[:, 1]):
        return False
    corners = cv2.approxPolyDP(contour, 0.03 * cv2.arcLength(contour, closed=True), closed=True)
    if len(corners) != CORNERS or not cv2.isContourConvex(corners):
        return False
    area = cv2.contourArea(corners)
    if area > 0.97 * shape[0] * shape[1] or abs(cv2.contourArea(contour) / area - 1) > STRAIGHT:
        return False
    middle = [tuple(map(float, point)) for point in (face.min(0), face.max(0), face.mean(0))]
    return all(cv2.pointPolygonTest(corners, point, measureDist=False) > 0 for point in middle)
