"""A still face set in motion: its points are turned in space, its lids and lips moved, and the pixels follow.

It stands in for a person before a camera, where there is none. It is kinder than life (no blur of motion, no change of
light) and harsher (hair and ears do not turn properly), so it shows whether a way works, not how often.
"""

from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np

from echt.identity.providers import Frame
from echt.identity.vision.landmarks import looks

WIDTH, HEIGHT = 640, 480
SKIN = 468
"""Points of the face that are not in the irises."""
LIDS = {  # upper lid point -> lower lid point
    **dict(zip((246, 161, 160, 159, 158, 157, 173), (7, 163, 144, 145, 153, 154, 155), strict=True)),
    **dict(zip((466, 388, 387, 386, 385, 384, 398), (249, 390, 373, 374, 380, 381, 382), strict=True)),
}
LOWER_LIP = (14, 87, 178, 88, 95, 317, 402, 318, 324, 15, 86, 179, 89, 96, 316, 403, 319, 325, 16, 85, 180, 90, 315, 404,
             320, 17, 84, 181, 91, 314, 405, 321, 18, 83, 182, 106, 313, 406, 335, 200, 199, 175, 152, 201, 421, 208, 428,
             171, 396, 148, 377, 176, 400, 149, 378)  # fmt: skip


@dataclass(frozen=True)
class Pose:
    """How the head stands: degrees to its own left and up, shares of shut eyes and open mouth, and how much nearer."""

    turned: float = 0
    raised: float = 0
    shut: float = 0
    mouth: float = 0
    nearer: float = 1


@dataclass(frozen=True)
class Head:
    """A picture of 640 by 480 with a face of known points in it."""

    picture: np.ndarray
    points: np.ndarray
    eyes: float

    def in_pose(self, pose: Pose, seed: int = 0) -> np.ndarray:
        """The picture with the head in that pose, with the noise of a camera."""
        places = self._moved(pose)
        drawn = _follow(self.picture, self._around(self.points), self._around(places), places[:, 2])
        if pose.shut > 0.8:
            for lids in (list(LIDS.items())[:7], list(LIDS.items())[7:]):
                _shut(drawn, places, lids)
        noise = np.random.default_rng(seed).normal(0, 2, drawn.shape)
        return np.clip(drawn + noise, 0, 255).astype(np.uint8)

    def _moved(self, pose: Pose) -> np.ndarray:
        points = self.points.copy()
        for upper, lower in LIDS.items():
            points[upper] += (points[lower] - points[upper]) * pose.shut * 0.93
        down = pose.mouth * self.eyes * 0.45
        for index in LOWER_LIP:
            points[index, 1] += down
        middle = self.points[[234, 454]].mean(0)
        turned = (points - middle) @ rotation(pose.turned, pose.raised).T
        # An average head at half a metre: the distance between the eyes is 63 mm.
        distance = self.eyes * 500 / 63
        nearer = distance / pose.nearer
        scale = nearer / (nearer + turned[:, 2]) * pose.nearer
        still = distance / (distance + (self.points - middle)[:, 2])
        undone = (self.points - middle)[:, :2] / still[:, None]  # as if seen from far away
        flat = turned.copy()
        flat[:, :2] = (np.c_[undone, (points - middle)[:, 2]] + (points - self.points)) @ rotation(
            pose.turned, pose.raised
        ).T[:, :2]
        return np.c_[flat[:, :2] * scale[:, None] + middle[:2], turned[:, 2]]

    def _around(self, points: np.ndarray) -> np.ndarray:
        """The points, a ring of hair and neck that goes along half the way, and the frame that stays."""
        ring_of = self.points[OVAL, :2]
        centre = ring_of.mean(0)
        moved = points[OVAL, :2] - self.points[OVAL, :2]
        ring = centre + (ring_of - centre) * 1.5 + moved * 0.5
        x, y = np.meshgrid(np.linspace(-40, WIDTH + 40, 7), np.linspace(-40, HEIGHT + 40, 6))
        frame = np.c_[x.ravel(), y.ravel()]
        inside = (np.abs(frame - [WIDTH / 2, HEIGHT / 2]) < [WIDTH / 2, HEIGHT / 2]).all(1)
        return np.vstack([points[:, :2], ring, frame[~inside]])


OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
        136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109]  # fmt: skip


def rotation(turned: float, raised: float) -> np.ndarray:
    """About the upright axis to the head's own left, then up; x to the right, y down, z away from the camera."""
    a, b = np.radians(turned), np.radians(raised)
    left = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    up = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
    return up @ left


