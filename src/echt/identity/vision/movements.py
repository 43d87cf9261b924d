"""The movements of a challenge, in the frames that answer it.

1. Each figure is relative to how the face looks at rest in the same frames, not to an average face.
2. A movement counts where its figure reaches the threshold after the movement before it did, and not at the same time.
3. Eyes count as shut only in a face that looks to the camera, and only where they are open before and after.
4. A mouth is open by the gap between its lips: a tilted photograph lengthens the jaw, but has no gap.
5. A face that is turned or comes nearer changes as a body does. What only changes as a picture does is flat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from echt.identity.findings import Movement, MovementSeen
from echt.identity.vision.landmarks import Look

SKIN = 468
"""Points that are not in the irises, which follow the gaze."""
TO_THE_CAMERA = 20.0
"""Degrees from rest within which a face looks to the camera."""
IN_SPACE = frozenset({Movement.TURN_LEFT, Movement.TURN_RIGHT, Movement.LOOK_UP})


@dataclass(frozen=True, kw_only=True)
class MovementThresholds:
    """Degrees, differences of coefficients, shares of the face's height, times as near; `flat`: rule 5."""

    turned: float = 15
    raised: float = 10
    shut: float = 0.25
    mouth: float = 0.06
    nearer: float = 1.3
    flat: float = 0.06
    flat_nearer: float = 0.042

    def of(self, movement: Movement) -> float:
        return {
            Movement.TURN_LEFT: self.turned,
            Movement.TURN_RIGHT: self.turned,
            Movement.LOOK_UP: self.raised,
            Movement.BLINK: self.shut,
            Movement.OPEN_MOUTH: self.mouth,
            Movement.COME_CLOSER: self.nearer,
        }[movement]


@dataclass(frozen=True, kw_only=True)
class Rest:
    """How the face looks when it does nothing; `look`: the frame that comes nearest to it."""

    turned: float
    raised: float
    shut: float
    gap: float
    distance: float
    look: Look


def at_rest(looks: Sequence[Look]) -> Rest:
    """Rest, from the middle of the frames in which the face looks to the camera."""
    forward = [look for look in looks if abs(look.turned) < TO_THE_CAMERA] or list(looks)
    turned = float(np.median([look.turned for look in forward]))
    raised = float(np.median([look.raised for look in forward]))
    shut = float(np.median([look.shut for look in forward]))
    gap = float(np.percentile([gap_of(look) for look in forward], 25))
    distance = float(np.percentile([look.distance for look in forward], 70))

    def off(look: Look) -> float:
        pose = abs(look.turned - turned) + abs(look.raised - raised)
        return (
            pose / 5
            + (gap_of(look) - gap) / 0.03
            + abs(look.shut - shut) / 0.1
            + abs(distance / look.distance - 1) / 0.1
        )

    look = min(forward, key=off)
    return Rest(turned=turned, raised=raised, shut=shut, gap=gap, distance=distance, look=look)


def gap_of(look: Look) -> float:
    """The gap between the lips, as a share of the face's height."""
    inner, height = look.points[[13, 14], :2], look.points[[10, 152], :2]
    return float(np.linalg.norm(inner[0] - inner[1]) / np.linalg.norm(height[0] - height[1]))


def figure(movement: Movement, look: Look, rest: Rest) -> float:
    """How far a look goes in the direction of a movement."""
    if movement is Movement.BLINK:
        return look.shut - rest.shut if looks_ahead(look, rest) else 0.0
    return {
        Movement.TURN_LEFT: look.turned - rest.turned,
        Movement.TURN_RIGHT: rest.turned - look.turned,
        Movement.LOOK_UP: look.raised - rest.raised,
        Movement.OPEN_MOUTH: gap_of(look) - rest.gap,
        Movement.COME_CLOSER: rest.distance / look.distance,
    }[movement]


def looks_ahead(look: Look, rest: Rest) -> bool:
    return max(abs(look.turned - rest.turned), abs(look.raised - rest.raised)) < TO_THE_CAMERA


@dataclass(frozen=True)
class Run:
    """Neighbouring frames that show a movement, by their places; `peak`: the one that shows it most."""

    places: tuple[int, ...]
    peak: int


def runs(movement: Movement, looks: Sequence[Look], rest: Rest, thresholds: MovementThresholds) -> list[Run]:
    """Every time that a movement was made."""
    figures = [figure(movement, look, rest) for look in looks]
    found: list[list[int]] = []
    for place, value in enumerate(figures):
        if value < thresholds.of(movement):
            continue
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    if movement is Movement.BLINK:
        found = [places for places in found if places[0] > 0 and places[-1] < len(looks) - 1]
    return [Run(tuple(places), max(places, key=figures.__getitem__)) for places in found]


def follow(
    asked: Sequence[Movement], looks: Sequence[Look], rest: Rest, thresholds: MovementThresholds
) -> list[tuple[Movement, Run | None]]:
    """The movements in the order asked for, each with the first run after the one before it (rule 2)."""
    after, followed = -1, list[tuple[Movement, Run | None]]()
    for movement in asked:
        made = runs(movement, looks, rest, thresholds)
        run = next((run for run in made if run.peak > after), None)
        followed.append((movement, run))
        after = run.peak if run else after
    return followed


def seen(
    movement: Movement, run: Run | None, looks: Sequence[Look], rest: Rest, thresholds: MovementThresholds
) -> MovementSeen:
    """A movement with the figure of its best frame; where it was not made, the best there is."""
    figures = [figure(movement, look, rest) for look in looks]
    return MovementSeen(
        movement=movement,
        seen=run is not None,
        figure=round(figures[run.peak] if run else max(figures), 3),
        threshold=thresholds.of(movement),
        frames=run.places if run else (),
    )


def is_flat(movement: Movement, look: Look, rest: Rest, thresholds: MovementThresholds) -> bool:
    """Whether a movement in space changed the face only as it would change a picture (rule 5)."""
    if movement in IN_SPACE:
        return depth(rest.look, look) < thresholds.flat
    if movement is Movement.COME_CLOSER:
        return depth(rest.look, look) < thresholds.flat_nearer * (rest.distance / look.distance - 1)
    return False


def depth(one: Look, other: Look) -> float:
    """What no view of a flat picture explains between two looks, as a share of the distance of the eyes.

    Seen from elsewhere, the points of a plane move by a homography; a nose before a face does not.
    """
    before, after = one.points[:SKIN, :2], other.points[:SKIN, :2]
    plane, _ = cv2.findHomography(before, after, 0)
    if plane is None:
        return 0.0
    left = cv2.perspectiveTransform(before[None], plane)[0] - after
    return float(np.sqrt((left**2).sum(1).mean()) / other.eyes)
