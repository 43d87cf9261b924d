import pytest

from echt.identity.mrz.countries import ALPHA2, is_known, same_country, to_icao, to_iso


@pytest.mark.parametrize(
    ("icao", "iso"),
    [
        ("D", "DEU"),
        ("D<<", "DEU"),
        ("FRA", "FRA"),
        ("GBN", "GBR"),
        ("RKS", "RKS"),
        ("UNO", ""),
        ("XXA", ""),
        ("QQQ", ""),
    ],
)
def test_what_a_zone_says(icao, iso):
    assert to_iso(icao) == iso


@pytest.mark.parametrize("code", ["D", "D<<", "GBD", "UNO", "XXA", "RKS", "EUE", "XPO", "UTO", "USA"])
def test_known_codes(code):
    assert is_known(code)


@pytest.mark.parametrize("code", ["", "<<<", "QQQ", "DE"])
def test_unknown_codes(code):
    assert not is_known(code)


def test_there_and_back():
    assert all(to_iso(to_icao(alpha3)) == alpha3 for alpha3 in ALPHA2)
    assert len(ALPHA2) == 250
    assert len(set(ALPHA2.values())) == 250


def test_same_country():
    assert same_country("D", "DEU")
    assert same_country("GBO", "GBR")
    assert same_country("UTO", "UTO")
    assert not same_country("D", "FRA")
    assert not same_country("XXA", "FRA")
