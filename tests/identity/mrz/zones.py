"""Zones to test with: their fields, as people might have them, and the lines that follow from them."""

from datetime import date
from string import ascii_uppercase, digits

from hypothesis import settings
from hypothesis import strategies as st

from echt.identity.mrz import Format, compose

TODAY = date(2026, 11, 26)
ISSUERS = ("D", "FRA", "UTO", "JPN", "GBD", "RKS", "UNO", "XXA")
NAMES = st.text(ascii_uppercase + " ", min_size=1, max_size=13).map(lambda text: " ".join(text.split()) or "X")
STEADY = settings(deadline=None)
"""A busy machine makes no test fail."""
WITH_ALL_DIGITS = (Format.TD1, Format.TD2, Format.TD3)
CODES = {Format.TD1: "ID", Format.TD2: "I", Format.TD3: "P", Format.MRVA: "V", Format.MRVB: "V", Format.IDFRA: "ID"}

ERIKSSON = {
    "issuer": "UTO",
    "surname": "Eriksson",
    "given_names": "Anna Maria",
    "number": "L898902C3",
    "born_on": "1974-08-12",
    "sex": "F",
    "expires_on": "2032-04-15",
}


def eriksson(form=Format.TD3, **other):
    return compose(form, **{"code": CODES[form], **ERIKSSON, **other})


@st.composite
def fields(draw, forms=WITH_ALL_DIGITS):
    """A format and the fields of a zone of it."""
    form = draw(st.sampled_from(forms))
    return form, {
        "code": CODES[form],
        "issuer": draw(st.sampled_from(ISSUERS)),
        "surname": draw(NAMES),
        "given_names": draw(st.one_of(NAMES, st.just(""))),
        "number": draw(st.text(ascii_uppercase + digits, min_size=1, max_size=9)),
        "born_on": draw(st.dates(date(1930, 1, 1), date(2026, 11, 1))),
        "sex": draw(st.sampled_from(["F", "M", ""])),
        "expires_on": draw(st.dates(date(2026, 1, 1), date(2039, 12, 31))),
        "optional": draw(st.text(ascii_uppercase + digits, max_size=7)),
    }
