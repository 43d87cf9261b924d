"""Presentation attacks, made from a still face: what somebody holds before a camera who is not the person in the picture.

Each attack knows what is asked for and does what it can to look as if it were done. They are drawn, not filmed: they
show that a check sees what it is made for, not how often it sees it in life.
"""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np

from echt.identity.findings import Movement
from echt.identity.providers import Frame
from tests.identity.vision.motion import HEIGHT, WIDTH, Head, Pose, jpeg, rotation

EVERY = 0.4
"""Seconds from frame to frame."""
SECONDS = 2.0
"""For each movement; the first half of them the way there, then back."""
FINE = 3
"""Parts of a camera's pixel, in each direction, from which its colour is made."""
WALL = (96, 110, 104)


def swing(asked: Sequence[Movement]) -> list[tuple[int, Movement | None, float]]:
    """Time, movement and how far it goes, from 0 to 1 and back; about a second of rest before and after."""
    steps = round(SECONDS / EVERY)
    shares: list[tuple[Movement | None, float]] = [(None, 0.0)] * 3
    for movement in asked:
        shares += [(movement, float(np.sin(np.pi * step / steps))) for step in range(1, steps + 1)]
    shares += [(None, 0.0)] * 3
    return [(round((place + 1) * EVERY * 1000), movement, share) for place, (movement, share) in enumerate(shares)]


def pose(movement: Movement | None, share: float) -> Pose:
    """What a person does when it is asked for."""
    if movement is None:
        return Pose()
    return {
        Movement.TURN_LEFT: Pose(turned=28 * share),
        Movement.TURN_RIGHT: Pose(turned=-28 * share),
        Movement.LOOK_UP: Pose(raised=22 * share),
        Movement.BLINK: Pose(shut=float(share > 0.8)),
        Movement.OPEN_MOUTH: Pose(mouth=share),
        Movement.COME_CLOSER: Pose(nearer=1 + 0.55 * share),
    }[movement]


def person(head: Head, asked: Sequence[Movement]) -> list[Frame]:
    """No attack: the head moves as asked."""
    return [_frame(at, head.in_pose(pose(movement, share), seed=at)) for at, movement, share in swing(asked)]


def printed(head: Head, asked: Sequence[Movement], *, around: bool = False) -> list[Frame]:
    """A photograph, tilted and brought nearer as asked; `around`: so small that its edge is in view."""
    frames = []
    for at, movement, share in swing(asked):
        turned, raised, nearer = _tilt(movement, share)
        size = 0.7 if around else 1.25
        frames.append(_frame(at, camera(tilted(head.picture, turned, raised, nearer * size), at)))
    return frames


def bent(head: Head, asked: Sequence[Movement]) -> list[Frame]:
    """A photograph bent around an upright axis, as on a bottle, and turned about it."""
    frames = []
    for at, movement, share in swing(asked):
        turned, raised, nearer = _tilt(movement, share)
        drawn = tilted(_on_cylinder(head.picture, turned), 0, raised, nearer)
        frames.append(_frame(at, camera(drawn, at)))
    return frames


def still(head: Head, asked: Sequence[Movement]) -> list[Frame]:
    """The same file for every frame, fed into a program that poses as a camera."""
    picture = jpeg(head.picture)
    return [Frame(at=at, picture=picture) for at, _, _ in swing(asked)]


def mask(head: Head, asked: Sequence[Movement]) -> list[Frame]:
    """A paper face with holes: behind it somebody's own eyes and mouth move, the paper is tilted for the rest."""
    frames = []
    for at, movement, share in swing(asked):
        behind = pose(movement, share) if movement in {Movement.BLINK, Movement.OPEN_MOUTH} else Pose()
        turned, raised, nearer = _tilt(movement, share)
        frames.append(_frame(at, camera(tilted(head.in_pose(behind), turned, raised, nearer * 1.1), at)))
    return frames


def replayed(
    head: Head, asked: Sequence[Movement], *, bezel: bool, angle: float = 3.0, pitch: float = 1.37
) -> list[Frame]:
    """A recording of exactly these movements on a screen; `bezel`: its edge is in view. `pitch`: camera pixels per pixel."""
    frames = []
    for at, movement, share in swing(asked):
        shown = head.in_pose(pose(movement, share), seed=at)
        frames.append(_frame(at, camera(on_screen(shown, bezel=bezel, angle=angle, pitch=pitch), at)))
    return frames


