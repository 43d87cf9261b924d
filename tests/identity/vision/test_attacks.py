"""The rules of `liveness`, with a face that is set in motion and attacks that are made from it; real models.

The face is a press photograph that lies beside the repository; where it is absent these tests are skipped.
"""

from functools import cache
from pathlib import Path

import cv2
import pytest

from echt.identity.findings import LivenessOutcome, Movement
from echt.identity.providers import Asked, Frame
from echt.identity.vision.liveness import LocalLivenessChecker
from tests.identity.vision import attacks
from tests.identity.vision.motion import head, jpeg

FACES = Path(__file__).parents[4] / "shared" / "kyc-samples" / "faces"
TURN = (Movement.TURN_LEFT, Movement.BLINK, Movement.COME_CLOSER)
LOOK = (Movement.OPEN_MOUTH, Movement.LOOK_UP, Movement.TURN_RIGHT)
ALMOST_FLAT = (Movement.BLINK, Movement.OPEN_MOUTH, Movement.COME_CLOSER)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FACES.is_dir(), reason="the pictures of faces are not beside the repository"),
]


@cache
def a_head(name="img18.jpg"):
    return head(cv2.imread(str(FACES / name)))


def verify(asked, frames, camera="FaceTime HD Camera"):
    return LocalLivenessChecker().verify(Asked(movements=asked, camera=camera), frames)


@pytest.mark.parametrize("asked", [TURN, LOOK])
def test_a_head_that_moves_as_asked_passes_and_its_frontal_frame_is_calm(asked):
    liveness = verify(asked, attacks.person(a_head(), asked))

    assert (liveness.outcome, liveness.flags) == (LivenessOutcome.PASSED, ())
    assert [movement.movement for movement in liveness.movements] == list(asked)
    assert liveness.frontal is not None
    assert all(liveness.frontal not in movement.frames for movement in liveness.movements[:2])
    assert liveness.similarity > 0.5


def test_the_same_movements_in_another_order_do_not_pass():
    liveness = verify(LOOK[::-1], attacks.person(a_head(), LOOK))

    assert liveness.outcome is LivenessOutcome.FAILED
    assert "out_of_order" in liveness.flags


def test_a_camera_that_is_a_program_is_flagged_though_everything_else_is_right():
    liveness = verify(LOOK, attacks.person(a_head(), LOOK), camera="OBS Virtual Camera")

    assert (liveness.outcome, liveness.flags) == (LivenessOutcome.INCONCLUSIVE, ("virtual_camera",))


@pytest.mark.parametrize(
    ("attack", "asked"),
    [
        (attacks.printed, TURN),
        (attacks.printed, LOOK),
        (attacks.bent, TURN),
        (attacks.mask, LOOK),
        (attacks.still, TURN),
    ],
)
def test_what_is_flat_does_not_turn(attack, asked):
    liveness = verify(asked, attack(a_head(), asked))

    turned = [
        movement for movement in liveness.movements if movement.movement in {Movement.TURN_LEFT, Movement.TURN_RIGHT}
    ]
    assert liveness.outcome is LivenessOutcome.FAILED
    assert not any(movement.seen for movement in turned)


def test_a_photograph_whose_edge_is_in_view_is_seen_as_framed():
    assert "frame_around_face" in verify(TURN, attacks.printed(a_head(), TURN, around=True)).flags


def test_a_mask_with_holes_is_flat_where_it_comes_closer():
    liveness = verify(ALMOST_FLAT, attacks.mask(a_head(), ALMOST_FLAT))

    assert liveness.outcome is not LivenessOutcome.PASSED
    assert "flat_face" in liveness.flags


@pytest.mark.parametrize(
    ("bezel", "flags"), [(False, {"screen_pattern"}), (True, {"screen_pattern", "frame_around_face"})]
)
def test_a_recording_of_the_right_movements_on_a_screen_is_flagged(bezel, flags):
    liveness = verify(LOOK, attacks.replayed(a_head(), LOOK, bezel=bezel))

    assert liveness.outcome is not LivenessOutcome.PASSED
    assert flags <= set(liveness.flags)


def test_a_picture_fed_in_again_and_again_is_flagged():
    assert "duplicate_frames" in verify(TURN, attacks.still(a_head(), TURN)).flags


def test_rule_4_another_face_in_the_middle_is_seen():
    liveness = verify(LOOK, attacks.swapped(a_head(), a_head("img22.jpg"), LOOK))

    assert liveness.outcome is not LivenessOutcome.PASSED
    assert "face_changed" in liveness.flags


def test_rule_3_pictures_without_a_face_say_nothing():
    wall = jpeg(attacks.camera(a_head().picture * 0 + 120, 1))

    liveness = verify(TURN, [Frame(at=at * 250, picture=wall) for at in range(12)])

    assert (liveness.outcome, liveness.flags) == (LivenessOutcome.INCONCLUSIVE, ("no_face",))
    assert [movement.seen for movement in liveness.movements] == [False] * 3
