"""A portrait of a made-up face: soft shapes with light and shadow, so that programs take it for a face."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from echt.identity.specimens.faces import FRONTAL, Colour, Face, Pose
from echt.identity.specimens.features import Features
from echt.identity.specimens.shading import LIGHT, MIDDLE, RED, SIZE, Point, darker, full_turn, mixed, smooth

__all__ = ["SIZE", "portrait"]

GRAIN = [128 + (value - 128) // 14 for value in range(256)]


def portrait(face: Face, *, pose: Pose = FRONTAL, seed: int = 0, ground: Colour | None = None) -> Image.Image:
    """The face as a passport photograph; `seed` varies the grain and the light from picture to picture."""
    return _Portrait(face, pose, seed, ground or face.ground).drawn()


class _Portrait(Features):
    """Head, hair and shoulders around the features."""

    def drawn(self) -> Image.Image:
        for step in (self._ground, self._hair_behind, self._body, self._ears, self._head, self._relief, self.eyes):
            step()
        for step in (self.nose, self.mouth, self.beard, self._hair, self.glasses):
            step()
        return self._grain(self.image.filter(ImageFilter.GaussianBlur(0.7)))

    def _ground(self) -> None:
        light = self.chance.uniform(-14, 14)
        for row in range(0, SIZE[1], 4):
            shade = round(light * (row / SIZE[1] - 0.5))
            box = (0, row, SIZE[0], row + 4)
            corner = self.image.getpixel((0, row))
            self.image.paste(tuple(max(0, min(255, part + shade)) for part in corner), box)  # type: ignore[union-attr]

    def _hair_behind(self) -> None:
        x, y = MIDDLE
        wide, high = self.half
        if self.face.long_hair:
            side = [
                (-1.2, -0.3),
                (-1.34, 0.4),
                (-1.28, 1.1),
                (-1.05, 1.5),
                (1.05, 1.5),
                (1.28, 1.1),
                (1.34, 0.4),
                (1.2, -0.3),
            ]
            shape = [(-0.7, -1.08), *side, (0.7, -1.08)]
            self.soft(
                [(x + a * wide, y + b * high) for a, b in smooth(shape)],
                darker(self.face.hair, 0.8),
                blur=4,
                strength=1,
            )
        cap = [(x + 1.1 * wide * math.cos(t), y - 0.3 * high + 0.88 * high * math.sin(t)) for t in full_turn(40)]
        self.soft(cap, self.face.hair, blur=3, strength=1)

    def _body(self) -> None:
        x, y = MIDDLE
        wide, skin = self.half[0], self.face.skin
        neck = [(x - 0.52 * wide, y + 40), (x + 0.52 * wide, y + 40), (x + 0.62 * wide, 520), (x - 0.62 * wide, 520)]
        shoulders = [
            (14, 600),
            (30, 536),
            (110, 490),
            (x - 0.6 * wide, 466),
            (x, 524),
            (x + 0.6 * wide, 466),
            (370, 490),
        ]
        self.soft(neck, darker(skin, 0.88), blur=2, strength=1)
        self.soft([*shoulders, (450, 536), (466, 600)], self.face.cloth, blur=2, strength=1)
        collar = [
            (x - 0.62 * wide, 462),
            (x, 522),
            (x + 0.62 * wide, 462),
            (x + 0.7 * wide, 480),
            (x, 566),
            (x - 0.7 * wide, 480),
        ]
        self.soft(collar, darker(self.face.cloth, 1.5), blur=1.5, strength=0.7)
        shadow = [
            (x - 0.52 * wide, y + 110),
            (x + 0.52 * wide, y + 110),
            (x + 0.44 * wide, y + 186),
            (x - 0.44 * wide, y + 186),
        ]
        self.soft(shadow, darker(skin, 0.5), blur=14, strength=0.75)

    def _ears(self) -> None:
        for side in (-1, 1):
            x = MIDDLE[0] + side * self.half[0] * (0.98 - 0.5 * side * math.sin(self.pose.turn) * 0.2)
            ear = [(x + 15 * math.cos(t), MIDDLE[1] + 2 + 32 * math.sin(t)) for t in full_turn(20)]
            self.soft(ear, darker(self.face.skin, 0.9), blur=2, strength=1)
            self.soft([(a * 0.6 + x * 0.4, b * 0.6 + MIDDLE[1] * 0.4) for a, b in ear], RED, blur=5, strength=0.2)

    def _head(self) -> None:
        ImageDraw.Draw(self.head_mask).polygon(self._outline(), fill=255)
        self.head_mask = self.head_mask.filter(ImageFilter.GaussianBlur(1.2))
        self.image.paste(self.face.skin, (0, 0), self.head_mask)

    def _outline(self) -> list[Point]:
        jaw, chin = self.face.jaw, self.face.chin
        right = [
            (0.0, -1.0),
            (0.55, -0.9),
            (0.9, -0.55),
            (1.0, -0.1),
            (0.96, 0.25),
            (jaw + 0.06, 0.58),
            (chin + 0.14, 0.88),
            (0.0, 1.0),
        ]
        left = [(-across, down) for across, down in reversed(right[1:-1])]
        shift = 0.16 * math.sin(self.pose.turn)
        drop = 0.1 * math.sin(self.pose.nod)
        loop = smooth([*right, *left, right[0]])
        return [(MIDDLE[0] + self.half[0] * (x + shift), MIDDLE[1] + self.half[1] * (y + drop)) for x, y in loop]

    def _relief(self) -> None:
        """Light from above and one side; cheeks, forehead and chin stand out."""
        skin, side = self.face.skin, self.chance.choice((-1, 1))
        dark, bright = darker(skin, 0.6), mixed(skin, LIGHT, 0.55)
        for edge, strength in ((side, 0.75), (-side, 0.4)):
            self.soft(self.oval(edge * 1.04, 0.1, 0.26, 1.0), dark, blur=20, strength=strength, within=True)
        self.soft(self.oval(0, 1.02, 0.7, 0.15), dark, blur=14, strength=0.6, within=True)
        self.soft(self.oval(-side * 0.12, -0.55, 0.5, 0.2), bright, blur=22, strength=0.6, within=True)
        for cheek in (-1, 1):
            self.soft(self.oval(cheek * 0.5, 0.22, 0.22, 0.16), bright, blur=16, strength=0.5, within=True)
            self.soft(self.oval(cheek * 0.56, 0.34, 0.2, 0.14), RED, blur=18, strength=0.12, within=True)
            self.soft(self.oval(cheek * 0.62, 0.52, 0.14, 0.2), dark, blur=16, strength=0.3, within=True)
            fold = self.curve([(cheek * 0.24, 0.32), (cheek * 0.36, 0.44), (cheek * 0.4, 0.58)])
            self.stroke(fold, dark, width=4, blur=3, strength=0.25 + 0.5 * self.face.wrinkles)
        self.soft(self.oval(0, 0.84, 0.2, 0.09), bright, blur=9, strength=0.4, within=True)

    def _hair(self) -> None:
        """What falls over the forehead, with strands."""
        x, y = MIDDLE
        wide, high = self.half
        line, parting = self.face.hairline, self.face.parting
        low = -0.02 if self.face.long_hair else -0.3
        outer = [(-1.06, low), (-1.12, -0.5), (-0.8, -1.08), (0, -1.24), (0.8, -1.08), (1.12, -0.5), (1.06, low)]
        inner = [
            (0.95, low),
            (0.9, -0.42),
            (0.6, line + 0.05),
            (parting, line - 0.1),
            (-0.6, line + 0.05),
            (-0.9, -0.42),
            (-0.95, low),
        ]
        shift = 0.1 * math.sin(self.pose.turn)
        place = [(x + (a + shift) * wide, y + b * high) for a, b in [*smooth(outer), *smooth(inner)]]
        self.soft([(a, b + 10) for a, b in place], darker(self.face.skin, 0.6), blur=9, strength=0.35, within=True)
        self.soft(place, self.face.hair, blur=2.5, strength=1)
        for _ in range(46):
            start, end = parting + self.chance.uniform(-0.15, 0.15), self.chance.uniform(-1.05, 1.05)
            strand = smooth(
                [
                    (start, -1.14 + 0.1 * abs(start)),
                    ((start + end) / 2, -1.08),
                    (end, -0.62 + self.chance.uniform(-0.3, 0.0)),
                ]
            )
            tone = mixed(self.face.hair, LIGHT, 0.3) if self.chance.random() < 0.5 else darker(self.face.hair, 0.6)  # noqa: PLR2004
            points = [(x + (a + shift) * wide, y + b * high) for a, b in strand if abs(a) > 0.8 or b < line + 0.02]  # noqa: PLR2004
            if len(points) > 1:
                self.stroke(points, tone, width=2, blur=1.2, strength=0.3)

    def _grain(self, image: Image.Image) -> Image.Image:
        grain = Image.frombytes("L", SIZE, self.chance.randbytes(SIZE[0] * SIZE[1]))
        return ImageChops.add(image, grain.point(GRAIN).convert("RGB"), scale=1.0, offset=-128)
