"""The place for an operator's own detector of attacks: a real ONNX file, from the setting to the desk.

The faces are drawn and found by the detector of faces that ships. What `docs/identity.md` promises of input and output
is what is tested here.
"""

import json
from io import BytesIO

import cv2
import numpy as np
import pytest

from echt.desk.identity.check_figures import figures_of
from echt.identity import checks, local
from echt.identity.examining.faces import outcome_of
from echt.identity.findings import Liveness, LivenessOutcome
from echt.identity.levels import Level
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.providers import DetectorBroken, Frame
from echt.identity.selectors import checks_of
from echt.identity.specimens.faces import face
from echt.identity.specimens.portrait import portrait
from echt.identity.vision import attacks
from echt.identity.vision.attacks import OperatorsDetector, input_of
from echt.identity.vision.describing import Description
from echt.identity.vision.detection import Face
from tests.identity import making
from tests.identity.vision.onnx_file import write_mean_of_colours

SIDE = 32
BRIGHT, DARK = 300, 4000
"""Divisors by which the mean of a drawn face is well above one half, or well below it."""
BLUE, GREEN, RED = 10, 60, 200


@pytest.fixture(scope="module")
def selfie():
    """A drawn face as JPEG, in which the detector of faces finds one."""
    out = BytesIO()
    portrait(face(1, woman=True)).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture
def bring(tmp_path, set_identity):
    """An operator's detector in its place: `bring(attack=[0], scale=[255, 255, 255])`."""

    def bring(*, model=None, described=None, **values):
        path = tmp_path / "spoof.onnx"
        write_mean_of_colours(path, SIDE)
        if model is not None:
            path.write_bytes(model)
        stated = {"version": "tiny 1", "side": SIDE, "attack": [2], **values}
        path.with_suffix(".json").write_text(json.dumps(stated) if described is None else described)
        set_identity(attack_model=path)
        local.use_detector(local._shipped_detector)
        return path

    return bring


@pytest.fixture
def answered(lena, machines, travel, selfie, bring):
    """An advanced case in review whose challenge was answered with drawn faces: `answered(scale=…)`."""

    def answered(**values):
        bring(**values)
        case = making.with_document(lena, Level.ADVANCED)
        making.applying.choose_residence(actor=lena, case_id=case.pk, country="DEU")
        making.agreed(lena)
        frames = [Frame(at=200 * number, picture=selfie) for number in range(14)]
        making.answer(case, travel, container=making.container_of(frames))
        making.look()
        making.submit(case)
        making.look()
        return checks_of(making.fresh(case))

    return answered


# In and out ---------------------------------------------------------------------------------------------------


def plain(height=100, width=100):
    return np.full((height, width, 3), (BLUE, GREEN, RED), np.uint8)


def at(left, top, width, height):
    return Face(left=left, top=top, width=width, height=height, points=np.zeros((5, 2)), sure=1)


def described(**values):
    return Description.model_validate({"version": "1", "side": SIDE, "attack": [0], **values})


@pytest.mark.parametrize(("colours", "first", "last"), [("bgr", BLUE, RED), ("rgb", RED, BLUE)])
def test_the_colours_come_in_the_order_that_the_description_names(colours, first, last):
    pixels = input_of(plain(), at(20, 20, 40, 40), described(colours=colours))

    assert (pixels.shape, pixels.dtype) == ((1, 3, SIDE, SIDE), np.float32)
    assert [pixels[0, place].mean() for place in range(3)] == pytest.approx([first, GREEN, last])


def test_mean_and_divisor_are_those_of_each_place():
    pixels = input_of(plain(), at(20, 20, 40, 40), described(mean=[10, 20, 30], scale=[1, 2, 10]))

    assert [pixels[0, place].mean() for place in range(3)] == pytest.approx([0, 20, 17])


@pytest.mark.parametrize(("crop", "white"), [(1, 1.0), (2, 0.25), (4, 0.0625)])
def test_the_square_is_so_many_times_the_longer_side_of_the_face_around_its_middle(crop, white):
    picture = np.zeros((400, 400, 3), np.uint8)
    cv2.rectangle(picture, (150, 150), (249, 249), (1, 1, 1), -1)

    pixels = input_of(picture, at(170, 150, 60, 100), described(crop=crop, side=256))

    assert pixels.mean() == pytest.approx(white, abs=0.02)


def test_beyond_the_picture_its_edge_goes_on():
    pixels = input_of(plain(), at(0, 0, 100, 100), described(crop=4))

    assert [pixels[0, place].mean() for place in range(3)] == pytest.approx([BLUE, GREEN, RED])


@pytest.mark.parametrize(
    ("values", "score"),
    [
        ({"attack": [0]}, BLUE / 1000),
        ({"attack": [2]}, RED / 1000),
        ({"attack": [2], "colours": "rgb"}, BLUE / 1000),
        ({"attack": [0, 2]}, (BLUE + RED) / 1000),
        ({"attack": [2], "softmax": True, "scale": [1e9] * 3}, 1 / 3),
    ],
)
def test_the_places_that_mean_an_attack_are_added_up(bring, monkeypatch, values, score):
    monkeypatch.setattr(attacks, "find", lambda *_: [at(20, 20, 40, 40)])
    monkeypatch.setattr(attacks, "decode", lambda _: plain())
    path = bring(**{"scale": [1000] * 3, **values})

    assert OperatorsDetector(path).score([Frame(at=0, picture=b"-")]) == pytest.approx(score, abs=1e-5)


