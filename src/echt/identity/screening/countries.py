"""Countries as lists write them (alpha-2, alpha-3, English names), as ISO 3166-1 alpha-3 where known."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from echt.identity.mrz.countries import ALPHA2, to_iso

_FURTHER = {
    "afghanistan, islamic republic of": "AFG",
    "bolivia (plurinational state of)": "BOL",
    "burma": "MMR",
    "congo, democratic republic of the": "COD",
    "congo, republic of the": "COG",
    "cote d ivoire": "CIV",
    "czech republic": "CZE",
    "democratic people's republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "iran (islamic republic of)": "IRN",
    "ivory coast": "CIV",
    "korea, north": "PRK",
    "korea, south": "KOR",
    "lao people's democratic republic": "LAO",
    "libyan arab jamahiriya": "LBY",
    "macedonia": "MKD",
    "moldova, republic of": "MDA",
    "myanmar": "MMR",
    "palestinian": "PSE",
    "palestine": "PSE",
    "republic of korea": "KOR",
    "russian federation": "RUS",
    "state of palestine": "PSE",
    "swaziland": "SWZ",
    "syrian arab republic": "SYR",
    "türkiye": "TUR",
    "turkey": "TUR",
    "united kingdom of great britain and northern ireland": "GBR",
    "united republic of tanzania": "TZA",
    "united states of america": "USA",
    "venezuela (bolivarian republic of)": "VEN",
    "viet nam": "VNM",
    "west bank": "PSE",
    "yemen, republic of": "YEM",
}
"""How lists write them, where the common English name differs."""


def country_of(text: str) -> str:
    """The alpha-3 code; the text as it is written where it names no country that we know."""
    text = " ".join(text.split())
    return to_iso(text) or _by_alpha2().get(text.upper()) or _by_name().get(text.casefold()) or text


def is_known(country: str) -> bool:
    """Whether this is a code that can be compared."""
    return country in ALPHA2


@cache
def _by_alpha2() -> Mapping[str, str]:
    return {alpha2: alpha3 for alpha3, alpha2 in ALPHA2.items()} | {"UK": "GBR", "EL": "GRC"}


@cache
def _by_name() -> Mapping[str, str]:
    territories = Locale("en").territories
    return {territories[alpha2].casefold(): code for code, alpha2 in ALPHA2.items()} | _FURTHER
