"""Signs that a picture shows no original: a screen, a capture of a screen, a copy without colour.

Each is a figure, not a proof; `quality` holds it against its threshold.
"""

from functools import cache
from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

BLOCK = 8
FLAT = 0.35
"""The deviation within a block below which no camera took it."""
DIMMEST, BRIGHTEST = 6, 249
"""Blocks darker or brighter than this are flat in photographs too."""
PATCH = 256
FINE, NYQUIST = 0.28, 0.49
"""Cycles per pixel between which a pattern is finer than print."""
WIDE = 400
RING = 0.02
DARK, STEP, THIN = 70, 30, 3
"""Of a strip: how dark it is, how much brighter what follows is, and how many rows it has at least."""
PAPER, MOST = 75, 97
"""Percentiles: of brightness that paper has, and of colour that counts."""


def flatness(pixels: Array) -> float:
    """The share of a picture without any grain, as drawn surfaces are; 0 to 1."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    sums, squares = cv2.integral2(grey)
    mean = _of_blocks(sums)
    spread = np.sqrt(np.maximum(_of_blocks(squares) - mean**2, 0))
    return float(((spread < FLAT) & (mean > DIMMEST) & (mean < BRIGHTEST)).mean())


def _of_blocks(sums: Array) -> Array:
    """The mean of each block, out of the sums of all above and to the left; what is no whole block is left out."""
    corners = sums[::BLOCK, ::BLOCK].astype(np.float64)
    whole: Array = corners[1:, 1:] - corners[1:, :-1] - corners[:-1, 1:] + corners[:-1, :-1]
    return whole / BLOCK**2


def lattice(pixels: Array, corners: Array) -> float:
    """How much a fine regular pattern stands out all over the document, as a screen's dots do; about 2 without one.

    Print has such patterns in places; of five places the middle one counts.
    """
    size = np.array([pixels.shape[1], pixels.shape[0]])
    if min(size) < PATCH:
        return 0.0
    middle = corners.mean(0) * size
    spread = (corners * size - middle) * 0.45
    return sorted(_peak(pixels, middle + shift) for shift in (np.zeros(2), *spread))[2]


def _peak(pixels: Array, centre: Array) -> float:
    left = int(np.clip(centre[0] - PATCH / 2, 0, pixels.shape[1] - PATCH))
    top = int(np.clip(centre[1] - PATCH / 2, 0, pixels.shape[0] - PATCH))
    grey = cv2.cvtColor(pixels[top : top + PATCH, left : left + PATCH], cv2.COLOR_RGB2GRAY).astype(np.float32)
    window = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
    power = np.log1p(np.abs(np.fft.fftshift(np.fft.fft2((grey - grey.mean()) * window))))
    rings, fine = _rings()
    usual = np.array([np.median(power[rings == ring]) for ring in range(int(rings.max()) + 1)])
    return float(np.where(fine, power - usual[rings], 0).max())


@cache
def _rings() -> tuple[Array, Array]:
    """For each place of a spectrum its ring, and whether it is fine enough; edges of the patch itself are left out."""
    places = np.arange(PATCH) - PATCH // 2
    reach = np.hypot(places[:, None], places[None]) / PATCH
    rings = np.minimum((reach * 64).astype(int), 45)
    upright = (np.abs(places) <= 1)[:, None] | (np.abs(places) <= 1)[None]
    return rings, (reach > FINE) & (reach < NYQUIST) & ~upright


def bezel(document: Array) -> float:
    """How much darker the outermost ring is than what follows, 0 to 255, if it is so all around: a screen’s frame."""
    grey = _small(document, cv2.COLOR_RGB2GRAY)
    edge = max(2, round(RING * grey.shape[1]))
    ring = [grey[:edge], grey[-edge:], grey[:, :edge], grey[:, -edge:]]
    inner = [
        grey[3 * edge : 5 * edge],
        grey[-5 * edge : -3 * edge],
        grey[:, 3 * edge : 5 * edge],
        grey[:, -5 * edge : -3 * edge],
    ]
    steps = [
        float(np.median(further)) - float(np.percentile(outer, 80)) for outer, further in zip(ring, inner, strict=True)
    ]
    return max(0.0, min(steps))


def framed(around: Array, margin: float) -> int:
    """On how many sides a dark strip runs along the document and ends again: the frame of a screen that shows a page.

    Args:
        around: the document seen straight with its surroundings.
        margin: how much of them, as a share of the document's width.
    """
    grey = _small(around, cv2.COLOR_RGB2GRAY)
    room = round(margin / (1 + 2 * margin) * grey.shape[1])
    sides = (grey[:room][::-1], grey[:, -room:].T, grey[-room:], grey[:, :room].T[::-1])
    return sum(_has_strip(side) for side in sides)


def _has_strip(outwards: Array) -> bool:
    """Rows from the document outwards: whether some are evenly dark and later ones are not."""
    length = outwards.shape[1]
    middle = outwards[:, length // 5 : -length // 5]
    bright, usual = np.percentile(middle, 85, axis=1), np.median(middle, axis=1)
    dark = np.flatnonzero(bright < DARK)
    return bool(dark.size >= THIN and (usual[dark[-1] + 1 :] > bright[dark].max() + STEP).any())


def colour(document: Array) -> float:
    """How colourful the most colourful parts are (CIELAB) without the light’s own cast; small on a grey copy."""
    calm = cv2.blur(_resized(document), (3, 3)).astype(np.float32)[8:-8, 8:-8]
    paper = np.percentile(calm.reshape(-1, 3), PAPER, axis=0).astype(np.float32)
    lab = cv2.cvtColor(np.clip(calm / np.maximum(paper, 1), 0, 1.2), cv2.COLOR_RGB2LAB)
    return float(np.percentile(np.hypot(lab[..., 1], lab[..., 2]), MOST))


def _resized(document: Array) -> Array:
    high = max(40, round(document.shape[0] * WIDE / document.shape[1]))
    resized: Array = cv2.resize(document, (WIDE, high), interpolation=cv2.INTER_AREA)
    return resized


def _small(document: Array, code: int) -> Array:
    small: Array = cv2.cvtColor(_resized(document), code).astype(np.float32)
    return small
