import pytest

from echt.identity.screening.births import births_of
from echt.identity.screening.countries import country_of, is_known


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1970-01-31", ("1970-01-31",)),
        ("1970-01-31T00:00:00", ("1970-01-31",)),
        ("1970-01", ("1970",)),
        ("1970", ("1970",)),
        ("31 Jan 1970", ("1970-01-31",)),
        ("Jan 1970", ("1970",)),
        ("31/01/1970", ("1970-01-31",)),
        ("00/00/1970", ("1970",)),
        ("dd/mm/1970", ("1970",)),
        ("circa 1970", ("1968", "1969", "1970", "1971", "1972")),
        ("1968 to 1970", ("1968", "1969", "1970")),
        ("01 Jan 1970 to 31 Dec 1971", ("1970", "1971")),
        ("1970-02-31", ("1970",)),
        ("1900 to 1970", ()),
        ("1970 to 1960", ()),
        ("0070", ()),
        ("in spring", ()),
        ("", ()),
    ],
)
def test_dates_as_lists_write_them(written, meant):
    assert births_of(written) == meant


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("de", "DEU"),
        ("D", "DEU"),
        ("DEU", "DEU"),
        ("Germany", "DEU"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("iran", "IRN"),
        ("Korea, North", "PRK"),
        ("Türkiye", "TUR"),
        ("GBO", "GBR"),
        ("Ruritania", "Ruritania"),
    ],
)
def test_countries_as_lists_write_them(written, code):
    assert country_of(written) == code
    assert is_known(code) == (code != "Ruritania")
