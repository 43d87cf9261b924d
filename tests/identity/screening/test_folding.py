"""Names folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.identity.screening.folding import keys, skeleton, weighty, words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ángela d’Őr-Müller", ("angela", "dor", "mueller")),
        ("O'NEIL, Séan", ("oneil", "sean")),
        ("Григорий Щукин", ("grigorii", "shchukin")),
        ("王小明", ("王小明",)),
        ("  ", ()),
        ("Straße", ("strasse",)),
    ],
)
def test_rule_1_words_in_latin_letters(name, folded):
    assert words(name) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("Muhammad", "Mohammed", "Mohamed"),
        ("Yusuf", "Youssef", "Jusuf"),
        ("Khlebotsev", "Khlebotseff", "Hlebotzev"),
        ("Chernov", "Tchernoff", "Tschernow"),
        ("Müller", "Muller", "Mueller"),
        ("Sergey", "Sergei", "Sergej"),
        ("Zhuravlev", "Juravlev"),
    ],
)
def test_rule_2_and_3_spellings_of_a_name_share_their_consonants(spellings):
    assert len({skeleton(word) for name in spellings for word in words(name)}) == 1


@pytest.mark.parametrize("slip", ["zwirnbolt", "zwrinbold", "swirnbold", "zwirnbol", "zzwirnbold", "zwirnmold"])
def test_rule_3_a_slip_leaves_a_key(slip):
    assert keys("zwirnbold") & keys(slip)


def test_nobody_is_found_by_a_particle_alone():
    assert weighty(words("Ludwig von der Quelle")) == ("ludwig", "quelle")
    assert weighty(words("Al")) == ("al",)


@given(st.text(max_size=60))
def test_whatever_is_written_folds_to_words_that_fold_to_themselves(name):
    folded = words(name)

    assert words(" ".join(folded)) == folded
    assert all(len(key) <= 40 for word in folded for key in keys(word))


@given(st.text(alphabet="aäåbcdeéfghñoöpqsßtuüxyzåøłжшщяюєґαβθψ’- ", min_size=1, max_size=20))
def test_case_does_not_matter(name):
    assert words(name.upper()) == words(name.lower()) == words(name)
