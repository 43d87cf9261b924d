import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.identity.mrz import transliterate
from echt.identity.mrz.names import spellings
from tests.identity.mrz.zones import STEADY


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Jörg", "JOERG"),
        ("Großmann-Weiß", "GROSSMANN WEISS"),
        ("d’Artagnan", "DARTAGNAN"),
        ("O'Connor", "OCONNOR"),
        ("Smith, Jr.", "SMITH JR"),
        ("Åström", "AASTROEM"),
        ("Øst Ærø", "OEST AEROE"),
        ("İbrahim Işık", "IBRAHIM ISIK"),
        ("Łukasz", "LUKASZ"),
        ("Þór", "THOR"),
        ("Nguyễn Thị Ánh", "NGUYEN THI ANH"),
        ("Владимир Щукин", "VLADIMIR SHCHUKIN"),
        ("Παπαδόπουλος", "PAPADOPOYLOS"),
        ("  two   words ", "TWO WORDS"),
        ("张伟", ""),
        ("", ""),
    ],
)
def test_names_as_zones_have_them(name, zone):
    assert transliterate(name) == zone


def test_other_spellings_that_issuers_use():
    assert {"MUELLER", "MULLER"} <= set(spellings("Müller"))
    assert spellings("Müller")[0] == "MUELLER"
    assert "PAPADOPOULOS" in spellings("Παπαδόπουλος")


@STEADY
@given(st.text(max_size=40))
def test_any_text_becomes_capitals_and_single_spaces(name):
    zone = transliterate(name)

    assert set(zone) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
    assert "  " not in zone
    assert transliterate(zone) == zone