def head(picture: np.ndarray, eyes: float = 100) -> Head:
    """A head of that many pixels between the eyes, in the middle of a camera's picture."""
    look = looks(picture)[0]
    scale = eyes / look.eyes
    x, y = look.points[:, :2].mean(0)
    move = np.array([[scale, 0, WIDTH / 2 - scale * x], [0, scale, HEIGHT / 2 - scale * y]])
    placed = cv2.warpAffine(picture, move, (WIDTH, HEIGHT), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    look = looks(placed)[0]
    return Head(placed, look.points[:SKIN], look.eyes)


def _follow(picture: np.ndarray, source: np.ndarray, target: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """Each triangle of the target is filled from the same one of the source; the nearest is drawn last."""
    triangles = _triangles(source.round(2).tobytes(), len(source))
    depths = np.concatenate([depth, np.full(len(source) - len(depth), 1e6)])
    triangles = triangles[np.argsort(-depths[triangles].mean(1))]
    owner = np.full((HEIGHT, WIDTH), len(triangles), np.int32)
    for number, triangle in enumerate(triangles):
        cv2.fillConvexPoly(owner, target[triangle].round().astype(np.int32), number)
    back = np.concatenate([_back(source[triangles], target[triangles]), [[[1, 0, 0], [0, 1, 0]]]]).astype(np.float32)
    x, y = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    of_pixel = back[owner]
    map_x = of_pixel[..., 0, 0] * x + of_pixel[..., 0, 1] * y + of_pixel[..., 0, 2]
    map_y = of_pixel[..., 1, 0] * x + of_pixel[..., 1, 1] * y + of_pixel[..., 1, 2]
    return cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _back(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """For each triangle the way from a place in the target to its place in the source, as a matrix of 2 by 3."""
    corners = np.concatenate([target.transpose(0, 2, 1), np.ones((len(target), 1, 3))], axis=1)
    corners[np.abs(np.linalg.det(corners)) < 1e-3] = np.diag([1e6, 1e6, 1])  # seen from the side: it has no pixels
    return source.transpose(0, 2, 1) @ np.linalg.inv(corners)


def _shut(picture: np.ndarray, places: np.ndarray, lids: list[tuple[int, int]]) -> None:
    """Skin over what a shut lid still leaves open, and a line of lashes along it."""
    lower = places[[low for _, low in lids], :2]
    width = np.linalg.norm(lower[0] - lower[-1])
    above = lower - [0, width * 0.32]
    x, y = above[2:5].mean(0).astype(int)
    skin = np.median(picture[max(y - 2, 0) : y + 3, max(x - 4, 0) : x + 5].reshape(-1, 3), axis=0)
    lid = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(lid, [np.vstack([lower, lower[::-1] - [0, width * 0.16]]).astype(np.int32)], 255)
    soft = cv2.GaussianBlur(lid, (0, 0), width * 0.04)[:, :, None] / 255
    picture[:] = (picture * (1 - soft) + skin * soft).astype(np.uint8)
    cv2.polylines(
        picture, [lower.astype(np.int32)], False, (skin * 0.3).tolist(), max(round(width * 0.06), 1), cv2.LINE_AA
    )


@cache
def _triangles(places: bytes, count: int) -> np.ndarray:
    points = np.frombuffer(places).reshape(count, 2)
    low = points.min(0) - 10
    division = cv2.Subdiv2D((0, 0, *np.ceil(points.max(0) - low + 10).astype(int).tolist()))
    index = {}
    for number, point in enumerate(points - low):
        index.setdefault(division.insert((float(point[0]), float(point[1]))), number)
    found = []
    for six in division.getTriangleList():
        corners = six.reshape(3, 2)
        nearest = [int(np.argmin(np.abs(points - low - corner).sum(1))) for corner in corners]
        if len(set(nearest)) == 3 and np.abs((points - low)[nearest] - corners).max() < 0.5:
            found.append(nearest)
    return np.array(found)


def path(*stations: tuple[float, Pose], every: float = 0.25) -> list[tuple[int, Pose]]:
    """Poses from station to station, each `(seconds, pose)`; the times in milliseconds."""
    poses = []
    at, before = 0.0, stations[0][1]
    for seconds, pose in stations:
        steps = max(round(seconds / every), 1)
        for step in range(1, steps + 1):
            share = step / steps
            mixed = {name: getattr(before, name) * (1 - share) + getattr(pose, name) * share for name in vars(pose)}
            poses.append((round((at + seconds * share) * 1000), replace(pose, **mixed)))
        at, before = at + seconds, pose
    return poses


def jpeg(picture: np.ndarray, quality: int = 85) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def frames(of: Head, poses: list[tuple[int, Pose]]) -> list[Frame]:
    return [Frame(at=at, picture=jpeg(of.in_pose(pose, seed=at))) for at, pose in poses]
