"""Where the parts of a face are, how it looks and where it points: MediaPipe's face landmarker on a single picture.

Left and right are the person's own, in a picture as the camera sees it, not mirrored.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from mediapipe import Image, ImageFormat
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions

from echt.identity.vision.carriers import LANDMARKER
from echt.identity.vision.models import Array, path_of

FACES = 2
RIGHT_EYE, LEFT_EYE = (33, 133), (362, 263)
"""Outer and inner corner of each eye."""
EARS = (234, 454)

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Look:
    """A face in one picture.

    Args:
        points: 478 places in pixels, and their depth on the same scale.
        expressions: MediaPipe's coefficients by name, 0 to 1, such as `jawOpen`.
        turned: degrees by which the face is turned to its own left; negative to its right.
        raised: degrees by which it looks up; negative down.
        distance: from the camera, in centimetres as an average camera would see an average head.
    """

    points: Array
    expressions: Mapping[str, float]
    turned: float
    raised: float
    distance: float

    @property
    def eyes(self) -> float:
        """Pixels from the middle of one eye to the middle of the other."""
        right, left = (self.points[list(eye), :2].mean(0) for eye in (RIGHT_EYE, LEFT_EYE))
        return float(np.linalg.norm(left - right))

    @property
    def shut(self) -> float:
        """How far both eyes are shut: the wider open one counts."""
        return min(self.expressions["eyeBlinkLeft"], self.expressions["eyeBlinkRight"])

    @property
    def mouth(self) -> float:
        return self.expressions["jawOpen"]


def looks(picture: Array, folder: Path | None = None) -> list[Look]:
    """The faces of a picture, the largest first; at most two, since a second one is one too many."""
    height, width = picture.shape[:2]
    image = Image(image_format=ImageFormat.SRGB, data=cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    with _one_at_a_time:
        said = _load(path_of(LANDMARKER, folder)).detect(image)
    found = [
        _look(points, shapes, matrix, width, height)
        for points, shapes, matrix in zip(
            said.face_landmarks, said.face_blendshapes, said.facial_transformation_matrixes, strict=True
        )
    ]
    return sorted(found, key=lambda look: look.eyes, reverse=True)


def _look(points: Any, shapes: Any, matrix: Array, width: int, height: int) -> Look:
    turn = matrix[:3, :3] / np.linalg.norm(matrix[:3, 0])
    return Look(
        points=np.array([(point.x * width, point.y * height, point.z * width) for point in points]),
        expressions={shape.category_name: float(shape.score) for shape in shapes},
        turned=float(np.degrees(np.arctan2(turn[0, 2], turn[2, 2]))),
        raised=float(np.degrees(np.arcsin(np.clip(turn[1, 2], -1, 1)))),
        distance=float(-matrix[2, 3]),
    )


@cache
def _load(path: Path) -> FaceLandmarker:
    return FaceLandmarker.create_from_options(
        FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(path)),
            num_faces=FACES,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
    )
