"""Which way up a document is, after PP-LCNet."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from echt.identity.vision.carriers import ORIENTATION
from echt.identity.vision.models import run, session

Array = np.ndarray[Any, Any]

SHORT, SIDE = 256, 224
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


def ways_up(document: Array, folder: Path | None = None) -> tuple[float, float, float, float]:
    """How likely it is that 0, 1, 2, 3 quarter turns clockwise make the document upright.

    Raises:
        ModelMissing: the model is not there.
    """
    ready = session(ORIENTATION, folder)
    shares = run(ready, _values(document))[ready.get_outputs()[0].name][0]
    return float(shares[0]), float(shares[3]), float(shares[2]), float(shares[1])


def _values(document: Array) -> Array:
    """The middle of the document, as the model was trained: blue, green, red."""
    scale = SHORT / min(document.shape[:2])
    size = (max(SIDE, round(document.shape[1] * scale)), max(SIDE, round(document.shape[0] * scale)))
    small = cv2.resize(document[..., ::-1], size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    top, left = (size[1] - SIDE) // 2, (size[0] - SIDE) // 2
    middle = small[top : top + SIDE, left : left + SIDE].astype(np.float32) / 255
    values: Array = ((middle - MEAN) / SPREAD).transpose(2, 0, 1)[None].astype(np.float32)
    return values
