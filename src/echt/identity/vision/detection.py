"""Finding faces: YuNet's answers decoded, overlaps removed, small faces looked at a second time from nearer.

A picture is an array of rows, columns and the colours blue, green, red, as OpenCV has it.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from echt.identity.vision import models
from echt.identity.vision.carriers import YUNET
from echt.identity.vision.models import Array

SIZE = 640
STRIDES = (8, 16, 32)
SURE = 0.6
OVERLAP = 0.3
NEAR = 160
"""The width in pixels, as the detector sees it, up to which a face is looked at again from nearer."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """A face in a picture, in its pixels. `points`: right eye, left eye, nose, right and left corner of the mouth."""

    left: float
    top: float
    width: float
    height: float
    points: Array
    sure: float

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def eyes(self) -> float:
        """From one eye to the other."""
        return float(np.linalg.norm(self.points[0] - self.points[1]))

    def moved(self, scale: float, x: float, y: float) -> "Face":
        """The same face in a picture of which this one is a part: enlarged first, then shifted."""
        return Face(
            left=self.left * scale + x,
            top=self.top * scale + y,
            width=self.width * scale,
            height=self.height * scale,
            points=self.points * scale + np.array([x, y]),
            sure=self.sure,
        )


def find(picture: Array, folder: Path | None = None) -> list[Face]:
    """The faces of a picture, the largest first; each one is measured as exactly as the picture allows."""
    found = _detect(picture, folder) or _from_afar(picture, folder)
    near = [_from_near(face, picture, folder) for face in found]
    return sorted(near, key=lambda face: face.area, reverse=True)


def _from_afar(picture: Array, folder: Path | None) -> list[Face]:
    """A face that fills the picture is found when there is something around it."""
    across = round(max(picture.shape[:2]) * 0.5)
    padded = cv2.copyMakeBorder(picture, across, across, across, across, cv2.BORDER_CONSTANT, value=(127, 127, 127))
    return [face.moved(1, -across, -across) for face in _detect(padded, folder)]


def _from_near(face: Face, picture: Array, folder: Path | None) -> Face:
    """The points of a face that the detector saw small, from a cut-out in which it is larger."""
    if face.width * _scale(picture) > NEAR:
        return face
    half = max(face.width, face.height) * 1.5
    x, y = face.left + face.width / 2, face.top + face.height / 2
    left, top = max(int(x - half), 0), max(int(y - half), 0)
    part = picture[top : int(y + half), left : int(x + half)]
    again = [near.moved(1, left, top) for near in _detect(part, folder)]
    return max((near for near in again if _share(near, face) > OVERLAP), key=lambda near: near.sure, default=face)


def _detect(picture: Array, folder: Path | None) -> list[Face]:
    scale = _scale(picture)
    size = (max(round(picture.shape[1] * scale), 1), max(round(picture.shape[0] * scale), 1))
    page = np.zeros((SIZE, SIZE, 3), np.uint8)
    page[: size[1], : size[0]] = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    said = models.run(models.session(YUNET, folder), page.astype(np.float32).transpose(2, 0, 1)[None])
    return [face.moved(1 / scale, 0, 0) for face in _without_overlap(_decode(said))]


def _scale(picture: Array) -> float:
    return SIZE / float(max(picture.shape[:2]))


def _decode(said: dict[str, Array]) -> list[Face]:
    return [face for stride in STRIDES for face in _decode_stride(said, stride)]


def _decode_stride(said: dict[str, Array], stride: int) -> list[Face]:
    """The faces of one grid: each cell says how sure it is, and where its face lies relative to it."""
    sure = np.sqrt(np.clip(said[f"cls_{stride}"][0, :, 0], 0, 1) * np.clip(said[f"obj_{stride}"][0, :, 0], 0, 1))
    (cells,) = np.nonzero(sure >= SURE)
    corners = np.stack([cells % (SIZE // stride), cells // (SIZE // stride)], axis=1).astype(np.float32)
    boxes = said[f"bbox_{stride}"][0, cells]
    centres = (corners + boxes[:, :2]) * stride
    sizes = np.exp(boxes[:, 2:]) * stride
    points = (corners[:, None] + said[f"kps_{stride}"][0, cells].reshape(-1, 5, 2)) * stride
    return [
        Face(
            left=float(centre[0] - size[0] / 2),
            top=float(centre[1] - size[1] / 2),
            width=float(size[0]),
            height=float(size[1]),
            points=five.astype(np.float64),
            sure=float(sure[cell]),
        )
        for cell, centre, size, five in zip(cells, centres, sizes, points, strict=True)
    ]


def _without_overlap(faces: list[Face]) -> list[Face]:
    """Of those that mean the same face, the surest."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: face.sure, reverse=True):
        if all(_share(face, other) <= OVERLAP for other in kept):
            kept.append(face)
    return kept


def _share(one: Face, other: Face) -> float:
    """What two boxes have in common, as a share of what they cover together."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    common = max(across, 0.0) * max(down, 0.0)
    return common / (one.area + other.area - common)
