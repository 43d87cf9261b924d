"""Soft shapes on a face that can turn: the means by which a portrait gets light and shadow."""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from echt.identity.specimens.faces import Colour, Face, Pose

Point = tuple[float, float]

SIZE = (480, 600)
MIDDLE = (240.0, 286.0)
HALF = (112.0, 150.0)
"""Half of a face’s width and height."""
DEPTH = 0.75
"""How far a face stands out towards us, as a share of half its width."""
LIGHT = (255, 244, 228)
RED = (176, 70, 64)


class Shading:
    """A picture of a face in the making."""

    def __init__(self, face: Face, pose: Pose, seed: int, ground: Colour) -> None:
        self.face, self.pose = face, pose
        self.chance = random.Random(seed)  # noqa: S311  (grain of a picture)
        self.image = Image.new("RGB", SIZE, ground)
        self.half = (HALF[0] * face.width, HALF[1])
        self.head_mask = Image.new("L", SIZE, 0)

    def soft(
        self, points: Sequence[Point], colour: Colour, *, blur: float, strength: float, within: bool = False
    ) -> None:
        """A filled shape with soft edges; `within` the head alone."""
        self._lay(points, colour, blur=blur, strength=strength, within=within)

    def stroke(self, points: Sequence[Point], colour: Colour, *, width: float, blur: float, strength: float) -> None:
        self._lay(points, colour, blur=blur, strength=strength, width=max(1, round(width)))

    def _lay(
        self,
        points: Sequence[Point],
        colour: Colour,
        *,
        blur: float,
        strength: float,
        width: int = 0,
        within: bool = False,
    ) -> None:
        """Paint a shape, or a line where `width` says how wide, through a mask no larger than needed."""
        box = around(points, margin=3 * blur + width + 1)
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        pen, fill = ImageDraw.Draw(mask), round(255 * min(1.0, strength))
        moved = [(x - box[0], y - box[1]) for x, y in points]
        if width:
            pen.line(moved, fill=fill, width=width, joint="curve")
        else:
            pen.polygon(moved, fill=fill)
        mask = mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask
        mask = ImageChops.multiply(mask, self.head_mask.crop(box)) if within else mask
        self.image.paste(colour, box, mask)

    def at(self, across: float, down: float, lift: float = 0.0) -> Point:
        """A place on the face, from -1 to 1 each way, as the pose shows it. `lift`: how far it stands out."""
        out = DEPTH * math.sqrt(max(0.0, 1 - 0.8 * across**2 - 0.3 * down**2)) + lift
        x = across * math.cos(self.pose.turn) + out * math.sin(self.pose.turn)
        out = out * math.cos(self.pose.turn) - across * math.sin(self.pose.turn)
        y = down * math.cos(self.pose.nod) + 0.75 * out * math.sin(self.pose.nod)
        return MIDDLE[0] + self.half[0] * x, MIDDLE[1] + self.half[1] * y

    def oval(
        self, across: float, down: float, wide: float, high: float, *, lift: float = 0.0, tilt: float = 0.0
    ) -> list[Point]:
        points = []
        for step in range(28):
            angle = 2 * math.pi * step / 28
            x, y = wide * math.cos(angle), high * math.sin(angle)
            points.append(self.at(across + x, down + y + tilt * x, lift))
        return points

    def curve(self, places: Sequence[Point], lift: float = 0.0) -> list[Point]:
        """A smooth line through places on the face."""
        return [self.at(across, down, lift) for across, down in smooth(places)]


def around(points: Sequence[Point], margin: float) -> tuple[int, int, int, int]:
    """The box around points, within the picture."""
    across, down = [x for x, _ in points], [y for _, y in points]
    left, top = max(0, math.floor(min(across) - margin)), max(0, math.floor(min(down) - margin))
    right, bottom = math.ceil(max(across) + margin), math.ceil(max(down) + margin)
    return left, top, min(SIZE[0], right), min(SIZE[1], bottom)


def full_turn(steps: int) -> list[float]:
    return [2 * math.pi * step / steps for step in range(steps)]


def darker(colour: Colour, factor: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a * (1 - share) + b * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def smooth(places: Sequence[Point], steps: int = 8) -> list[Point]:
    """A curve through all places, as Catmull and Rom have it."""
    ends = [places[0], *places, places[-1]]
    fours = [ends[index - 1 : index + 3] for index in range(1, len(ends) - 2)]
    return [*(_through(four, step / steps) for four in fours for step in range(steps)), places[-1]]


def _through(four: Sequence[Point], at: float) -> Point:
    before, start, end, after = four
    weights = (
        -0.5 * at + at**2 - 0.5 * at**3,
        1 - 2.5 * at**2 + 1.5 * at**3,
        0.5 * at + 2 * at**2 - 1.5 * at**3,
        -0.5 * at**2 + 0.5 * at**3,
    )
    x, y = (sum(w * p[axis] for w, p in zip(weights, (before, start, end, after), strict=True)) for axis in (0, 1))
    return x, y
