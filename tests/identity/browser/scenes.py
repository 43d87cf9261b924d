"""What a camera sees: a document on a table, as pixels; and as the file from which Chromium's pretended camera plays."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.uint8]
Point = tuple[float, float]
WOOD = (74, 60, 50)
START_OF_FRAME = b"FRAME\n"


def table(width: int, height: int, colour: tuple[int, int, int] = WOOD, *, seed: int = 1) -> Image.Image:
    """A table with a faint grain."""
    chance = np.random.default_rng(seed)
    grain = chance.normal(0, 4, (height, 1, 1)) + chance.normal(0, 2.5, (height, width, 1))
    pixels = np.clip(np.array(colour, float)[None, None] + grain, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8))


def laid(ground: Image.Image, document: Image.Image, corners: list[Point]) -> Image.Image:
    """The document on the ground, with its corners there, from the upper left clockwise; what is outside is cut."""
    scaled = [(x * ground.width, y * ground.height) for x, y in corners]
    source = [(0, 0), (document.width, 0), (document.width, document.height), (0, document.height)]
    way = Image.Transform.PERSPECTIVE
    factors = _perspective(scaled, source)
    placed = document.convert("RGB").transform(ground.size, way, factors, Image.Resampling.BICUBIC)
    mask = Image.new("L", ground.size)
    ImageDraw.Draw(mask).polygon(scaled, fill=255)
    shadow = mask.filter(ImageFilter.GaussianBlur(ground.width / 120)).point(lambda value: value * 0.45)
    scene = Image.composite(Image.new("RGB", ground.size, (12, 10, 9)), ground, shadow)
    return Image.composite(placed, scene, mask.filter(ImageFilter.GaussianBlur(0.7)))


def _perspective(here: list[Point], there: list[Point]) -> list[float]:
    """The factors by which a place of the scene is looked up in the document."""
    rows, values = [], []
    for (x, y), (u, v) in zip(here, there, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(factor) for factor in np.linalg.solve(np.array(rows), np.array(values))]


def write_y4m(path: Path, frames: list[Image.Image], *, rate: int = 10) -> Path:
    """Frames as YUV4MPEG2 in 4:2:0, which Chromium plays again and again in place of a camera."""
    with path.open("wb") as file:
        file.write(head_of_y4m(*frames[0].size, rate) + b"".join(START_OF_FRAME + planes(frame) for frame in frames))
    return path


def head_of_y4m(width: int, height: int, rate: int) -> bytes:
    return f"YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n".encode()


def planes(frame: Image.Image) -> bytes:
    """Brightness of every pixel, then blue and red of every four."""
    luma, blue, red = frame.convert("YCbCr").split()
    half = (frame.width // 2, frame.height // 2)
    return b"".join(
        plane.tobytes() for plane in (luma, *(plane.resize(half, Image.Resampling.BOX) for plane in (blue, red)))
    )


def rgba(image: Image.Image) -> bytes:
    """As an `ImageData` holds it."""
    return image.convert("RGBA").tobytes()
