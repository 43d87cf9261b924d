"""The rules of `movements` and `anomalies`, on faces made of numbers."""

import numpy as np
import pytest

from echt.identity.findings import Movement
from echt.identity.vision import anomalies
from echt.identity.vision.landmarks import Look
from echt.identity.vision.movements import MovementThresholds, at_rest, depth, figure, follow, gap_of, is_flat, runs
from tests.identity.vision.motion import rotation

THRESHOLDS = MovementThresholds()
RANDOM = np.random.default_rng(1)
BODY = RANDOM.normal(0, 60, (478, 3)) * [1, 1.3, 0.6]
BODY[[10, 152]] = [[0, -150, 0], [0, 150, 0]]
BODY[[13, 14]] = [[0, 60, -30], [0, 60, -30]]


def look(*, turned=0.0, raised=0.0, shut=0.1, mouth=0.0, distance=40.0, solid=True):
    """A face as the landmarker would see it; not `solid`: a flat picture of it, moved the same way."""
    body = BODY.copy()
    body[14, 1] += mouth * 300
    if not solid:
        body[:, 2] = 0
    placed = body @ rotation(turned, raised).T
    points = placed.copy()
    points[:, :2] = placed[:, :2] * (1000 / (25 * distance + placed[:, 2]))[:, None] + 300
    return Look(
        points=points,
        expressions={"eyeBlinkLeft": shut, "eyeBlinkRight": shut + 0.05, "jawOpen": 0.0},
        turned=turned,
        raised=raised,
        distance=distance,
    )


def rest_and(*looks):
    """The looks with some of rest before and after, and the rest among them."""
    together = [look(), look(), *looks, look(), look(), look()]
    return together, at_rest(together)


@pytest.mark.parametrize(
    ("movement", "made"),
    [
        (Movement.TURN_LEFT, look(turned=20)),
        (Movement.TURN_RIGHT, look(turned=-20)),
        (Movement.LOOK_UP, look(raised=15)),
        (Movement.BLINK, look(shut=0.5)),
        (Movement.OPEN_MOUTH, look(mouth=0.1)),
        (Movement.COME_CLOSER, look(distance=28)),
    ],
)
def test_each_movement_is_seen_where_it_is_made_and_no_other(movement, made):
    looks, rest = rest_and(made)

    seen = {other for other in Movement if runs(other, looks, rest, THRESHOLDS)}

    assert seen == {movement}
    assert runs(movement, looks, rest, THRESHOLDS)[0].places == (2,)


def test_rule_1_a_face_that_always_looks_down_with_narrow_eyes_is_at_rest():
    looks = [look(raised=-18, shut=0.4)] * 6

    rest = at_rest(looks)

    assert all(not runs(movement, looks, rest, THRESHOLDS) for movement in Movement)


def test_rule_2_movements_count_in_the_order_asked_for():
    looks, rest = rest_and(look(turned=25), look(), look(mouth=0.1))
    right, wrong = [Movement.TURN_LEFT, Movement.OPEN_MOUTH], [Movement.OPEN_MOUTH, Movement.TURN_LEFT]

    assert all(run for _, run in follow(right, looks, rest, THRESHOLDS))
    assert [run is not None for _, run in follow(wrong, looks, rest, THRESHOLDS)] == [True, False]


def test_rule_2_one_instant_is_not_two_movements():
    looks, rest = rest_and(look(raised=20, mouth=0.1))

    assert [run is not None for _, run in follow([Movement.LOOK_UP, Movement.OPEN_MOUTH], looks, rest, THRESHOLDS)] == [
        True,
        False,
    ]


def test_rule_3_eyes_that_never_open_again_do_not_blink():
    looks = [look()] * 5 + [look(shut=0.6)] * 2
    rest = at_rest(looks)

    assert runs(Movement.BLINK, looks, rest, THRESHOLDS) == []
    assert runs(Movement.BLINK, [*looks, look()], rest, THRESHOLDS) != []


def test_rule_3_eyes_of_a_face_that_is_turned_away_do_not_count():
    looks, rest = rest_and(look(shut=0.6, turned=30))

    assert figure(Movement.BLINK, looks[2], rest) == 0


def test_rule_4_a_long_jaw_without_a_gap_is_no_open_mouth():
    assert gap_of(look()) == pytest.approx(0, abs=1e-6)
    assert gap_of(look(mouth=0.1)) == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize(
    ("movement", "made"),
    [
        (Movement.TURN_LEFT, {"turned": 25}),
        (Movement.LOOK_UP, {"raised": 20}),
        (Movement.COME_CLOSER, {"distance": 27}),
    ],
)
def test_rule_5_a_picture_that_is_moved_is_flat_and_a_head_is_not(movement, made):
    for solid in (True, False):
        rest = at_rest([look(solid=solid)] * 5)
        assert is_flat(movement, look(solid=solid, **made), rest, THRESHOLDS) is not solid


def test_rule_5_no_view_of_a_plane_has_depth():
    flat = look(solid=False)

    assert depth(flat, look(solid=False, turned=40, raised=10, distance=30)) < 1e-4


@pytest.mark.parametrize(
    "name", ["OBS Virtual Camera", "ManyCam 4", "/dev/clip.y4m", "fake_device_0", "v4l2loopback", "Snap Camera"]
)
def test_a_camera_that_is_a_program_is_known_by_its_name(name):
    assert anomalies.is_virtual(name)


@pytest.mark.parametrize("name", ["", "FaceTime HD Camera", "Integrated Webcam (0c45:671e)", "camera2 1, facing front"])
def test_a_camera_of_a_device_is_none(name):
    assert not anomalies.is_virtual(name)


def noisy(count, seed=0):
    base = np.full((120, 160, 3), 120.0)
    return [
        np.clip(base + np.random.default_rng(seed + number).normal(0, 2, base.shape), 0, 255).astype(np.uint8)
        for number in range(count)
    ]


def test_pictures_of_a_camera_differ_by_noise():
    assert not anomalies.repeats(noisy(12))


def test_one_picture_again_and_again_and_a_loop_are_repeats():
    pictures = noisy(6)

    assert anomalies.repeats(pictures[:1] * 12)
    assert anomalies.repeats(pictures + pictures)


def test_a_slow_camera_that_gives_a_picture_twice_now_and_then_is_no_repeat():
    pictures = noisy(12)

    assert not anomalies.repeats([*pictures[:5], pictures[4], *pictures[5:]])


def test_a_grid_is_a_pattern_and_noise_is_none():
    (picture,) = noisy(1)
    large = np.tile(picture, (3, 3, 1))[:300, :300]
    y, x = np.mgrid[0:300, 0:300]
    grid = (8 * np.sin(x * 1.3 + y * 0.2))[:, :, None]

    assert anomalies.pattern(np.random.default_rng(1).normal(120, 6, (300, 300, 3))) < 3.2
    assert anomalies.pattern(large + grid) > 3.2