def test_without_a_face_nothing_clears_the_suspicion(bring):
    blank = cv2.imencode(".jpg", plain())[1].tobytes()

    assert OperatorsDetector(bring()).score([Frame(at=0, picture=blank), Frame(at=1, picture=b"")]) == 1.0


# From the setting to the desk -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_score_above_one_half_is_a_doubt(answered):
    liveness = answered(scale=[BRIGHT] * 3)[CheckKind.LIVENESS]

    assert 0.5 < liveness.details["attack_score"] <= 1
    assert liveness.outcome == Outcome.DOUBT
    assert liveness.details["attack_by"] == "spoof.onnx, tiny 1"
    assert "Detector: spoof.onnx, tiny 1" in [*figures_of(CheckKind.LIVENESS, liveness.details)]


@pytest.mark.django_db
def test_a_score_below_one_half_changes_nothing(answered):
    liveness = answered(scale=[DARK] * 3)[CheckKind.LIVENESS]

    assert 0 < liveness.details["attack_score"] < 0.5
    assert (liveness.outcome, liveness.details["flags"]) == (Outcome.HOLDS, [])


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ({"attack_score": 0.5}, Outcome.DOUBT),
        ({"attack_score": 0.499}, Outcome.HOLDS),
        ({"attack_error": "broken."}, Outcome.ERROR),
        ({"outcome": LivenessOutcome.FAILED, "attack_score": 0.1}, Outcome.FAILS),
        ({"outcome": LivenessOutcome.FAILED, "attack_error": "broken."}, Outcome.FAILS),
        ({"outcome": LivenessOutcome.INCONCLUSIVE, "attack_error": "broken."}, Outcome.ERROR),
    ],
)
def test_it_clears_nothing_that_the_movements_say(says, outcome):
    assert outcome_of(Liveness(**{"outcome": LivenessOutcome.PASSED, "movements": (), **says})) is outcome


BROKEN = [
    ({"model": b"\x08\x08"}, "spoof.onnx: "),
    ({"side": SIDE * 2}, "spoof.onnx: "),
    ({"attack": [3]}, "its answer has 3 places"),
    ({"scale": [1] * 3}, "not between 0 and 1"),
    ({"described": "{"}, "spoof.json does not describe a detector"),
    ({"attack": [-1]}, "spoof.json does not describe a detector: attack.0"),
]


@pytest.mark.parametrize(("values", "why"), BROKEN)
def test_what_cannot_be_used_is_refused_with_a_sentence(bring, monkeypatch, values, why):
    monkeypatch.setattr(attacks, "find", lambda *_: [at(20, 20, 40, 40)])
    monkeypatch.setattr(attacks, "decode", lambda _: plain())

    with pytest.raises(DetectorBroken, match=why) as broken:
        OperatorsDetector(bring(**values)).score([Frame(at=0, picture=b"-")])
    assert str(broken.value).endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "why"), [({"model": b"not a model"}, "spoof.onnx: "), ({"colors": "rgb"}, "detector: colors")]
)
def test_one_that_breaks_is_an_error_of_this_check_alone_and_says_why(answered, values, why):
    found = answered(**values)

    liveness = found.pop(CheckKind.LIVENESS)
    assert (liveness.outcome, liveness.details["attack_score"]) == (Outcome.ERROR, None)
    assert why in liveness.details["attack_error"]
    (told,) = [told for told in figures_of(CheckKind.LIVENESS, liveness.details) if why in told]
    assert told.endswith(". Tell who runs this installation.")
    assert found[CheckKind.FACE].outcome == Outcome.HOLDS
    assert not {check.kind for check in found.values() if check.outcome == Outcome.ERROR}


@pytest.mark.parametrize("score", [float("nan"), -0.1, 1.5])
@pytest.mark.django_db
def test_a_score_that_is_none_is_no_score(lena, machines, travel, score):
    class Odd:
        version = "odd 1"

        def score(self, _frames):
            return score

    local.use_detector(Odd)
    case = making.submit(making.with_everything(lena, travel, Level.ADVANCED))
    making.look()

    assert checks_of(making.fresh(case))[CheckKind.LIVENESS].outcome == Outcome.ERROR


# Before anybody answers -----------------------------------------------------------------------------------------


def test_a_description_that_is_wrong_is_said_at_start(bring):
    bring(side=4)

    (fault,) = checks.dangerous_settings()
    assert fault.id == "identity.E006"
    assert "side" in fault.msg
    bring()
    assert checks.dangerous_settings() == []


def test_a_detector_without_description_is_said_to_have_none(bring):
    path = bring()
    path.with_suffix(".json").unlink()

    with pytest.raises(DetectorBroken, match=r"spoof\.json cannot be read"):
        OperatorsDetector(path)
    assert [fault.id for fault in checks.dangerous_settings()] == ["identity.E006"]
