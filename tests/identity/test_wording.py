"""What applicants read: every fault, movement and outcome has its words, and the browser's hints have theirs."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import echt.identity
from echt.identity import wording
from echt.identity.documents import DocumentKind, Field
from echt.identity.findings import Fault, Liveness, LivenessOutcome, Movement, PictureVerdict, Source
from echt.identity.items import Item

MODULES = Path(echt.identity.__file__).parent / "static" / "identity"


def test_everything_has_words():
    assert {*wording.OF_DOCUMENTS} == {*Fault}
    assert {*wording.MOVEMENTS} == {*wording.MOVEMENT_ICONS} == {*Movement}
    assert {*wording.OUTCOMES} == {*LivenessOutcome}
    assert {*wording.KINDS} == {*wording.KIND_ICONS} == {*wording.KIND_NOTES} == {*DocumentKind}
    assert {*wording.FIELDS} == {*Field}
    assert {*wording.SOURCES} == {*Source}
    assert {*wording.SIDES} == {(kind, side) for kind in DocumentKind for side in (Item.FRONT, Item.BACK)}


@pytest.mark.parametrize(("module", "hints"), [("frame.js", wording.HINTS), ("light.js", wording.FACE_HINTS)])
def test_the_browsers_hints_have_words_and_none_is_left_over(module, hints):
    source = (MODULES / module).read_text()
    told = re.search(r"export function \w*[hH]intOf.*?\n}", source, re.DOTALL)[0]
    named = {name for line in re.findall(r"return ([^;]+);", told) for name in re.findall(r'(?<!\()"(\w+)"(?!,)', line)}

    assert named | ({"look"} if module == "light.js" else set()) == {*hints}


@pytest.mark.parametrize(
    ("cut", "english", "german"),
    [
        ((3,), "The lower left corner is outside", "Die Ecke unten links liegt außerhalb"),
        ((2, 3), "The lower right and lower left corners are", "Die Ecken unten rechts und unten links liegen"),
        ((), "A corner is outside", "Eine Ecke liegt außerhalb"),
    ],
)
def test_the_corner_that_is_cut_is_named(cut, english, german):
    verdict = PictureVerdict(faults=(Fault.CORNER_CUT,), cut=cut)
    for language, words in (("en", english), ("de", german)):
        with translation.override(language):
            assert wording.sentences(verdict, item=Item.FRONT)[0].startswith(words)


def test_a_face_is_told_otherwise_than_a_document():
    for fault in wording.OF_FACES:
        assert wording.sentence(fault, item=Item.FACE) != wording.sentence(fault, item=Item.FRONT)


def test_each_sentence_says_what_to_do():
    for words in (*wording.OF_DOCUMENTS.values(), *wording.OF_FACES.values()):
        assert str(words).count(".") >= 1
        assert "!" not in str(words)


@pytest.mark.parametrize(
    ("outcome", "flags", "begins"),
    [
        (LivenessOutcome.FAILED, ("virtual_camera",), "The movements could not be seen."),
        (LivenessOutcome.INCONCLUSIVE, ("virtual_camera",), "Your browser shows us the picture of a program"),
        (LivenessOutcome.INCONCLUSIVE, ("virtual_camera", "screen_pattern"), "Not everything could be seen clearly."),
        (LivenessOutcome.INCONCLUSIVE, (), "Not everything could be seen clearly."),
    ],
)
def test_who_tries_the_face_step_in_vain_reads_what_would_help(outcome, flags, begins):
    assert wording.outcome(Liveness(outcome=outcome, movements=(), flags=flags)).startswith(begins)


def test_a_try_that_could_not_be_verified_says_that_too():
    assert wording.outcome(None) == str(wording.OUTCOMES[LivenessOutcome.INCONCLUSIVE])
