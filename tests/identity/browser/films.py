"""Somebody before a camera: Chromium plays a film of one frame, and while it plays, what is seen next is written over it."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from echt.identity.findings import Movement
from tests.identity.browser.scenes import START_OF_FRAME, head_of_y4m, planes, write_y4m
from tests.identity.vision.attacks import pose
from tests.identity.vision.motion import head

FRAME = (1280, 720)
RATE = 12
EYES = 84
"""Pixels between the eyes in a picture of 640 by 480: so far away that one can come closer."""
TAKES = 2.4
"""Seconds for a movement; the first half of them the way there."""
STAGES = 4
"""Stages of a movement that are drawn."""
GRAIN = 4
"""Levels of brightness by which two pictures of the same differ at most in a place, each way."""


class Film:
    """What a camera sees, from moment to moment. `path`: what Chromium is to play."""

    def __init__(self, path: Path, scene: Image.Image) -> None:
        self.path = write_y4m(path, [scene], rate=RATE)
        self._place = len(head_of_y4m(*scene.size, RATE) + START_OF_FRAME)
        self._file = os.open(path, os.O_WRONLY)

    def show(self, frame: bytes) -> None:
        """From now on; as many bytes as there were before."""
        os.pwrite(self._file, frame, self._place)

    @contextmanager
    def plays(self, moment: Callable[[], bytes]) -> Iterator[None]:
        """Meanwhile each picture is another one: what `moment()` is then."""
        over = threading.Event()

        def play() -> None:
            while not over.wait(1 / RATE):
                self.show(moment())

        player = threading.Thread(target=play, name="film")
        player.start()
        try:
            yield
        finally:
            over.set()
            player.join()

    def close(self) -> None:
        os.close(self._file)


class Sitter:
    """The person of a portrait before the camera, who does what is asked for."""

    def __init__(self, portrait: Image.Image) -> None:
        it = head(cv2.cvtColor(np.array(portrait.convert("RGB")), cv2.COLOR_RGB2BGR), EYES)
        poses = {pose(movement, stage / STAGES) for movement in Movement for stage in range(STAGES + 1)}
        self._drawn = {one: planes(filling(it.in_pose(one))) for one in poses}
        self._numbers = count()
        self._asked: tuple[Movement | None, float] = (None, 0.0)

    def do(self, movement: Movement | None) -> None:
        """Begin what is asked for; who is told the same again goes on with it."""
        if movement is not self._asked[0]:
            self._asked = (movement, time.monotonic())

    def seen(self) -> bytes:
        """What the camera sees now."""
        movement, since = self._asked
        done = min((time.monotonic() - since) / TAKES, 1)
        stage = round(STAGES * np.sin(np.pi * done))
        return self._grained(self._drawn[pose(movement, stage / STAGES)])

    def _grained(self, frame: bytes) -> bytes:
        """No two pictures of a camera are the same."""
        pixels = FRAME[0] * FRAME[1]
        luma = np.frombuffer(frame, np.uint8, pixels).astype(np.int16)
        luma += np.random.default_rng(next(self._numbers)).integers(-GRAIN, GRAIN, pixels, np.int16, endpoint=True)
        return luma.clip(0, 255).astype(np.uint8).tobytes() + frame[pixels:]


def filling(picture: NDArray[np.uint8]) -> Image.Image:
    """The picture in a wider frame, as high as it; what its edges show goes on at both sides."""
    width, height = FRAME
    across = picture.shape[1] * height // picture.shape[0]
    scaled = cv2.resize(picture, (across, height), interpolation=cv2.INTER_CUBIC)
    beside = (width - across) // 2
    wide = cv2.copyMakeBorder(scaled, 0, 0, beside, width - across - beside, cv2.BORDER_REPLICATE)
    return Image.fromarray(cv2.cvtColor(wide, cv2.COLOR_BGR2RGB))
