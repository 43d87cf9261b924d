"""Two faces compared: both are brought into one place, SFace makes a direction of each, their angle is the likeness."""

from pathlib import Path

import cv2
import numpy as np

from echt.identity.vision import models
from echt.identity.vision.carriers import SFACE
from echt.identity.vision.detection import Face
from echt.identity.vision.models import Array

SIDE = 112
PLACES = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
"""Where SFace expects eyes, nose and corners of the mouth, in a picture of 112 by 112."""


def direction(picture: Array, face: Face, folder: Path | None = None) -> Array:
    """What is characteristic of a face, as a vector of length 1."""
    colours = aligned(picture, face)[:, :, ::-1].astype(np.float32).transpose(2, 0, 1)[None]
    said = models.run(models.session(SFACE, folder), np.ascontiguousarray(colours))["fc1"][0]
    one: Array = said / np.linalg.norm(said)
    return one


def likeness(one: Array, other: Array) -> float:
    """The cosine of two directions: 1 is the same picture, people who are not related are around 0."""
    return float(np.dot(one, other))


def aligned(picture: Array, face: Face, enlarged: int = 1) -> Array:
    """The face turned, scaled and cut out so that its points lie where they are expected."""
    side = SIDE * enlarged
    moved: Array = cv2.warpAffine(picture, fit(face.points, PLACES * enlarged), (side, side), flags=cv2.INTER_LINEAR)
    return moved


def fit(points: Array, places: Array) -> Array:
    """The turn, scale and shift, as a matrix of 2 by 3, that brings points nearest to places (least squares)."""
    of_points, of_places = points.mean(0), places.mean(0)
    from_points, from_places = points - of_points, places - of_places
    left, stretch, right = np.linalg.svd(from_places.T @ from_points / len(points))
    mirror = np.array([1.0, np.sign(np.linalg.det(left) * np.linalg.det(right))])
    turn = left @ np.diag(mirror) @ right
    scale = float((stretch * mirror).sum() / from_points.var(0).sum())
    shift = of_places - scale * turn @ of_points
    return np.hstack([scale * turn, shift[:, None]])
