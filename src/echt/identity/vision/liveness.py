"""Whether the frames of a challenge show its movements, by one face, before a camera.

1. Passed means that all movements were seen in their order and nothing was flagged; it never means that somebody was
   there. A replay of the right person making the right movements is stopped by nothing but a flag.
2. A movement that was not seen fails. Everything that is merely odd is a flag, and leaves it to a person.
3. Too few pictures of a face say nothing, neither yes nor no.
4. The frontal frame serves as the applicant's picture; every other one must show the same face.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from echt.identity.findings import Liveness, LivenessOutcome, Movement, MovementSeen
from echt.identity.providers import Asked, Frame
from echt.identity.vision import anomalies
from echt.identity.vision.detection import Face, find
from echt.identity.vision.faces import decode, sharpness
from echt.identity.vision.landmarks import Look, looks
from echt.identity.vision.likeness import direction, likeness
from echt.identity.vision.models import Array
from echt.identity.vision.movements import (
    MovementThresholds,
    Rest,
    Run,
    at_rest,
    follow,
    gap_of,
    is_flat,
    looks_ahead,
    runs,
    seen,
)


@dataclass(frozen=True, kw_only=True)
class LivenessThresholds:
    """What figures are held against; times are in milliseconds, distances in pixels or shares."""

    movements: MovementThresholds = field(default_factory=MovementThresholds)
    usable: int = 8
    usable_share: float = 0.6
    same_face: float = 0.6
    same_turned_face: float = 0.4
    second_face: float = 0.4
    apart: int = 250
    begun: int = 300
    pattern: float = 3.2
    eyes: float = 90
    compared: int = 16


@dataclass(frozen=True)
class Shot:
    """A frame in which there is a face: its index, its time, its pixels, and the largest face."""

    index: int
    at: int
    picture: Array
    look: Look
    others: tuple[Look, ...]


class LocalLivenessChecker:
    """MediaPipe sees the movements; YuNet and SFace see that it stays the same face."""

    def __init__(self, thresholds: LivenessThresholds | None = None, folder: Path | None = None) -> None:
        self.thresholds = thresholds or LivenessThresholds()
        self.version = "face-landmarker yunet-2023mar sface-2021dec movements-1"
        self._folder = folder

    def verify(self, asked: Asked, frames: Sequence[Frame]) -> Liveness:
        """Whether the frames show the movements in the order asked for, by one face."""
        shots = self._shots(frames)
        if len(shots) < max(self.thresholds.usable, self.thresholds.usable_share * len(frames)):
            return self._too_little(asked, shots)
        rest = at_rest([shot.look for shot in shots])
        followed = follow(asked.movements, [shot.look for shot in shots], rest, self.thresholds.movements)
        frontal = self._frontal(shots, rest)
        least, changed = self._compare(shots, rest, frontal, [run for _, run in followed if run])
        flags = [
            *self._flags_of_movements(asked, shots, rest, followed),
            *self._flags_of_pictures(asked, shots, rest),
            *(["face_changed"] if changed else []),
        ]
        movements = self._movements(shots, rest, followed)
        return Liveness(
            outcome=_outcome(movements, flags, frontal),
            movements=movements,
            flags=tuple(flags),
            frontal=None if frontal is None else shots[frontal].index,
            similarity=least,
        )

    def _shots(self, frames: Sequence[Frame]) -> list[Shot]:
        shots = []
        for index, frame in enumerate(frames):
            picture = decode(frame.picture)
            if picture is not None and (found := looks(picture, self._folder)):
                shots.append(Shot(index, frame.at, picture, found[0], tuple(found[1:])))
        return shots

    def _too_little(self, asked: Asked, shots: Sequence[Shot]) -> Liveness:
        """Rule 3. What was asked for is listed all the same, as not seen."""
        thresholds = self.thresholds.movements
        return Liveness(
            outcome=LivenessOutcome.INCONCLUSIVE,
            movements=tuple(
                MovementSeen(movement=movement, seen=False, figure=0.0, threshold=thresholds.of(movement))
                for movement in asked.movements
            ),
            flags=("few_faces",) if shots else ("no_face",),
        )

    def _movements(
        self, shots: Sequence[Shot], rest: Rest, followed: Sequence[tuple[Movement, Run | None]]
    ) -> tuple[MovementSeen, ...]:
        """What was seen, with the indexes of frames instead of places among the shots."""
        all_looks = [shot.look for shot in shots]
        found = [seen(movement, run, all_looks, rest, self.thresholds.movements) for movement, run in followed]
        return tuple(replace(one, frames=tuple(shots[place].index for place in one.frames)) for one in found)

    def _frontal(self, shots: Sequence[Shot], rest: Rest) -> int | None:
        """The place of the sharpest calm frame, among those that are large enough, if any is."""
        calm = [place for place, shot in enumerate(shots) if _is_calm(shot.look, rest, self.thresholds.movements)]
        large = [place for place in calm if shots[place].look.eyes >= self.thresholds.eyes]
        return max(large or calm, key=lambda place: _quality(shots[place]), default=None)

    def _compare(
        self, shots: Sequence[Shot], rest: Rest, frontal: int | None, made: Sequence[Run]
    ) -> tuple[float | None, bool]:
        """The least likeness of another frame's face to the frontal one's, and whether it is too little (rule 4).

        A face that is turned is less like itself, so it is held against less.
        """
        if frontal is None or (its := self._direction(shots[frontal])) is None:
            return None, False
        likenesses = []
        for place in self._compared(shots, frontal, made):
            other = self._direction(shots[place])
            if other is not None:
                ahead = looks_ahead(shots[place].look, rest)
                least = self.thresholds.same_face if ahead else self.thresholds.same_turned_face
                likenesses.append((likeness(its, other), least))
        if not likenesses:
            return None, False
        return round(min(value for value, _ in likenesses), 4), any(value < least for value, least in likenesses)

    def _compared(self, shots: Sequence[Shot], frontal: int, made: Sequence[Run]) -> list[int]:
        """The best frame of each movement, and others evenly from the first to the last."""
        spread = np.linspace(0, len(shots) - 1, min(self.thresholds.compared, len(shots))).round().astype(int).tolist()
        return sorted({*spread, *(run.peak for run in made)} - {frontal})

    def _direction(self, shot: Shot) -> Array | None:
        face = _face_of(shot, self._folder)
        return None if face is None else direction(shot.picture, face, self._folder)

    def _flags_of_movements(
        self, asked: Asked, shots: Sequence[Shot], rest: Rest, followed: Sequence[tuple[Movement, Run | None]]
    ) -> Iterator[str]:
        thresholds, all_looks = self.thresholds.movements, [shot.look for shot in shots]
        made = [runs(movement, all_looks, rest, thresholds) for movement in asked.movements]
        if all(made) and not all(run for _, run in followed):
            yield "out_of_order"
        if any(run and is_flat(movement, all_looks[run.peak], rest, thresholds) for movement, run in followed):
            yield "flat_face"
        if self._too_fast([shots[run.peak].at for _, run in followed if run]):
            yield "too_fast"

    def _too_fast(self, peaks: Sequence[int]) -> bool:
        """Whether nobody reads, understands and moves in that time."""
        hurried = any(later - earlier < self.thresholds.apart for earlier, later in itertools.pairwise(peaks))
        return hurried or bool(peaks and peaks[0] < self.thresholds.begun)

    def _flags_of_pictures(self, asked: Asked, shots: Sequence[Shot], rest: Rest) -> Iterator[str]:
        second = [shot for shot in shots if any(_is_second(look, shot, self.thresholds) for look in shot.others)]
        if len(second) > 1:
            yield "several_faces"
        if anomalies.repeats([shot.picture for shot in shots]):
            yield "duplicate_frames"
        still = [shot for shot in shots if looks_ahead(shot.look, rest)] or list(shots)
        some = [still[place] for place in np.linspace(0, len(still) - 1, min(5, len(still))).round().astype(int)]
        if np.median([anomalies.pattern(shot.picture) for shot in some]) >= self.thresholds.pattern:
            yield "screen_pattern"
        if sum(anomalies.framed(shot.picture, shot.look) for shot in some) * 2 > len(some):
            yield "frame_around_face"
        if anomalies.is_virtual(asked.camera):
            yield "virtual_camera"


def _outcome(movements: Sequence[MovementSeen], flags: Sequence[str], frontal: int | None) -> LivenessOutcome:
    if not all(movement.seen for movement in movements):
        return LivenessOutcome.FAILED
    if flags or frontal is None or not movements:
        return LivenessOutcome.INCONCLUSIVE
    return LivenessOutcome.PASSED


def _is_calm(look: Look, rest: Rest, thresholds: MovementThresholds) -> bool:
    ahead = max(abs(look.turned - rest.turned), abs(look.raised - rest.raised)) < thresholds.raised
    return ahead and look.shut - rest.shut < thresholds.shut / 2 and gap_of(look) - rest.gap < thresholds.mouth / 2


def _quality(shot: Shot) -> float:
    face = _cut(shot)
    return sharpness(face) * min(shot.look.eyes, 120)


def _cut(shot: Shot) -> Array:
    points = shot.look.points[:, :2]
    left, top = np.maximum(points.min(0), 0).astype(int)
    right, bottom = np.maximum(points.max(0), 1).astype(int)
    part = shot.picture[top : bottom + 1, left : right + 1]
    return part if part.size else shot.picture


def _is_second(look: Look, shot: Shot, thresholds: LivenessThresholds) -> bool:
    return look.eyes >= thresholds.second_face * shot.look.eyes


def _face_of(shot: Shot, folder: Path | None) -> Face | None:
    """The face that the landmarks lie in."""
    middle = shot.look.points[:, :2].mean(0)
    within = [
        face
        for face in find(shot.picture, folder)
        if face.left <= middle[0] <= face.left + face.width and face.top <= middle[1] <= face.top + face.height
    ]
    return within[0] if within else None
