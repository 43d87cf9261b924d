"""Barcodes: what driving licences of the United States and Canada say in theirs (AAMVA, PDF417)."""

import re
from collections.abc import Mapping
from datetime import datetime

import zxingcpp

from echt.identity.documents import Field
from echt.identity.mrz.countries import is_known
from echt.identity.vision.models import Array

_ELEMENT = re.compile(r"(?:^|[\n\r\x1e]|DL|ID|EN)(D[A-D][A-Z]|DCS)([^\n\r\x1e]*)")
_SEXES = {"1": "M", "2": "F", "9": "X"}
_NOTHING = {"NONE", "UNAVL", "UNAVAIL", ""}
DAYS = {"USA": "%m%d%Y", "CAN": "%Y%m%d"}


def barcode(picture: Array) -> dict[Field, str]:
    """The fields that a barcode in the picture states; none where there is no such barcode."""
    for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.PDF417):
        if fields := aamva(found.text):
            return fields
    return {}


def aamva(text: str) -> dict[Field, str]:
    """The fields of a card after the AAMVA DL/ID Card Design Standard; none where the text is none."""
    if not text.startswith("@") or "ANSI " not in text[:20]:
        return {}
    said = {name: value.strip() for name, value in _ELEMENT.findall(text)}
    issuer = said.get("DCG", "USA")
    fields = {
        Field.SURNAME: said.get("DCS") or said.get("DAB", ""),
        Field.GIVEN_NAMES: _given(said),
        Field.NUMBER: said.get("DAQ", ""),
        Field.BORN_ON: _day(said.get("DBB", ""), issuer),
        Field.EXPIRES_ON: _day(said.get("DBA", ""), issuer),
        Field.SEX: _SEXES.get(said.get("DBC", ""), ""),
        Field.ISSUER: issuer if is_known(issuer) else "",
    }
    return {field: value for field, value in fields.items() if value not in _NOTHING}


def _given(said: Mapping[str, str]) -> str:
    names = (said.get("DAC") or said.get("DCT", "").replace(",", " "), said.get("DAD", "").replace(",", " "))
    return " ".join(name for name in names if name not in _NOTHING)


def _day(digits: str, issuer: str) -> str:
    try:
        return datetime.strptime(digits, DAYS.get(issuer, DAYS["USA"])).date().isoformat()  # noqa: DTZ007  (a date)
    except ValueError:
        return ""
