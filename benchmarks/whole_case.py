"""What the machines take for one application: `PYTHONPATH=.:src python -m benchmarks.whole_case [ROUNDS]`.

An identity card with both sides as a telephone's camera sends them (12 megapixels), and a face that makes three
movements, one frame in 0.4 seconds. Each step is the one that the worker takes: a picture made anew, its verdict, the
document read, the challenge verified, the face compared. Beside each stands what OpenCV takes to decode the two sides
once, in the same run; at the end, what the process has held at most, and whether the targets are met.
"""

import io
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median
from typing import TypeVar

import numpy as np
from PIL import Image

from echt.identity.documents import DocumentKind, Side
from echt.identity.findings import Movement
from echt.identity.providers import Asked, Expected
from echt.identity.specimens import Document, document, draw, face, people, portrait
from echt.identity.vision.documents import LocalDocumentReader
from echt.identity.vision.faces import FaceThresholds, LocalFaceMatcher
from echt.identity.vision.liveness import LivenessThresholds, LocalLivenessChecker
from tests.identity.photographs import jpeg, photograph
from tests.identity.vision.attacks import person
from tests.identity.vision.motion import head

import cv2  # isort: skip (after the room that tells onnxruntime to keep to itself)

SIZE = (4000, 3000)
ASKED = (Movement.TURN_LEFT, Movement.BLINK, Movement.COME_CLOSER)
VERDICT_SECONDS = 1.0
CASE_SECONDS = 6.0
MOST_MEGABYTES = 1024
T = TypeVar("T")


@dataclass(frozen=True)
class Taken:
    """Seconds that passed, and seconds of processor in all threads."""

    wall: float
    cpu: float


class Stopwatch:
    """Times each step of each round, and gives the medians."""

    def __init__(self) -> None:
        self._rounds: dict[str, list[Taken]] = {}

    def time(self, step: str, work: Callable[[], T]) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        done = work()
        taken = Taken(time.perf_counter() - wall, time.process_time() - cpu)
        self._rounds.setdefault(step, []).append(taken)
        return done

    def medians(self) -> dict[str, Taken]:
        return {
            step: Taken(median(one.wall for one in rounds), median(one.cpu for one in rounds))
            for step, rounds in self._rounds.items()
        }


def main(rounds: str = "5") -> int:
    """Print the figures; 1 where a target is missed."""
    holder = next(one for one in people(5) if one.born_on.year < 1995)
    card = document(DocumentKind.ID_CARD, holder, issued_on=date(2025, 3, 1), country="DEU")
    sides = {side: _photo(card, side, seed) for seed, side in enumerate(Side, start=40)}
    drawn = np.array(portrait(face(holder.face, woman=holder.sex == "F"), seed=1).convert("RGB"))[:, :, ::-1]
    frames = person(head(np.ascontiguousarray(drawn)), ASKED)
    watch = Stopwatch()
    for turn in range(int(rounds) + 1):
        fresh = {side: picture + turn.to_bytes(1) for side, picture in sides.items()}  # nothing is remembered of it
        _one_case(watch if turn else Stopwatch(), card, fresh, frames)  # the first round loads the models
    return _told(watch.medians(), len(frames))


def _photo(card: Document, side: Side, seed: int) -> bytes:
    """As large as a camera's; what the program draws smaller is made larger."""
    picture, _ = photograph(draw(card, side), seed)
    large = Image.open(io.BytesIO(jpeg(picture))).resize(SIZE, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    large.save(out, "JPEG", quality=92)
    return out.getvalue()


def _one_case(watch: Stopwatch, card: Document, sides: dict[Side, bytes], frames: list) -> None:
    reader = LocalDocumentReader()
    matcher, checker = LocalFaceMatcher(FaceThresholds()), LocalLivenessChecker(LivenessThresholds())
    watch.time("decoding both sides", lambda: [cv2.imdecode(np.frombuffer(s, np.uint8), 1) for s in sides.values()])
    for side, picture in sides.items():
        wanted = Expected(kind=card.kind, side=side, country=card.country)
        verdict = watch.time(f"verdict on the {side.value}", partial(reader.judge, picture, expected=wanted))
        assert verdict.accepted, verdict
    front, back = sides.values()
    reading = watch.time("reading both sides", lambda: reader.read(front, back, kind=card.kind, country=card.country))
    assert reading.mrz_lines == card.zone(), reading
    seen = watch.time("verifying the challenge", lambda: checker.verify(Asked(movements=ASKED, camera=""), frames))
    assert seen.frontal is not None, seen
    selfie = frames[seen.frontal].picture
    watch.time("verdict on the face", lambda: matcher.judge(selfie))
    watch.time("comparing the faces", lambda: matcher.compare(front, selfie))


def _told(steps: dict[str, Taken], frames: int) -> int:
    known = steps.pop("decoding both sides")
    print(f"{'step':26} {'seconds':>8} {'of processor':>13} {'of decoding both sides':>23}")
    print(f"{'decoding both sides':26} {known.wall:8.2f} {known.cpu:13.2f} {1.0:23.1f}")
    for step, taken in steps.items():
        print(f"{step:26} {taken.wall:8.2f} {taken.cpu:13.2f} {taken.cpu / known.cpu:23.1f}")
    cpu = sum(taken.cpu for taken in steps.values())
    slowest = max(taken.wall for step, taken in steps.items() if step.startswith("verdict on the"))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'a case':26} {sum(taken.wall for taken in steps.values()):8.2f} {cpu:13.2f} {cpu / known.cpu:23.1f}")
    print(f"\n{frames} frames; the process held {megabytes:.0f} MB at most")
    met = {
        f"slowest verdict {slowest:.2f} s (target {VERDICT_SECONDS:.0f})": slowest <= VERDICT_SECONDS,
        f"a case {cpu:.2f} s of processor (target {CASE_SECONDS:.0f})": cpu <= CASE_SECONDS,
        f"memory {megabytes:.0f} MB (target {MOST_MEGABYTES})": megabytes <= MOST_MEGABYTES,
    }
    for target, is_met in met.items():
        print(f"{target}: {'met' if is_met else 'NOT MET'}")
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
