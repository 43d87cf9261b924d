"""Specimens: the same each time, marked as such, with a zone that holds, and drawn without anything but Pillow."""

import subprocess
import sys
from datetime import date
from itertools import islice

import pytest

from echt.identity.documents import DocumentKind, Side
from echt.identity.mrz import parse
from echt.identity.specimens import Person, Pose, document, draw, face, people, portrait
from echt.identity.specimens.glyphs import PATHS, strokes
from echt.identity.specimens.paper import Paper, _missing, _plain
from echt.identity.specimens.texts import LANGUAGES, WORDS

ISSUED = date(2024, 2, 29)
PERSON = Person(surname="Łukasiewicz", given_names="Zofia", born_on=date(1990, 7, 28), sex="F", nationality="POL")
SMALL = 240


def test_the_same_number_gives_the_same_people():
    assert list(islice(people(7), 5)) == list(islice(people(7), 5))
    assert list(islice(people(7), 5)) != list(islice(people(8), 5))


def test_people_have_names_that_a_zone_must_spell_differently():
    names = [person.surname for person in islice(people(1), 200)]
    assert any(not name.isascii() for name in names)
    assert {person.nationality for person in islice(people(1), 200)} == set(LANGUAGES)


@pytest.mark.parametrize("kind", [DocumentKind.PASSPORT, DocumentKind.ID_CARD, DocumentKind.RESIDENCE_PERMIT])
def test_the_zone_says_what_the_document_says(kind):
    card = document(kind, PERSON, issued_on=ISSUED)

    zone = parse(card.zone())

    assert zone is not None
    assert zone.valid
    assert zone.surname == "LUKASIEWICZ"
    assert zone.number == card.number


def test_a_driving_licence_has_no_zone():
    assert document(DocumentKind.DRIVING_LICENCE, PERSON, issued_on=ISSUED).zone() == ()


def test_a_german_document_has_the_code_of_one_letter():
    card = document(DocumentKind.ID_CARD, PERSON, issued_on=ISSUED, country="DEU")
    assert card.zone()[0].startswith("IDD<<")


def test_a_document_issued_on_a_leap_day_expires_on_a_day_that_exists():
    assert document(DocumentKind.PASSPORT, PERSON, issued_on=ISSUED).expires_on == date(2034, 2, 27)


@pytest.mark.parametrize(
    ("kind", "side", "ratio"),
    [
        (DocumentKind.PASSPORT, Side.FRONT, 1.42),
        (DocumentKind.ID_CARD, Side.FRONT, 1.586),
        (DocumentKind.ID_CARD, Side.BACK, 1.586),
        (DocumentKind.DRIVING_LICENCE, Side.BACK, 1.586),
    ],
)
def test_a_side_has_the_shape_that_the_standard_names(kind, side, ratio):
    drawn = draw(document(kind, PERSON, issued_on=ISSUED), side, width=SMALL)
    assert drawn.width == SMALL
    assert drawn.width / drawn.height == pytest.approx(ratio, abs=0.02)


def test_a_document_is_drawn_the_same_each_time():
    card = document(DocumentKind.ID_CARD, PERSON, issued_on=ISSUED)
    assert draw(card, width=SMALL).tobytes() == draw(card, width=SMALL).tobytes()


def test_of_a_passport_there_is_no_back():
    with pytest.raises(ValueError, match="data page"):
        draw(document(DocumentKind.PASSPORT, PERSON, issued_on=ISSUED), Side.BACK)


def test_every_language_has_every_word():
    for language in LANGUAGES.values():
        assert set(language.labels) == set(WORDS)
        assert set(language.kinds) == set(DocumentKind)


def test_every_letter_of_a_zone_has_strokes_within_its_box():
    assert set(PATHS) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
    for letter in PATHS:
        assert all(-0.5 <= x <= 10.5 and -0.5 <= y <= 18 for stroke in strokes(letter) for x, y in stroke)


@pytest.mark.parametrize(
    ("letter", "marks"), [("Ś", ["acute"]), ("ż", ["dot"]), ("Ą", ["ogonek"]), ("ü", []), ("A", [])]
)
def test_marks_that_the_font_lacks_are_drawn(letter, marks):
    assert _missing(letter) == marks
    assert _plain(letter).isascii() or not marks


def test_a_line_of_a_zone_leaves_ink_where_its_letters_are():
    paper = Paper((30, 6), 300, (255, 255, 255))
    paper.machine((2, 2), "A<", (0, 0, 0))
    left, top, right, _bottom = paper.finished().convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert 18 <= left <= 22
    assert top >= 18
    assert right <= 10 * (2 + 2 * 2.54)


def test_the_same_face_in_two_poses_is_two_pictures():
    somebody = face(5, woman=True)
    assert portrait(somebody).tobytes() == portrait(somebody).tobytes()
    assert portrait(somebody).tobytes() != portrait(somebody, pose=Pose(turn=0.4)).tobytes()


def test_specimens_need_no_libraries_of_the_vision_worker():
    code = "import echt.identity.specimens, sys; print(sorted({'cv2', 'numpy', 'onnxruntime', 'django'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
