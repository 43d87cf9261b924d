"""How blurred a document is: how little a picture changes when it is blurred once more (after Crété and others, 2007).

Measured on the document alone, seen straight and always equally wide; otherwise its size decides, not its sharpness.
"""

from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

WIDE = 800
"""Pixels that the document is brought to."""
QUIET = 3
"""Side of the median that takes away grain, which is no sharpness."""
FAINT = 3.0
"""Changes up to this are grain, too."""
LEVEL, SLANTED = 11, 8
"""Pixels that the second blur is long, along the axes and along the diagonals."""


def blur(document: Array) -> float:
    """From 0 (sharp) to 1 (nothing but blur), in the direction that is blurred most: a moving camera blurs in one."""
    high = max(1, round(document.shape[0] * WIDE / document.shape[1]))
    grey = cv2.cvtColor(cv2.resize(document, (WIDE, high), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    calm = cv2.medianBlur(grey, QUIET).astype(np.float32)
    across = np.full((1, LEVEL), 1 / LEVEL, np.float32)
    slanted = np.eye(SLANTED, dtype=np.float32) / SLANTED
    steps = (((0, 1), across), ((1, 0), across.T), ((1, 1), slanted), ((1, -1), slanted[::-1]))
    return max(_surviving(calm, step, kernel) for step, kernel in steps)


def _surviving(grey: Array, step: tuple[int, int], kernel: Array) -> float:
    """Of the changes from pixel to pixel in a direction the share that blurring along it leaves."""
    before = _changes(grey, step)
    after = _changes(cv2.filter2D(grey, -1, kernel, borderType=cv2.BORDER_REFLECT), step)
    told = before > FAINT
    total = float(before[told].sum())
    return 1 - float(np.maximum(0, before - after)[told].sum()) / total if total else 1.0


def _changes(grey: Array, step: tuple[int, int]) -> Array:
    down, across = step
    high, wide = grey.shape
    if across < 0:
        change: Array = np.abs(grey[down:, : wide - 1] - grey[: high - down, 1:])
    else:
        change = np.abs(grey[down:, across:] - grey[: high - down, : wide - across])
    return change
