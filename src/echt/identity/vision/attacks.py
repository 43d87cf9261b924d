"""A detector of presentation attacks that an operator brings: an ONNX file, and one beside it that describes it.

1. A few frames are looked at, evenly from the first to the last; the middle of their scores counts.
2. Where no face is found in any of them, there is nothing that could clear the suspicion: 1.
3. A file that cannot be loaded or run, or answers with something else than a score, is `DetectorBroken`, with a
   sentence for the operator. It never counts as harmless.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from echt.identity.providers import DetectorBroken, Frame
from echt.identity.vision import models
from echt.identity.vision.describing import Description, description_of
from echt.identity.vision.detection import Face, find
from echt.identity.vision.faces import decode
from echt.identity.vision.models import Array

LOOKED_AT = 5
EXACT = 1e-3
"""How far beyond 0 or 1 the sum of rounded numbers may lie."""


class OperatorsDetector:
    """`folder`: of the models that come with the product, one of which finds the faces."""

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        self._path, self._folder = path, folder
        self._described = description_of(path)
        self.version = f"{path.name}, {self._described.version}"

    def score(self, frames: Sequence[Frame]) -> float:
        """From 0 (nothing suspicious) to 1 (surely an attack).

        Raises:
            DetectorBroken: see rule 3.
        """
        places = np.linspace(0, len(frames) - 1, min(LOOKED_AT, len(frames))).round().astype(int)
        pictures = [decode(frames[place].picture) for place in places]
        faces = [(picture, find(picture, self._folder)) for picture in pictures if picture is not None]
        scores = [self._of_face(picture, found[0]) for picture, found in faces if found]
        return float(np.median(scores)) if scores else 1.0

    def _of_face(self, picture: Array, face: Face) -> float:
        answer = self._answer(input_of(picture, face, self._described))
        if self._described.softmax:
            answer = np.exp(answer - answer.max()) / np.exp(answer - answer.max()).sum()
        if max(self._described.attack) >= len(answer):
            raise self._broken(f"its answer has {len(answer)} places, and “attack” names others")
        score = float(answer[list(self._described.attack)].sum())
        if not -EXACT <= score <= 1 + EXACT:
            raise self._broken(f"its answer is {score:.3f}, which is not between 0 and 1; perhaps it wants “softmax”")
        return float(np.clip(score, 0, 1))

    def _answer(self, pixels: Array) -> Array:
        try:
            said = models.run(models.session_of(self._path), pixels)
            return np.asarray(next(iter(said.values())), np.float64).reshape(-1)
        except Exception as error:
            raise self._broken(str(error).partition("\n")[0]) from error

    def _broken(self, why: str) -> DetectorBroken:
        return DetectorBroken(f"{self._path.name}: {why}.")


def input_of(picture: Array, face: Face, described: Description) -> Array:
    """What the model gets of a face (rules 1 and 2 of `describing`)."""
    half = max(face.width, face.height) * described.crop / 2
    middle = (face.left + face.width / 2, face.top + face.height / 2)
    scale = described.side / (2 * half)
    move = np.array([[scale, 0, (half - middle[0]) * scale], [0, scale, (half - middle[1]) * scale]])
    square = cv2.warpAffine(picture, move, (described.side, described.side), borderMode=cv2.BORDER_REPLICATE)
    colours = square if described.colours == "bgr" else square[:, :, ::-1]
    mean, divisor = np.array(described.mean, np.float32), np.array(described.scale, np.float32)
    return np.ascontiguousarray(((colours.astype(np.float32) - mean) / divisor).transpose(2, 0, 1)[None])
