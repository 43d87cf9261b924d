"""The shared sentences: complete, in both languages, and each of use."""

import re
from pathlib import Path
from string import Formatter

import pytest

from echt.proofs.verify import formats
from echt.proofs.verify.formats.reasons import FOREIGN_REASONS, OWN_LEAF, foreign_reason, neighbour

MODULES = [path for path in Path(formats.__file__).parent.glob("*.py") if path.name != "reasons.py"]
SOURCE = "".join(path.read_text() for path in MODULES)


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", FOREIGN_REASONS)
def test_both_languages_are_filled_with_the_same(code):
    english, german = FOREIGN_REASONS[code]

    assert blanks(english) == blanks(german)
    assert english != german
    assert english.endswith(".")
    assert german.endswith(".")


@pytest.mark.parametrize("code", FOREIGN_REASONS)
def test_no_sentence_says_the_word_of_a_verdict(code):
    assert "verified" not in FOREIGN_REASONS[code].english
    assert "bestätigt" not in FOREIGN_REASONS[code].german


def test_every_sentence_is_given_by_some_format():
    given = set(re.findall(r'"((?:form|hashes|numbers|format)\.[a-z_]+)"', SOURCE))

    assert set(FOREIGN_REASONS) - given == set()


def test_a_place_is_named_in_the_language_of_its_sentence():
    reason = foreign_reason("hashes.level", where=neighbour(3), stated=4, computed=3)

    assert reason.text == (
        "The nodes do not stand one above the other: the neighbour on level 3 has level 4 and must have 3."
    )
    assert "der Nachbar auf Ebene 3 hat die Ebene 4" in reason.text_de


def test_what_a_file_says_is_filled_in_as_it_is():
    assert "{asset}" in foreign_reason("numbers.padding", where=OWN_LEAF, amount="1", asset="{asset}").text
