"""Printed lines: where they are and what they say (RapidOCR, PP-OCRv6, from the package's own model files)."""

import threading
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr

from echt.identity.vision.cutting import Box, straight, within
from echt.identity.vision.lines import Line, in_order
from echt.identity.vision.models import THREADS, Array, session_of

FINDS, READS = (Path(rapidocr.__file__).with_name("models") / f"PP-OCRv6_{part}_small.onnx" for part in ("det", "rec"))

SEARCHED = 1280
"""Pixels of the longer side of the picture in which lines are looked for; they are read from the whole picture."""
SURE = 0.5
FINE = 40
"""Pixels of a line's height as it is read; the model has 48, and the box has a margin."""
LEAST = 0.005
"""The share below which a letter is not worth naming."""

_reading = threading.Lock()


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


def spelled(pieces: list[Array]) -> list[list[dict[str, float]]]:
    """Of each piece its characters from left to right, each with what it may be and how likely that is."""
    with _reading:
        reader = _engine().text_rec
        letters = reader.postprocess_op.character
        return [_cells(_shares(reader, piece), letters) for piece in pieces]


def _shares(reader: Any, piece: Array) -> Array:
    """Of each stretch of the piece, how likely each letter is; the first “letter” is the gap between two."""
    _, high, least = reader.rec_image_shape
    ratio = max(least / high, piece.shape[1] / piece.shape[0])
    shares: Array = reader.session(reader.resize_norm_img(piece, ratio)[None].astype(np.float32))[0]
    return shares


def _cells(shares: Array, letters: list[str]) -> list[dict[str, float]]:
    best = shares.argmax(axis=1)
    starts = [place for place in range(len(best)) if place == 0 or best[place] != best[place - 1]]
    runs = [shares[start:end].max(axis=0) for start, end in zip(starts, [*starts[1:], len(best)], strict=True)]
    taken = [run for run, start in zip(runs, starts, strict=True) if best[start]]
    return [{letters[place]: float(run[place]) for place in np.flatnonzero(run > LEAST) if place} for run in taken]


@cache
def _engine() -> Any:
    """The engine with its models; their paths are given, so that it never looks elsewhere for them."""
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.model_path": str(FINDS),
            "Rec.model_path": str(READS),
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    # its own threads keep a processor busy while they wait; and a line is too short to be shared
    engine._load_det_model().session.session = session_of(FINDS)
    engine._load_rec_model().session.session = session_of(READS, threads=1)
    return engine
