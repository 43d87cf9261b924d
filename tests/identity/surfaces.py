"""What documents lie on when they are photographed: wood, cloth, paper with text, keys and more, drawn from a number."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Surface = Callable[[np.random.Generator, int, int], Picture]

WORDS = [
    "invoice",
    "total",
    "from",
    "the",
    "of",
    "account",
    "name",
    "street",
    "please",
    "note",
    "enclosed",
    "your",
    "number",
    "with",
    "kind",
    "regards",
    "date",
    "sum",
    "page",
]


def surface(chance: np.random.Generator, width: int, height: int) -> tuple[Picture, str]:
    """Some surface, and which."""
    kind = SURFACES[int(chance.integers(len(SURFACES)))]
    return kind(chance, width, height), kind.__name__


def plain(chance, width, height):
    tone = np.array([chance.uniform(25, 235)] * 3) + chance.uniform(-14, 14, 3)
    return _grained(chance, np.full((height, width, 3), np.clip(tone, 8, 248), np.float32), 2.5)


def bright(chance, width, height):
    """A white table: the document hardly stands out."""
    tone = np.array([chance.uniform(208, 240)] * 3) + chance.uniform(-5, 5, 3)
    return _grained(chance, np.full((height, width, 3), tone, np.float32), 2)


def wood(chance, width, height):
    base = np.array([chance.uniform(90, 190), 0, 0])
    base[1], base[2] = base[0] * chance.uniform(0.66, 0.8), base[0] * chance.uniform(0.4, 0.6)
    rows = np.linspace(0, chance.uniform(20, 60), height)[:, None] + 3 * _clouds(chance, width, height, 5)
    grain = np.sin(rows * 2.2) * 10 + np.sin(rows * 7.1) * 6 + 14 * _clouds(chance, width, height, 40, stretch=14)
    image = np.clip(base + grain[..., None] * np.array([1.0, 0.85, 0.65]), 0, 255).astype(np.float32)
    for _ in range(int(chance.integers(0, 4))):
        row = int(chance.integers(height))
        image[row : row + 4] *= 0.45
    image = image.transpose(1, 0, 2)[:height] if chance.random() < 0.3 else image
    return _grained(chance, _sized(image, width, height), 3)


def cloth(chance, width, height):
    tone = chance.uniform(30, 220, 3)
    step = int(chance.integers(3, 8))
    down, across = _places(width, height)
    weave = ((across // step + down // step) % 2) * np.float32(chance.uniform(8, 26))
    folds = 26 * _clouds(chance, width, height, 4)
    return _grained(chance, np.clip(tone + weave[..., None] + folds[..., None], 0, 255).astype(np.float32), 4)


def stripes(chance, width, height):
    first, second = chance.uniform(20, 235, 3), chance.uniform(20, 235, 3)
    step, angle = chance.uniform(16, 90), chance.uniform(0, np.pi)
    down, across = _places(width, height)
    band = (np.sin((across * np.cos(angle) + down * np.sin(angle)) * 2 * np.pi / step) > 0)[..., None]
    return _grained(chance, np.where(band, first, second).astype(np.float32), 3)


def checked(chance, width, height):
    """A table-cloth with checks, or tiles with joints."""
    first, second = chance.uniform(60, 240, 3), chance.uniform(60, 240, 3)
    step = int(chance.integers(50, 180))
    down, across = _places(width, height)
    if chance.random() < 0.5:
        image = (((across // step) % 2)[..., None] * first + ((down // step) % 2)[..., None] * second) / 2 + 60
    else:
        joint = ((across % step < 5) | (down % step < 5))[..., None]
        image = np.where(joint, first * 0.6, second) + 8 * _clouds(chance, width, height, 30)[..., None]
    return _grained(chance, np.clip(image, 0, 255).astype(np.float32), 3)


def stone(chance, width, height):
    tone = np.array([chance.uniform(50, 200)] * 3)
    speckles = 34 * _clouds(chance, width, height, width // 5) + 18 * _clouds(chance, width, height, 9)
    return _grained(chance, np.clip(tone + speckles[..., None], 0, 255).astype(np.float32), 4)


def papers(chance, width, height):
    """Sheets with text, lying across each other."""
    image = wood(chance, width, height).astype(np.float32)
    for _ in range(int(chance.integers(2, 5))):
        _lay(chance, image, _sheet(chance))
    return _grained(chance, image, 2)


def keyboard(chance, width, height):
    dark = chance.random() < 0.6
    image = np.full((height, width, 3), 60 if dark else 205, np.uint8)
    key = int(chance.integers(70, 120))
    for top in range(-key // 2, height, key):
        for left in range(int(-key * chance.random()), width, key):
            end = (left + key - 10, top + key - 10)
            cv2.rectangle(image, (left, top), end, (28, 28, 30) if dark else (238, 238, 236), -1)
            letter = chr(int(chance.integers(65, 91)))
            ink = (210, 210, 210) if dark else (60, 60, 60)
            cv2.putText(image, letter, (left + key // 4, top + key // 2), 0, key / 90, ink, 2, cv2.LINE_AA)
    return _grained(chance, image, 3)


def clutter(chance, width, height):
    """A desk with a cup, a pen and notes at its edges."""
    image = plain(chance, width, height).astype(np.float32)
    for _ in range(int(chance.integers(3, 7))):
        centre = (int(chance.choice([0.02, 0.08, 0.92, 0.98]) * width), int(chance.uniform(0, 1) * height))
        colour = tuple(float(part) for part in chance.uniform(20, 240, 3))
        if chance.random() < 0.5:
            cv2.circle(image, centre, int(chance.uniform(40, 130)), colour, -1, cv2.LINE_AA)
        else:
            size = (chance.uniform(60, 320), chance.uniform(30, 160))
            box = cv2.boxPoints((centre, size, chance.uniform(0, 180))).astype(np.int32)
            cv2.fillConvexPoly(image, box, colour, cv2.LINE_AA)
    return _grained(chance, image, 3)


SURFACES: tuple[Surface, ...] = (
    plain,
    bright,
    wood,
    cloth,
    stripes,
    checked,
    stone,
    papers,
    keyboard,
    clutter,
    wood,
    plain,
)


def text_page(chance: np.random.Generator, width: int = 900, height: int = 1270) -> Picture:
    """A page of a letter."""
    return _sheet(chance, width, height)


def _sheet(chance, width=900, height=1270):
    sheet = np.full((height, width, 3), chance.uniform(225, 250), np.uint8)
    size = chance.uniform(0.5, 0.9)
    for row in range(90, height - 80, int(38 * size + 14)):
        if chance.random() < 0.12:
            continue
        words = " ".join(chance.choice(WORDS, int(chance.integers(4, 11))))
        cv2.putText(sheet, words, (60, row), cv2.FONT_HERSHEY_COMPLEX, size, (40, 40, 44), 1, cv2.LINE_AA)
    return sheet


def _lay(chance, image, sheet):
    """A sheet somewhere on the picture, turned."""
    height, width = image.shape[:2]
    scale, angle = chance.uniform(0.6, 1.1), chance.uniform(-40, 40)
    turn = cv2.getRotationMatrix2D((sheet.shape[1] / 2, sheet.shape[0] / 2), angle, scale)
    turn[:, 2] += (chance.uniform(-0.2, 0.9) * width - 300, chance.uniform(-0.2, 0.9) * height - 500)
    warped = cv2.warpAffine(sheet, turn, (width, height)).astype(np.float32)
    mask = cv2.warpAffine(np.ones(sheet.shape[:2], np.float32), turn, (width, height))
    shadow = cv2.GaussianBlur(mask, (0, 0), 7)[..., None]
    image *= 1 - 0.35 * shadow
    image[:] = np.where(mask[..., None] > 0.5, warped, image)


def _clouds(chance, width, height, cells, stretch=1):
    """Smooth noise from -1 to 1; `stretch` draws it out sidewards."""
    rows = max(2, int(cells * height / width))
    small = chance.uniform(-1, 1, (rows, max(2, cells // stretch))).astype(np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def _places(width, height):
    """Row and column of every pixel."""
    return np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]


def _sized(image, width, height):
    return image if image.shape[:2] == (height, width) else cv2.resize(image, (width, height))


def _grained(chance, image, strength):
    small = chance.standard_normal((image.shape[0] // 2 + 1, image.shape[1] // 2 + 1), np.float32) * np.float32(
        strength
    )
    grain = cv2.resize(small, (image.shape[1], image.shape[0]))[..., None]
    return np.clip(image.astype(np.float32) + grain, 0, 255).astype(np.uint8)
