"""A detector of presentation attacks that an operator brings: an ONNX file, and beside it a JSON file about it.

`spoof.onnx` and `spoof.json`:

    {"version": "minifasnet 2.7", "side": 80, "crop": 2.7, "colours": "bgr", "mean": [0, 0, 0], "scale": [1, 1, 1],
     "softmax": true, "attack": [0, 2]}

`side`: of the square that it takes; `crop`: the square cut out, as times the face; then each colour, from 0 to 255, has
`mean` taken off and is divided by `scale`. `attack`: the places in its answer that mean an attack; they are added up.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from pydantic import BaseModel, Field, ValidationError

from echt.identity.providers import Frame
from echt.identity.vision import models
from echt.identity.vision.detection import Face, find
from echt.identity.vision.faces import decode
from echt.identity.vision.models import Array

LOOKED_AT = 5


class NotDescribed(Exception):
    """The file beside the detector is missing or wrong; the text says what."""


class Description(BaseModel, extra="forbid"):
    """See the module's text."""

    version: str
    side: int = Field(ge=16, le=1024)
    crop: float = Field(default=1.0, ge=0.5, le=4)
    colours: Literal["bgr", "rgb"] = "bgr"
    mean: tuple[float, float, float] = (0, 0, 0)
    scale: tuple[float, float, float] = (1, 1, 1)
    softmax: bool = False
    attack: tuple[int, ...] = Field(min_length=1)


class OperatorsDetector:
    """Scores a few faces of the frames, evenly from the first to the last; the middle score counts."""

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        self._path, self._folder = path, folder
        self._described = _description(path.with_suffix(".json"))
        self.version = self._described.version

    def score(self, frames: Sequence[Frame]) -> float:
        """From 0 (nothing suspicious) to 1 (surely an attack); where there is no face to be looked at, 1."""
        places = np.linspace(0, len(frames) - 1, min(LOOKED_AT, len(frames))).round().astype(int)
        pictures = [decode(frames[place].picture) for place in places]
        faces = [(picture, find(picture, self._folder)) for picture in pictures if picture is not None]
        scores = [self._of_face(picture, found[0]) for picture, found in faces if found]
        return float(np.median(scores)) if scores else 1.0

    def _of_face(self, picture: Array, face: Face) -> float:
        said = models.run(models.session_of(self._path), self._input(picture, face))
        answer = next(iter(said.values())).reshape(-1).astype(np.float64)
        if self._described.softmax:
            answer = np.exp(answer - answer.max()) / np.exp(answer - answer.max()).sum()
        return float(np.clip(answer[list(self._described.attack)].sum(), 0, 1))

    def _input(self, picture: Array, face: Face) -> Array:
        described = self._described
        half = max(face.width, face.height) * described.crop / 2
        middle = (face.left + face.width / 2, face.top + face.height / 2)
        scale = described.side / (2 * half)
        move = np.array([[scale, 0, (half - middle[0]) * scale], [0, scale, (half - middle[1]) * scale]])
        square = cv2.warpAffine(picture, move, (described.side, described.side), borderMode=cv2.BORDER_REPLICATE)
        colours = square if described.colours == "bgr" else square[:, :, ::-1]
        even = (colours.astype(np.float32) - np.array(described.mean, np.float32)) / np.array(
            described.scale, np.float32
        )
        return np.ascontiguousarray(even.transpose(2, 0, 1)[None])


def _description(path: Path) -> Description:
    try:
        return Description.model_validate_json(path.read_text())
    except FileNotFoundError:
        raise NotDescribed(f"{path} is missing; it describes the detector of attacks (docs/identity.md).") from None
    except ValidationError as wrong:
        where = "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors())
        raise NotDescribed(f"{path} does not describe a detector of attacks: {where}") from None
