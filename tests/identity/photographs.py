"""Pictures that look photographed, made from drawn documents: what lies where, and what is wrong with them, is known.

    picture, truth = photograph(draw(card), seed=7)                            # nothing wrong
    picture, truth = photograph(draw(card), seed=7, fault=Fault.CORNER_CUT)    # strength from the seed
    picture, truth = scan(draw(card), seed=7)

The same seed gives the same picture.
"""

import io
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from echt.identity.findings import Fault, Point
from tests.identity.lens import Lens
from tests.identity.surfaces import surface, text_page

Pixels = NDArray[np.float32]
Quad = NDArray[np.float64]

CARD_RATIO = 1.586
CORNER = 3.18 / 85.6
MARGIN = 0.025
"""The least share of the frame that lies between a whole document and its edge."""
HELD = 0.15
"""How often a thumb holds a document that has no fault."""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is known of a picture.

    Args:
        quad: the document's corners from its own upper left clockwise, as shares; also outside the frame.
        strength: of the fault, from 0 (hardly) to 1 (plain).
        cut: corners outside the frame, as indexes in the order of the upright picture's corners.
        width: how many pixels wide the document is.
        how: the surface, the kind of blur and the like, for lists of what went wrong.
    """

    quad: tuple[Point, ...] | None
    fault: Fault | None = None
    strength: float = 0.0
    cut: tuple[int, ...] = ()
    turn: int = 0
    width: float = 0.0
    how: tuple[str, ...] = field(default=())


def photograph(
    image: Image.Image,
    seed: int,
    *,
    fault: Fault | None = None,
    strength: float | None = None,
    size: tuple[int, int] = (1600, 1200),
) -> tuple[Image.Image, Truth]:
    """A picture of the document as a phone would take it."""
    return _Photograph(image, seed, fault, strength, size).taken()


def jpeg(picture: Image.Image, quality: int = 92) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def scan(image: Image.Image, seed: int, *, cut: float = 0.0) -> tuple[Image.Image, Truth]:
    """The document on a flatbed scanner, trimmed to it; `cut`: the share of its width that is missing on one side."""
    chance = np.random.default_rng(seed)
    pixels = np.asarray(image.convert("RGB"), np.float32)
    width = pixels.shape[1]
    edge = int(chance.uniform(0, 0.02) * width)
    pixels = cv2.copyMakeBorder(pixels, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(250, 250, 250))
    if cut:
        pixels = pixels[:, int(cut * width) + edge :]
    noisy = pixels + chance.normal(0, 1.5, pixels.shape).astype(np.float32)
    picture = _compressed(_image(cv2.GaussianBlur(noisy, (0, 0), 0.5)), 88)
    return picture, Truth(
        quad=None, fault=Fault.CORNER_CUT if cut else None, strength=cut, width=float(width), how=("scan",)
    )


def booklet(page: Image.Image) -> Image.Image:
    """A passport lying open: the data page, and above it the page for visas."""
    wide, high = page.size
    whole = Image.new("RGB", (wide, 2 * high), page.resize((1, 1)).getpixel((0, 0)))
    grain = Image.effect_noise((wide, high), 14).convert("RGB")
    whole.paste(Image.blend(page.resize((4, 3)).resize((wide, high), Image.Resampling.BICUBIC), grain, 0.06), (0, 0))
    whole.paste(page, (0, high))
    pixels = np.asarray(whole, np.float32)
    fold = 1 - 0.35 * np.exp(-((np.arange(2 * high) - high) ** 2) / (2 * (0.012 * high) ** 2))
    return _image(pixels * fold[:, None, None])


class _Photograph(Lens):
    def __init__(
        self, image: Image.Image, seed: int, fault: Fault | None, strength: float | None, size: tuple[int, int]
    ) -> None:
        self.chance = np.random.default_rng(seed)
        self.fault = fault
        self.strength = float(self.chance.uniform(0.5, 1)) if strength is None else strength
        upright = self.chance.random() < 0.3 or image.height > image.width
        self.width, self.height = size[::-1] if upright else size
        self.how: list[str] = []
        self.captured = fault is Fault.SCREENSHOT and self.chance.random() < 0.5
        self.document = self._prepared(image)

    def taken(self) -> tuple[Image.Image, Truth]:
        if self.captured:
            return self._captured()
        frame = self._scene()
        frame = self._lit(self._blurred(frame))
        frame = self._sensor(self._exposed(self._glared(frame)))
        picture = _compressed(_image(frame), int(self.chance.integers(74, 94)))
        return picture, self._truth()

    # The document and where it lies

    def _prepared(self, image: Image.Image) -> Pixels:
        pixels = np.asarray(image.convert("RGB"), np.float32)
        if self.fault is Fault.PHOTOCOPY:
            return self._copied(pixels)
        if self.fault is Fault.SCREENSHOT and not self.captured:
            return self._on_screen(pixels)
        return pixels

    def _copied(self, pixels: Pixels) -> Pixels:
        """In grey on a sheet of paper that is larger than the document."""
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        grey = np.clip((grey - 128) * self.chance.uniform(1.15, 1.5) + 136, 18, 244)
        grey += self.chance.normal(0, 5, grey.shape).astype(np.float32)
        edge = int(self.chance.choice([0.0, 0.06, 0.2]) * grey.shape[1])
        sheet = cv2.copyMakeBorder(grey, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=240)
        toned = sheet[..., None] + self.chance.uniform(-3, 3, 3)
        self.how.append(f"margin {edge}")
        return np.clip(toned, 0, 255).astype(np.float32)

    def _on_screen(self, pixels: Pixels) -> Pixels:
        """Shown on a monitor, in a window, with the monitor's dark frame around it."""
        shown = np.clip(pixels * np.float32(1.06), 0, 255)
        edge = int(0.08 * pixels.shape[1])
        page = cv2.copyMakeBorder(shown, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(235, 238, 242))
        self.how.append("monitor")
        return cv2.copyMakeBorder(
            page, edge // 2, edge // 2, edge // 2, edge // 2, cv2.BORDER_CONSTANT, value=(18, 18, 20)
        )

    def _quad(self) -> Quad:
        """Corners of the document in the frame, in pixels."""
        ratio = self.document.shape[1] / self.document.shape[0]
        for _ in range(200):
            quad = self._try(ratio, self._share())
            if self._fits(quad):
                return self._moved_out(quad) if self.fault is Fault.CORNER_CUT else quad
        return self._try(ratio, self._share(), calm=True)

    def _share(self) -> float:
        """Of the frame's width that the document takes up."""
        if self.fault is Fault.TOO_SMALL:
            return (0.5 - 0.3 * self.strength) * 1500 / self.width
        most = min(0.94, 0.92 * self.height / self.width * self.document.shape[1] / self.document.shape[0])
        return float(self.chance.uniform(max(0.64, 960 / self.width), most))

    def _try(self, ratio: float, share: float, *, calm: bool = False) -> Quad:
        wide = share * self.width
        half = np.array([wide / 2, wide / ratio / 2])
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
        spread = 0.0 if calm else 0.035
        corners = corners * (1 + self.chance.uniform(-spread, spread, (4, 2)))
        angle = np.deg2rad(0 if calm else self.chance.normal(0, 12 if self.fault is Fault.CORNER_CUT else 6))
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        room = 0.0 if calm else 0.5
        centre = np.array([self.width, self.height]) / 2 + self.chance.uniform(-room, room, 2) * (
            np.array([self.width, self.height]) * 0.96 - 2 * half
        )
        return corners @ turn.T + centre

    def _fits(self, quad: Quad) -> bool:
        edge = MARGIN * self.width
        return bool(
            (quad >= edge).all()
            and (quad[:, 0] <= self.width - edge).all()
            and (quad[:, 1] <= self.height - edge).all()
        )

    def _moved_out(self, quad: Quad) -> Quad:
        """Pushed over the frame's edge: one corner, or a side, by the strength."""
        size = np.array([self.width, self.height])
        by = (0.015 + 0.2 * self.strength**2) * np.linalg.norm(quad[1] - quad[0])
        if self.chance.random() < 0.4:
            corner = int(self.chance.integers(4))
            outward = np.where(quad[corner] > quad.mean(0), 1, -1)
            edge = np.where(outward > 0, size, 0)
            self.how.append("corner")
            return quad + (edge - quad[corner]) + outward * by * self.chance.uniform(0.5, 1, 2)
        side = int(self.chance.integers(4))
        ends = quad[[side, (side + 1) % 4]]
        axis = 1 if side in (0, 2) else 0
        outward = 1 if side in (1, 2) else -1
        reach = size[axis] if outward > 0 else 0
        farther = ends[:, axis].min() if outward > 0 else ends[:, axis].max()
        quad = quad.copy()
        quad[:, axis] += reach - farther + outward * by
        self.how.append("side")
        return quad

    # The scene

    def _scene(self) -> Pixels:
        ground, kind = surface(self.chance, self.width, self.height)
        self.how.insert(0, kind)
        frame = ground.astype(np.float32)
        self.quad = self._quad()
        if self.fault is Fault.NOT_A_DOCUMENT:
            return self._something_else(frame)
        frame = self._laid(frame, self.document, self.quad, rounded=self._is_card())
        frame = self._dotted(frame) if self.fault is Fault.SCREENSHOT else frame
        return self._held(frame) if self.fault is None and self.chance.random() < HELD else frame

    def _dotted(self, frame: Pixels) -> Pixels:
        """The monitor's red, green and blue dots, as the sensor meets them: finer than its pixels, so they beat (moiré)."""
        wide = float(np.linalg.norm(self.quad[1] - self.quad[0]))
        dots = wide / self.chance.uniform(1.6, 2.8)
        plane = np.array([[0, 0], [dots, 0], [dots, dots / 1.5], [0, dots / 1.5]], np.float32)
        move = cv2.getPerspectiveTransform(self.quad.astype(np.float32), plane)
        down, across = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        depth = move[2, 0] * across + move[2, 1] * down + move[2, 2]
        column = (move[0, 0] * across + move[0, 1] * down + move[0, 2]) / depth
        inside = ((column > 0) & (column < dots)).astype(np.float32)
        strength = np.float32(0.06 + 0.14 * self.strength)
        waves = [1 + strength * inside * np.cos(2 * np.pi * (column + third)) for third in (0, 1 / 3, 2 / 3)]
        return frame * np.stack(waves, -1).astype(np.float32)

    def _held(self, frame: Pixels) -> Pixels:
        """A thumb over one of the short edges."""
        ends = self.quad[[1, 2]] if self.chance.random() < 0.5 else self.quad[[0, 3]]
        middle = ends[0] + (ends[1] - ends[0]) * self.chance.uniform(0.35, 0.65)
        outward = (middle - self.quad.mean(0)) / np.linalg.norm(middle - self.quad.mean(0))
        wide = np.linalg.norm(self.quad[1] - self.quad[0])
        tip, far = middle - outward * 0.05 * wide, middle + outward * wide
        skin = np.array([224, 180, 152]) * self.chance.uniform(0.4, 1.02)
        mask = np.zeros(frame.shape[:2], np.uint8)
        ends_px = [tuple(int(v) for v in place) for place in (tip, far)]
        cv2.line(mask, ends_px[0], ends_px[1], 255, int(0.13 * wide), cv2.LINE_AA)
        cv2.ellipse(mask, ends_px[1], (int(0.5 * wide), int(0.35 * wide)), 0, 0, 360, 255, -1)
        alpha = cv2.GaussianBlur(mask, (0, 0), 2).astype(np.float32)[..., None] / 255
        self.how.append("held")
        return frame * (1 - alpha) + skin.astype(np.float32) * alpha

    def _is_card(self) -> bool:
        ratio = self.document.shape[1] / self.document.shape[0]
        return abs(ratio - CARD_RATIO) < 0.02 and self.fault not in (Fault.SCREENSHOT, Fault.PHOTOCOPY)

    def _laid(self, frame: Pixels, document: Pixels, quad: Quad, *, rounded: bool) -> Pixels:
        """The document on the surface, with its shadow."""
        high, wide = document.shape[:2]
        target = float(np.linalg.norm(quad[1] - quad[0]))
        if target < wide * 0.8:
            document = cv2.resize(document, None, fx=target / wide, fy=target / wide, interpolation=cv2.INTER_AREA)
            high, wide = document.shape[:2]
        mask = _rounded(wide, high, CORNER * wide if rounded else 2)
        move = cv2.getPerspectiveTransform(
            np.float32([[0, 0], [wide, 0], [wide, high], [0, high]]), quad.astype(np.float32)
        )
        warped = cv2.warpPerspective(
            document, move, (self.width, self.height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        alpha = cv2.warpPerspective(mask, move, (self.width, self.height), flags=cv2.INTER_LINEAR)[..., None]
        depth = self.chance.uniform(2, 9)
        shift = np.float32([[1, 0, self.chance.uniform(-depth, depth)], [0, 1, self.chance.uniform(0, depth)]])
        shadow = cv2.GaussianBlur(cv2.warpAffine(alpha, shift, (self.width, self.height)), (0, 0), depth)[..., None]
        frame = frame * (1 - np.float32(self.chance.uniform(0.15, 0.5)) * shadow)
        return np.clip(warped, 0, 255) * alpha + frame * (1 - alpha)

    def _something_else(self, frame: Pixels) -> Pixels:
        """No document: the table alone, a letter, a cup, or a face."""
        kind = int(self.chance.integers(4))
        self.how.append(("nothing", "letter", "cup", "face")[kind])
        if kind == 1:
            page = text_page(self.chance)
            return self._laid(frame, page, self._page_quad(page), rounded=False)
        if kind == 2:
            centre = (
                int(self.width * self.chance.uniform(0.35, 0.65)),
                int(self.height * self.chance.uniform(0.4, 0.6)),
            )
            reach = int(self.height * self.chance.uniform(0.2, 0.36))
            cv2.circle(frame, centre, reach, tuple(float(c) for c in self.chance.uniform(60, 240, 3)), -1, cv2.LINE_AA)
            cv2.circle(frame, centre, int(reach * 0.86), (52.0, 34.0, 24.0), -1, cv2.LINE_AA)
        if kind == 3:
            from echt.identity.specimens import face, portrait

            drawn = np.asarray(portrait(face(int(self.chance.integers(1, 9999)), woman=True)), np.float32)
            return cv2.resize(drawn, (self.width, self.height), interpolation=cv2.INTER_CUBIC)
        return frame

    def _page_quad(self, page: Pixels) -> Quad:
        high = 0.9 * self.height
        wide = high * page.shape[1] / page.shape[0]
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([wide, high]) / 2
        return corners + np.array([self.width, self.height]) / 2

    # A screenshot

    def _captured(self) -> tuple[Image.Image, Truth]:
        """What a phone keeps when its screen is captured: status bar, buttons, flat colours, the document in between."""
        wide, high = 1080, 2200
        dark = self.chance.random() < 0.4
        page = np.full((high, wide, 3), 24 if dark else 246, np.uint8)
        ink = (235,) * 3 if dark else (30,) * 3
        cv2.putText(page, "9:41", (60, 62), cv2.FONT_HERSHEY_DUPLEX, 1.3, ink, 3, cv2.LINE_AA)
        cv2.rectangle(page, (930, 34), (1000, 64), ink, 3)
        cv2.rectangle(page, (936, 40), (980, 58), ink, -1)
        cv2.putText(page, "Gallery", (440, 170), cv2.FONT_HERSHEY_DUPLEX, 1.4, ink, 2, cv2.LINE_AA)
        for place in (220, 540, 860):
            cv2.circle(page, (place, 2080), 34, ink, 4, cv2.LINE_AA)
        side = int(self.chance.choice([0, 40]))
        shown = cv2.resize(
            np.asarray(_image(self.document)),
            (wide - 2 * side, round((wide - 2 * side) * self.document.shape[0] / self.document.shape[1])),
        )
        top = int(self.chance.uniform(260, 600))
        page[top : top + shown.shape[0], side : side + shown.shape[1]] = shown
        self.how = ["capture"]
        ends = [(side, top), (wide - side, top), (wide - side, top + shown.shape[0]), (side, top + shown.shape[0])]
        self.quad, self.width, self.height = np.array(ends, float), wide, high
        return _image(page), self._truth()

    def _truth(self) -> Truth:
        shares = self.quad / np.array([self.width, self.height])
        outside = [index for index in range(4) if not ((shares[index] >= 0) & (shares[index] <= 1)).all()]
        return Truth(
            quad=None if self.fault is Fault.NOT_A_DOCUMENT else tuple((float(x), float(y)) for x, y in shares),
            fault=self.fault,
            strength=self.strength if self.fault else 0.0,
            cut=tuple(outside) if self.fault is Fault.CORNER_CUT else (),
            width=float(np.linalg.norm(self.quad[1] - self.quad[0])),
            how=tuple(self.how),
        )


def _rounded(wide: int, high: int, radius: float) -> Pixels:
    mask = np.zeros((high, wide), np.uint8)
    reach = max(1, round(radius))
    cv2.rectangle(mask, (reach, 0), (wide - reach, high), 255, -1)
    cv2.rectangle(mask, (0, reach), (wide, high - reach), 255, -1)
    for across in (reach, wide - reach - 1):
        for down in (reach, high - reach - 1):
            cv2.circle(mask, (across, down), reach, 255, -1, cv2.LINE_AA)
    return mask.astype(np.float32) / 255


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _compressed(picture: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(jpeg(picture, quality))).convert("RGB")
