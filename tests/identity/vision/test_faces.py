"""The rules of `faces`: what is said of a picture's face and of two faces, with faces that are given or drawn."""

from io import BytesIO

import numpy as np
import pytest

from echt.identity.findings import Band, Fault
from echt.identity.vision import faces, likeness
from echt.identity.vision.detection import Face, _share, _without_overlap
from echt.identity.vision.faces import FaceThresholds, LocalFaceMatcher
from tests.identity.vision.motion import jpeg

PICTURE = jpeg(np.random.default_rng(2).integers(60, 200, (480, 640, 3), np.uint8))
POINTS = (likeness.PLACES - likeness.PLACES.mean(0)) / 35


def a_face(*, eyes=100.0, at=(320, 240), sure=0.9):
    points = POINTS * eyes + np.array(at)
    return Face(left=at[0] - eyes, top=at[1] - eyes, width=2 * eyes, height=2 * eyes, points=points, sure=sure)


@pytest.fixture
def matcher(monkeypatch):
    """A matcher before pictures whose faces, and how alike they are, are given: `matcher(portraits, faces, score)`."""

    def make(portraits, found, score=0.0, ghost=0.9):
        answers = iter([portraits, found])
        directions = iter([np.array([1.0, 0.0]), _at(score), *[_at(ghost)] * 3])
        monkeypatch.setattr(faces, "find", lambda _picture, _folder: next(answers))
        monkeypatch.setattr(faces, "direction", lambda *_: next(directions))
        return LocalFaceMatcher(FaceThresholds()).compare(PICTURE, PICTURE)

    return make


def _at(cosine):
    return np.array([cosine, (1 - cosine**2) ** 0.5])


@pytest.mark.parametrize(
    ("score", "band"),
    [(0.9, Band.ALIKE), (0.41, Band.ALIKE), (0.39, Band.UNSURE), (0.26, Band.UNSURE), (0.2, Band.UNLIKE)],
)
def test_rule_1_a_likeness_is_a_band(matcher, score, band):
    match = matcher([a_face()], [a_face()], score)

    assert (match.band, match.score, match.remarks) == (band, pytest.approx(score, abs=1e-4), ())
    assert (match.alike_from, match.unlike_below) == (0.40, 0.25)


def test_rule_2_a_small_portrait_is_unsure_where_a_large_one_would_be_unlike(matcher):
    match = matcher([a_face(eyes=25)], [a_face()], 0.1)

    assert (match.band, match.remarks) == (Band.UNSURE, ("portrait_small",))


def test_what_is_not_there_is_not_compared(matcher):
    assert matcher([], [a_face()]).remarks == ("no_portrait",)
    match = matcher([a_face()], [])
    assert (match.band, match.score, match.remarks) == (Band.NOT_COMPARED, None, ("no_face",))


def test_a_ghost_that_is_somebody_else_is_remarked(matcher):
    assert matcher([a_face(), a_face(eyes=40)], [a_face()], 0.9, ghost=0.05).remarks == ("ghost_differs",)
    assert matcher([a_face(), a_face(eyes=40)], [a_face()], 0.9, ghost=0.6).remarks == ()


def test_the_place_of_the_portrait_is_in_shares_of_the_picture(matcher):
    match = matcher([a_face(eyes=96)], [a_face()], 0.9)

    assert match.portrait == ((224 / 640, 144 / 480), (416 / 640, 336 / 480))


@pytest.fixture
def judged(monkeypatch):
    def judge(*found, picture=PICTURE):
        monkeypatch.setattr(faces, "find", lambda _picture, _folder: list(found))
        return LocalFaceMatcher(FaceThresholds()).judge(picture)

    return judge


def test_one_large_sharp_lit_face_will_do(judged):
    verdict = judged(a_face())

    assert verdict.accepted
    assert all(measure.ok for measure in verdict.measures.values())


def test_each_fault_of_an_applicants_picture_is_named(judged):
    dark = jpeg(np.random.default_rng(2).integers(0, 30, (480, 640, 3), np.uint8))
    bright = jpeg(np.random.default_rng(2).integers(228, 255, (480, 640, 3), np.uint8))
    flat = jpeg(np.full((480, 640, 3), 120, np.uint8))

    assert judged().faults == (Fault.NO_FACE,)
    assert judged(picture=b"no picture").faults == (Fault.UNREADABLE_FILE,)
    assert judged(a_face(eyes=80)).faults == (Fault.FACE_TOO_SMALL,)
    assert judged(a_face(), picture=dark).faults == (Fault.TOO_DARK,)
    assert judged(a_face(), picture=bright).faults == (Fault.TOO_BRIGHT,)
    assert judged(a_face(), picture=flat).faults == (Fault.BLURRED,)


def test_rule_3_a_second_face_counts_where_it_is_nearly_as_large(judged):
    assert judged(a_face(), a_face(eyes=60)).faults == (Fault.SEVERAL_FACES,)
    assert judged(a_face(), a_face(eyes=30)).faults == ()


def test_of_overlapping_answers_the_surest_is_kept():
    one, other, elsewhere = a_face(sure=0.7), a_face(at=(325, 240), sure=0.9), a_face(at=(620, 240), sure=0.8)

    assert _without_overlap([one, other, elsewhere]) == [other, elsewhere]
    assert _share(one, one) == pytest.approx(1)
    assert _share(one, elsewhere) == 0


def test_a_face_is_brought_into_its_place_however_it_stands():
    turned = np.array([[0.6, -0.8], [0.8, 0.6]])
    points = likeness.PLACES @ turned.T * 3 + [70, -20]

    back = likeness.fit(points, likeness.PLACES)

    assert np.allclose(points @ back[:, :2].T + back[:, 2], likeness.PLACES)


@pytest.mark.slow
def test_a_drawn_face_is_found_and_is_more_like_itself_than_like_another():
    from echt.identity.specimens import face, people, portrait

    def picture(person, seed):
        buffer = BytesIO()
        portrait(face(person.face, woman=person.sex == "F"), seed=seed).save(buffer, "JPEG", quality=90)
        return buffer.getvalue()

    gathered = people(7)
    one, other = next(gathered), next(gathered)
    matcher = LocalFaceMatcher(FaceThresholds())

    same, different = (
        matcher.compare(picture(one, 1), picture(one, 2)),
        matcher.compare(picture(one, 1), picture(other, 1)),
    )

    assert same.score > different.score
    assert matcher.judge(picture(one, 1)).measures["eyes"].value > 60
