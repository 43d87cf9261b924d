"""The corpus through the confined process: refused with a sentence, or made harmless; and we are still there."""

import io

import pytest
from django.utils import translation
from PIL import Image

from echt.identity.uploads import plain_jpeg
from echt.identity.uploads.reasons import Reason
from echt.identity.uploads.refusals import UploadRefused
from echt.identity.uploads.workers import Workers
from tests.identity.uploads.corpus import CLEAN, HIDDEN, corpus

SAMPLES = corpus()
AT_ONCE = 20


@pytest.fixture(scope="session")
def answers():
    """What came of each sample. Many go through one process here, so that the test does not take minutes."""
    names, patient = list(SAMPLES), Workers(seconds=120)
    found = {}
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        found |= dict(zip(some, patient.remake([SAMPLES[name].content for name in some]), strict=True))
    return found


def test_there_are_more_than_sixty_of_them():
    assert len(SAMPLES) > 60


@pytest.mark.parametrize("name", SAMPLES)
def test_each_is_refused_with_a_sentence_or_made_harmless(answers, name):
    answer, allowed = answers[name], SAMPLES[name].allowed
    assert (answer if isinstance(answer, Reason) else CLEAN) in allowed

    if isinstance(answer, Reason):
        assert_sentences(answer)
    else:
        assert_harmless(answer)


def assert_sentences(reason):
    sentences = set()
    for language in ("en", "de"):
        with translation.override(language):
            sentences.add(UploadRefused(reason).sentence)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(sentences) == 2


def assert_harmless(clean):
    assert HIDDEN not in clean.jpeg
    assert plain_jpeg.size_of(clean.jpeg) == (clean.width, clean.height)
    with Image.open(io.BytesIO(clean.jpeg), formats=["JPEG"]) as image:
        image.load()
        assert image.size == (clean.width, clean.height)
        assert image.mode == "RGB"
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not image.getexif()
        assert [layer[1:3] for layer in image.layer] == [(1, 1)] * 3
