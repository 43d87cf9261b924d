"""What light, lens and sensor do to a scene, and the faults that they can have."""

import cv2
import numpy as np
from numpy.typing import NDArray

from echt.identity.findings import Fault

Pixels = NDArray[np.float32]
Quad = NDArray[np.float64]

FINE = 800
"""Blur is measured in pixels of a document this wide."""


class Lens:
    """The way from a scene to a picture. `quad`: the document's corners in pixels; `strength`: of the fault."""

    chance: np.random.Generator
    fault: Fault | None
    strength: float
    width: int
    height: int
    quad: Quad
    how: list[str]

    def _blurred(self, frame: Pixels) -> Pixels:
        frame = cv2.GaussianBlur(frame, (0, 0), self.chance.uniform(0.4, 0.7))
        if self.fault is not Fault.BLURRED:
            return frame
        unit = float(np.linalg.norm(self.quad[1] - self.quad[0])) / FINE
        if self.chance.random() < 0.5:
            self.how.append(f"defocus {0.4 + 3.2 * self.strength:.1f}")
            return cv2.GaussianBlur(frame, (0, 0), (0.4 + 3.2 * self.strength) * unit)
        length = (2 + 22 * self.strength) * unit
        self.how.append(f"motion {2 + 22 * self.strength:.0f}")
        return cv2.filter2D(frame, -1, _streak(length, self.chance.uniform(0, np.pi)))

    def _lit(self, frame: Pixels) -> Pixels:
        down, across = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        angle = self.chance.uniform(0, 2 * np.pi)
        slope = (across / self.width - 0.5) * np.cos(angle) + (down / self.height - 0.5) * np.sin(angle)
        light = np.float32(1) + np.float32(self.chance.uniform(0.05, 0.3)) * slope.astype(np.float32)
        if self.chance.random() < 0.4:
            light = light * (1 - self._shadow())
        tint = 1 + self.chance.uniform(-0.07, 0.07, 3)
        return frame * light[..., None] * tint.astype(np.float32)

    def _shadow(self) -> Pixels:
        """Of the hand or the phone, with a soft edge."""
        mask = np.zeros((self.height, self.width), np.float32)
        start = self.chance.uniform(0, 1, 2) * (self.width, self.height)
        points = start + self.chance.uniform(-0.6, 0.6, (4, 2)) * self.width
        cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.int32)), 1.0)
        return cv2.GaussianBlur(mask, (0, 0), self.chance.uniform(20, 60)) * np.float32(self.chance.uniform(0.08, 0.25))

    def _glared(self, frame: Pixels) -> Pixels:
        if self.fault is not Fault.GLARE:
            return frame
        spots = ((0.5, 0.86), (0.2, 0.45), (0.55, 0.5))
        place = spots[int(self.chance.integers(len(spots)))]
        wide = np.linalg.norm(self.quad[1] - self.quad[0])
        centre = self._inside(*place)
        axes = (
            wide
            * (0.05 + 0.13 * self.strength)
            * np.array([self.chance.uniform(1, 1.8), self.chance.uniform(0.5, 0.9)])
        )
        mask = np.zeros((self.height, self.width), np.float32)
        cv2.ellipse(
            mask, (tuple(map(float, centre)), tuple(map(float, 2 * axes)), float(self.chance.uniform(0, 180))), 1.0, -1
        )
        self.how.append(f"glare {place}")
        soft = cv2.GaussianBlur(mask, (0, 0), float(axes.min()) * 0.35)
        return frame + np.float32(330) * soft[..., None]

    def _inside(self, across: float, down: float) -> NDArray[np.float64]:
        top = self.quad[0] * (1 - across) + self.quad[1] * across
        bottom = self.quad[3] * (1 - across) + self.quad[2] * across
        return top * (1 - down) + bottom * down

    def _exposed(self, frame: Pixels) -> Pixels:
        if self.fault is Fault.TOO_DARK:
            return frame * np.float32(0.34 - 0.26 * self.strength)
        if self.fault is Fault.TOO_BRIGHT:
            return frame * np.float32(1.25 + 1.1 * self.strength) + np.float32(40 * self.strength)
        return frame * np.float32(self.chance.uniform(0.82, 1.05))

    def _sensor(self, frame: Pixels) -> Pixels:
        tile = self.chance.standard_normal((256, 256, 3), np.float32) * np.float32(self.chance.uniform(0.8, 3))
        times = (-(-self.height // 256), -(-self.width // 256), 1)
        return np.clip(frame, 0, 255) + np.tile(tile, times)[: self.height, : self.width]


def _streak(length: float, angle: float) -> Pixels:
    """The path of a point while the camera moves."""
    size = int(length) * 2 + 3
    kernel = np.zeros((size, size), np.float32)
    middle = size // 2
    reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    cv2.line(kernel, tuple(int(v) for v in middle - reach), tuple(int(v) for v in middle + reach), 1.0, 1, cv2.LINE_AA)
    return kernel / kernel.sum()