def swapped(head: Head, other: Head, asked: Sequence[Movement]) -> list[Frame]:
    """One person begins, another ends."""
    first, second = person(head, asked), person(other, asked)
    half = len(first) // 2
    return [*first[:half], *second[half:]]


def on_screen(picture: np.ndarray, *, bezel: bool, angle: float, pitch: float) -> np.ndarray:
    """A picture as a camera sees it on a screen: stripes of red, green and blue with dark lines between, sampled again."""
    u, v, lit = _screen(bezel, angle, pitch)
    seen = cv2.remap(picture, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) * lit
    if bezel:
        seen[(u < 0) | (u >= WIDTH) | (v < 0) | (v >= HEIGHT)] = (18, 18, 20)
        seen[(u < -22) | (u >= WIDTH + 22) | (v < -22) | (v >= HEIGHT + 22)] = WALL
    soft = cv2.GaussianBlur(seen, (0, 0), FINE * 0.45)
    return np.clip(cv2.resize(soft, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), 0, 255)


@cache
def _screen(bezel: bool, angle: float, pitch: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each part of a camera's pixel the place on the screen, and how much of each colour shines there."""
    y, x = np.mgrid[0 : HEIGHT * FINE, 0 : WIDTH * FINE].astype(np.float32) / FINE
    scale = 0.72 if bezel else 1.12
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), angle, scale)
    back = cv2.invertAffineTransform(turn).astype(np.float32)
    u, v = back[0, 0] * x + back[0, 1] * y + back[0, 2], back[1, 0] * x + back[1, 1] * y + back[1, 2]
    across, down = (u * scale / pitch) % 1, (v * scale / pitch) % 1
    stripes = np.stack([across >= 2 / 3, (across >= 1 / 3) & (across < 2 / 3), across < 1 / 3], axis=2)
    return u, v, (stripes & (down < 0.88)[:, :, None]).astype(np.float32) * 2.4


def tilted(picture: np.ndarray, turned: float, raised: float, nearer: float) -> np.ndarray:
    """A flat picture turned, raised and brought nearer, before a wall."""
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float64) - [WIDTH / 2, HEIGHT / 2]
    placed = np.c_[corners, np.zeros(4)] @ rotation(turned, raised).T
    distance = 900 / nearer
    flat = placed[:, :2] * (900 / (distance + placed[:, 2]))[:, None] + [WIDTH / 2, HEIGHT / 2]
    view = cv2.getPerspectiveTransform(
        (corners + np.array([WIDTH / 2, HEIGHT / 2])).astype(np.float32), flat.astype(np.float32)
    )
    return cv2.warpPerspective(picture, view, (WIDTH, HEIGHT), borderMode=cv2.BORDER_CONSTANT, borderValue=WALL)


def camera(picture: np.ndarray, seed: int) -> np.ndarray:
    """The noise that a camera adds."""
    return np.clip(picture + np.random.default_rng(seed).normal(0, 2, picture.shape), 0, 255).astype(np.uint8)


def _tilt(movement: Movement | None, share: float) -> tuple[float, float, float]:
    """How a flat picture is held to look as if the face in it moved: degrees turned and raised, and times as near."""
    if movement is None:
        return 0, 0, 1
    return {
        Movement.TURN_LEFT: (45 * share, 0, 1),
        Movement.TURN_RIGHT: (-45 * share, 0, 1),
        Movement.LOOK_UP: (0, 45 * share, 1),
        Movement.BLINK: (0, -30 * share, 1),
        Movement.OPEN_MOUTH: (40 * share, 0, 1),
        Movement.COME_CLOSER: (0, 0, 1 + 0.55 * share),
    }[movement]


def _on_cylinder(picture: np.ndarray, turned: float) -> np.ndarray:
    radius, angle = WIDTH * 0.55, np.radians(turned * 0.9)
    x = np.arange(WIDTH) - WIDTH / 2
    around = radius * (np.arcsin(np.clip((x + radius * np.sin(angle)) / radius, -0.999, 0.999)) - angle)
    map_x = np.tile((around + WIDTH / 2).astype(np.float32), (HEIGHT, 1))
    map_y = np.tile(np.arange(HEIGHT, dtype=np.float32)[:, None], (1, WIDTH))
    return cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=WALL)


def _frame(at: int, picture: np.ndarray) -> Frame:
    return Frame(at=at, picture=jpeg(picture))
