"""What in a picture is the document and what is its surroundings, pixel by pixel, after U²-Net."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from echt.identity.vision.carriers import OUTLINE
from echt.identity.vision.models import run, session

Array = np.ndarray[Any, Any]

SIDE = 320
"""The model's own size, each way."""
TINY = 1e-6
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


def outline(pixels: Array, folder: Path | None = None) -> Array:
    """How much each place belongs to what stands out, from 0 to 1; 320 by 320, whatever the picture’s shape.

    Raises:
        ModelMissing: the model is not there.
    """
    small = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    scaled = small / max(1.0, float(small.max()))
    values = ((scaled - MEAN) / SPREAD).transpose(2, 0, 1)[None]
    ready = session(OUTLINE, folder)
    first = ready.get_outputs()[0].name
    mask: Array = run(ready, values)[first][0, 0]
    low, high = float(mask.min()), float(mask.max())
    spread: Array = (mask - low) / max(TINY, high - low)
    return spread
