"""How well faces are told apart, and what it takes: `PYTHONPATH=.:src python -m benchmarks.faces [PAIRS.json]`.

`PAIRS.json` lists pictures beside it, `[{"a": "1.jpg", "b": "2.jpg", "same": true}]`; without it only time is measured.
Each pair is compared as it is, and with the first picture made as small as a document's portrait. Times stand beside
that of multiplying two matrices of 1024 by 1024, measured in the same run.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

from echt.identity.specimens import face, people, portrait
from echt.identity.vision import detection, landmarks, likeness
from echt.identity.vision.faces import decode

import cv2  # isort: skip (after the room that tells onnxruntime to keep to itself)

THRESHOLDS = (0.20, 0.25, 0.30, 0.35, 0.40, 0.45)
PORTRAITS = (None, 40, 28, 20)
"""Pixels between the eyes; `None`: as it is."""
ROUNDS = 15


def main(pairs: str | None = None) -> None:
    if pairs:
        for eyes in PORTRAITS:
            _rates(list(_scores(Path(pairs), eyes)), eyes)
    _times()


def _scores(pairs: Path, eyes: int | None) -> Iterator[tuple[bool, float]]:
    for pair in json.loads(pairs.read_text()):
        one, other = (cv2.imread(str(pairs.parent / pair[name])) for name in ("a", "b"))
        small = one if eyes is None else _portrait(one, eyes)
        yield pair["same"], likeness.likeness(_direction(small), _direction(other))


def _portrait(picture: np.ndarray, eyes: int) -> np.ndarray:
    """The picture so small, saved as a camera does, in the middle of a page."""
    scale = eyes / detection.find(picture)[0].eyes
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[:900, :1500]
    page = np.full((1000, 1600, 3), 200, np.uint8)
    page[50 : 50 + small.shape[0], 50 : 50 + small.shape[1]] = small
    said = decode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes())
    assert said is not None
    return said


def _direction(picture: np.ndarray) -> np.ndarray:
    return likeness.direction(picture, detection.find(picture)[0])


def _rates(scores: list[tuple[bool, float]], eyes: int | None) -> None:
    same = [score for is_same, score in scores if is_same]
    other = [score for is_same, score in scores if not is_same]
    size = "as it is" if eyes is None else f"{eyes} px"
    print(f"\nportrait {size}: {len(same)} pairs of one person, {len(other)} of two")
    print(f"  one person: least {min(same):.3f}, median {median(same):.3f}   two: most {max(other):.3f}")
    for threshold in THRESHOLDS:
        missed, mistaken = sum(score < threshold for score in same), sum(score >= threshold for score in other)
        print(
            f"  from {threshold:.2f}: one person missed {missed}/{len(same)}, two taken for one {mistaken}/{len(other)}"
        )


def _times() -> None:
    person = next(people(1))
    drawn = portrait(face(person.face, woman=person.sex == "F"), seed=1).convert("RGB")
    frame = np.ascontiguousarray(np.array(drawn)[:, :, ::-1])
    (found,) = detection.find(frame)[:1]
    matrix = np.random.default_rng(1).random((1024, 1024), np.float32)
    known = _milliseconds(lambda: matrix @ matrix)
    print(f"\nmultiplying two matrices        {known:8.1f} ms")
    for name, work in {
        "finding a face": lambda: detection.find(frame),
        "its direction": lambda: likeness.direction(frame, found),
        "its landmarks": lambda: landmarks.looks(frame),
    }.items():
        taken = _milliseconds(work)
        print(f"{name:31} {taken:8.1f} ms   {taken / known:6.1f} times as long")


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
