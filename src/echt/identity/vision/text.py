"""Printed lines: where they are and what they say (RapidOCR, PP-OCRv6, from the package's own model files)."""

import threading
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr

from echt.identity.vision.cutting import Box, straight, within
from echt.identity.vision.lines import Line, in_order
from echt.identity.vision.models import THREADS, Array

SEARCHED = 1280
"""Pixels of the longer side of the picture in which lines are looked for; they are read from the whole picture."""
SURE = 0.5
FINE = 40
"""Pixels of a line's height as it is read; the model has 48, and the box has a margin."""

_reading = threading.Lock()


def lines(picture: Array) -> list[Line]:
    """Every line that can be read, from top to bottom and left to right."""
    return recognised(picture, boxes(picture))


def boxes(picture: Array) -> list[Box]:
    """Where lines are, in pixels of the picture."""
    small = within(picture, SEARCHED)
    with _reading:
        found = _engine()(small, use_det=True, use_cls=False, use_rec=False).boxes
    if found is None:
        return []
    scale = picture.shape[1] / small.shape[1]
    return in_order([np.asarray(box, dtype=np.float64) * scale for box in found])


def recognised(picture: Array, found: list[Box]) -> list[Line]:
    """What the boxes say; those without a likely text are left out."""
    if not found:
        return []
    pieces = [straight(picture, box) for box in found]
    with _reading:
        result = _engine().recognize_txt(pieces)
    read = zip(found, result.txts, result.scores, strict=True)
    return [
        Line(box=box, text=text.strip(), sure=float(score))
        for box, text, score in read
        if text.strip() and score >= SURE
    ]


@cache
def _engine() -> Any:
    """The engine with its models; their paths are given, so that it never looks elsewhere for them."""
    models = Path(rapidocr.__file__).with_name("models")
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
