"""The table of reasons."""

import re
import string

import pytest

from echt.proofs.verify.reasons import SENTENCES, Unreadable, clause, reason


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_reason_says_the_same_in_english_and_german(code):
    english, german = SENTENCES[code]

    assert re.fullmatch(r"(file|form|given|statement|identity|path|totals|log|note)\.[a-z_]+", code)
    assert english != german
    assert placeholders(english) == placeholders(german)
    assert "  " not in english + german


@pytest.mark.parametrize("code", SENTENCES)
def test_only_the_remark_of_that_verdict_says_verified(code):
    assert ("verified" in SENTENCES[code][0]) == (code == "note.root_typed")


def test_words_are_filled_in_by_language():
    found = reason("form.type", where="log", kind=("a list", "eine Liste"))

    assert found.text == "log is not of the kind that it must be: a list."
    assert found.text_de == "log ist nicht von der Art, die dort stehen muss: eine Liste."


def test_a_word_with_braces_is_only_a_word():
    assert "{0} {where}" in reason("form.unknown_field", where="{0} {where}").text


def test_a_sentence_inside_another():
    fault = Unreadable("form.hex", where="root")

    assert clause(fault.reason)[0] == "root is not 64 hexadecimal digits in lower case"
    assert str(fault) == fault.reason.text
