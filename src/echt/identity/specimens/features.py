"""Eyes, brows, nose, mouth, beard and glasses."""

from PIL import Image, ImageDraw, ImageFilter

from echt.identity.specimens.shading import LIGHT, RED, SIZE, Point, Shading, darker, mixed


class Features(Shading):
    """What a face has in it, each part drawn over those before."""

    def eyes(self) -> None:
        for side in (-1, 1):
            self._eye(side)
            self._brow(side)

    def _eye(self, side: int) -> None:
        face, skin = self.face, self.face.skin
        across, down, wide = side * face.eye_gap, face.eye_level, face.eye_width
        high = max(0.006, 0.062 * self.pose.eyes)
        socket = darker(mixed(skin, RED, 0.12), 0.58)
        self.soft(self.oval(across, down - 0.03, wide * 1.35, 0.11), socket, blur=8, strength=0.5, within=True)
        self.soft(self.oval(across - side * 0.14, down - 0.02, 0.1, 0.1), socket, blur=8, strength=0.4, within=True)
        upper = self.curve(
            [
                (across - wide, down + 0.012),
                (across - 0.4 * wide, down - high),
                (across + 0.4 * wide, down - high),
                (across + wide, down + 0.0),
            ]
        )
        lower = self.curve(
            [
                (across - wide, down + 0.012),
                (across - 0.4 * wide, down + 0.7 * high),
                (across + 0.4 * wide, down + 0.7 * high),
                (across + wide, down + 0.0),
            ]
        )
        if self.pose.eyes > 0.15:  # noqa: PLR2004
            self._ball(across, down, high, [*upper, *reversed(lower)])
        self.stroke(upper, darker(face.hair, 0.5), width=5, blur=0.9, strength=0.95)
        self.stroke(lower, darker(skin, 0.5), width=2, blur=0.9, strength=0.7)
        crease = self.curve([(across - wide, down - 0.03), (across, down - 0.105), (across + wide, down - 0.04)])
        self.stroke(crease, darker(skin, 0.5), width=2.5, blur=1.4, strength=0.6)
        bag = self.curve([(across - 0.8 * wide, down + 0.1), (across, down + 0.13), (across + 0.8 * wide, down + 0.09)])
        self.stroke(bag, darker(skin, 0.6), width=3, blur=2.5, strength=0.25 + 0.6 * face.wrinkles)

    def _ball(self, across: float, down: float, high: float, opening: list[Point]) -> None:
        lid = Image.new("L", SIZE, 0)
        ImageDraw.Draw(lid).polygon(opening, fill=255)
        kept, self.head_mask = self.head_mask, lid.filter(ImageFilter.GaussianBlur(0.6))
        self.soft(opening, (232, 228, 222), blur=0, strength=1, within=True)
        round_high = 0.092 * self.half[0] / self.half[1]
        self.soft(
            self.oval(across, down - 0.006, 0.096, round_high),
            darker(self.face.iris, 0.6),
            blur=0.6,
            strength=1,
            within=True,
        )
        self.soft(
            self.oval(across, down - 0.004, 0.076, round_high * 0.8), self.face.iris, blur=1, strength=1, within=True
        )
        self.soft(
            self.oval(across, down - 0.006, 0.04, round_high * 0.44), (12, 10, 10), blur=0.5, strength=1, within=True
        )
        self.soft(
            self.oval(across + 0.03, down - 0.024, 0.017, 0.012), (255, 255, 255), blur=0.5, strength=1, within=True
        )
        self.soft(self.oval(across, down - high, 0.3, 0.028), (60, 50, 48), blur=2, strength=0.5, within=True)
        self.head_mask = kept

    def _brow(self, side: int) -> None:
        face = self.face
        down, thick = face.eye_level - face.brow_height, face.brow_weight
        inner, outer = face.eye_gap - 0.23, face.eye_gap + 0.25
        above = [
            (side * inner, down + 0.02 - thick),
            (side * face.eye_gap, down - 0.03 - thick),
            (side * outer, down + 0.03),
        ]
        below = [
            (side * inner, down + 0.02 + thick),
            (side * face.eye_gap, down - 0.03 + thick),
            (side * outer, down + 0.035),
        ]
        shape = [*self.curve(above), *reversed(self.curve(below))]
        self.soft(shape, darker(face.hair, 0.75), blur=2.2, strength=0.85)

    def nose(self) -> None:
        face, skin = self.face, self.face.skin
        dark, bright = darker(mixed(skin, RED, 0.12), 0.55), mixed(skin, LIGHT, 0.6)
        top, tip, wide = face.eye_level + 0.02, face.eye_level + face.nose_length, face.nose_width
        for side in (-1, 1):
            flank = self.curve([(side * 0.1, top), (side * 0.11, (top + tip) / 2), (side * wide, tip)], 0.08)
            self.stroke(flank, dark, width=9, blur=5, strength=0.38 if side < 0 else 0.26)
            wing = self.curve(
                [(side * wide * 0.9, tip - 0.05), (side * wide * 1.1, tip + 0.01), (side * wide * 0.75, tip + 0.045)],
                0.1,
            )
            self.stroke(wing, dark, width=4, blur=1.6, strength=0.7)
            self.soft(
                self.oval(side * wide * 0.48, tip + 0.035, 0.055, 0.018, lift=0.16),
                (46, 24, 20),
                blur=1.6,
                strength=0.85,
            )
        self.stroke(self.curve([(0, top), (0, tip - 0.06)], 0.18), bright, width=9, blur=5, strength=0.55)
        self.soft(self.oval(0, tip - 0.03, 0.075, 0.045, lift=0.25), bright, blur=5, strength=0.6)
        self.stroke(
            self.curve([(-wide * 0.6, tip + 0.06), (0, tip + 0.075), (wide * 0.6, tip + 0.06)], 0.12),
            dark,
            width=5,
            blur=3,
            strength=0.6,
        )
        for side in (-1, 1):
            self.stroke(
                self.curve([(side * 0.035, tip + 0.09), (side * 0.045, tip + 0.15)], 0.1),
                dark,
                width=3,
                blur=2.5,
                strength=0.3,
            )

    def mouth(self) -> None:
        face = self.face
        wide, lips, gap = face.mouth_width, face.lips, 0.13 * self.pose.mouth
        down = face.eye_level + face.nose_length + 0.2
        red = darker(mixed(face.skin, RED, 0.5), 0.8)
        line = [(-wide, down), (-0.3 * wide, down - 0.006), (0, down + 0.008), (0.3 * wide, down - 0.006), (wide, down)]
        top = [
            (-wide, down),
            (-0.3 * wide, down - lips),
            (0, down - lips * 0.75),
            (0.3 * wide, down - lips),
            (wide, down),
        ]
        bottom = [
            (-wide, down),
            (-0.5 * wide, down + lips + gap),
            (0, down + lips * 1.35 + gap),
            (0.5 * wide, down + lips + gap),
            (wide, down),
        ]
        self.soft([*self.curve(top, 0.06), *reversed(self.curve(bottom, 0.06))], red, blur=2.2, strength=0.9)
        self.soft(
            [*self.curve(top, 0.06), *reversed(self.curve(line, 0.06))], darker(red, 0.78), blur=1.6, strength=0.7
        )
        if gap:
            inner = [(x * 0.85, y + gap * (1 - (x / wide) ** 2)) for x, y in line]
            self.soft([*self.curve(line, 0.06), *reversed(self.curve(inner, 0.06))], (46, 16, 16), blur=1.5, strength=1)
        self.stroke(self.curve(line, 0.06), (70, 26, 24), width=3.2, blur=1, strength=0.85)
        shine = mixed(red, LIGHT, 0.6)
        self.soft(
            self.oval(0.03, down + lips * 0.7 + gap, wide * 0.36, lips * 0.25, lift=0.08), shine, blur=3, strength=0.6
        )
        below = self.curve(
            [
                (-wide * 0.6, down + lips * 1.9 + gap),
                (0, down + lips * 2.3 + gap),
                (wide * 0.6, down + lips * 1.9 + gap),
            ]
        )
        self.stroke(below, darker(face.skin, 0.6), width=8, blur=5, strength=0.5)
        for side in (-1, 1):
            self.soft(
                self.oval(side * wide * 1.06, down + 0.005, 0.05, 0.035), darker(face.skin, 0.5), blur=4, strength=0.45
            )

    def beard(self) -> None:
        if not self.face.beard:
            return
        down = self.face.eye_level + self.face.nose_length
        outer = [(-0.97, 0.1), (-0.86, 0.5), (-0.4, 0.92), (0, 1.03), (0.4, 0.92), (0.86, 0.5), (0.97, 0.1)]
        inner = [
            (0.86, 0.1),
            (0.7, 0.42),
            (0.44, down + 0.12),
            (0, down + 0.11),
            (-0.44, down + 0.12),
            (-0.7, 0.42),
            (-0.86, 0.1),
        ]
        self.soft(
            [*self.curve(outer), *self.curve(inner)], self.face.hair, blur=9, strength=self.face.beard, within=True
        )
        self.mouth()

    def glasses(self) -> None:
        if not self.face.glasses:
            return
        down = self.face.eye_level + 0.03
        for side in (-1, 1):
            rim = self.oval(side * (self.face.eye_gap + 0.02), down, 0.3, 0.15, lift=0.1)
            self.stroke([*rim, rim[0]], (50, 46, 48), width=4, blur=0.8, strength=0.9)
            self.stroke(
                [rim[14 if side < 0 else 0], self.at(side * 1.0, down - 0.05)],
                (50, 46, 48),
                width=3,
                blur=0.8,
                strength=0.9,
            )
        self.stroke(
            self.curve([(-0.14, down - 0.02), (0, down - 0.05), (0.14, down - 0.02)], 0.2),
            (50, 46, 48),
            width=4,
            blur=0.8,
            strength=0.9,
        )
