"""What is printed, barcodes, and a whole document, read. The rules are those of `printed.py`, `zone.py` and `reading.py`."""

import io
from datetime import date

import numpy as np
import pytest

from echt.identity.documents import DocumentKind, Field, Side
from echt.identity.findings import Source
from echt.identity.specimens import Person, document, draw
from echt.identity.vision.barcode import aamva
from echt.identity.vision.carriers import MRZ_LETTERS, default_folder
from echt.identity.vision.days import days
from echt.identity.vision.labels import label_of
from echt.identity.vision.lines import Line, in_order
from echt.identity.vision.printed import printed

HIGH = 20.0
ANNA = Person(surname="Wölfle", given_names="Anna Käthe", born_on=date(1990, 7, 28), sex="F", nationality="DEU")


def line(text, left, top, *, slope=0.0):
    wide = 10.0 * len(text)
    box = np.array([[left, top], [left + wide, top], [left + wide, top + HIGH], [left, top + HIGH]])
    turn = np.array([[np.cos(slope), -np.sin(slope)], [np.sin(slope), np.cos(slope)]])
    return Line(box=box @ turn.T, text=text, sure=1.0)


def page(*, slope=0.0):
    """A passport's page as it is usually printed, label above value."""
    rows = (
        ("Name / Surname", 100, 100, "WÖLFLE"),
        ("Vornamen / Given names", 100, 160, "ANNA KÄTHE"),
        ("Geburtsdatum / Date of birth", 100, 220, "28.07.1990"),
        ("Ausstellungsdatum / Date of issue", 100, 280, "02.05.2024"),
        ("Gültig bis / Date of expiry", 500, 280, "01.05.2034"),
        ("Nummer / Document No.", 500, 100, "C01X00T47"),
        ("Geschlecht / Sex", 500, 160, "F"),
    )
    labels = [line(label, left, top, slope=slope) for label, left, top, _ in rows]
    return labels + [line(value, left, top + 30, slope=slope) for _, left, top, value in rows]


EXPECTED = {
    Field.SURNAME: "WÖLFLE",
    Field.GIVEN_NAMES: "ANNA KÄTHE",
    Field.BORN_ON: "1990-07-28",
    Field.EXPIRES_ON: "2034-05-01",
    Field.NUMBER: "C01X00T47",
    Field.SEX: "F",
}


@pytest.mark.parametrize("slope", [0.0, 0.1, -0.15])
def test_values_stand_under_their_labels(slope):
    assert printed(page(slope=slope), kind=DocumentKind.PASSPORT) == EXPECTED


def test_rule_1_what_the_zone_says_is_not_reported_where_it_is_not_printed():
    known = {Field.NUMBER: "X99999999", Field.BORN_ON: "1991-01-01", Field.SURNAME: "OTHER"}

    assert printed(page(), kind=DocumentKind.PASSPORT, known=known) == EXPECTED


def test_rule_2_where_the_zones_value_is_printed_that_place_is_taken():
    unlabelled = [line("WÖLFLE", 0, 0), line("C01X 00T47", 300, 0), line("28 JUL/JUIL 1990", 0, 60)]
    known = {Field.SURNAME: "WOELFLE", Field.NUMBER: "C01X00T47", Field.BORN_ON: "1990-07-28"}

    assert printed(unlabelled, kind=DocumentKind.ID_CARD, known=known) == {
        Field.SURNAME: "WÖLFLE",
        Field.NUMBER: "C01X00T47",
        Field.BORN_ON: "1990-07-28",
    }


def test_rule_2_the_zone_tells_o_from_0():
    known = {Field.NUMBER: "C01X00T47"}

    assert printed([line("CO1X0OT47", 0, 0)], kind=DocumentKind.ID_CARD, known=known) == known


@pytest.mark.parametrize("with_one", [True, False])
def test_a_driving_licence_by_its_numbers(with_one):
    """The single 1 is easily missed."""
    rows = [("2.", "ANNA KÄTHE"), ("3.", "28.07.1990 MUSTERSTADT"), ("4a.", "02.05.2024"), ("5.", "B072RRE2I55")]
    lines = [
        line(text, left, 60 + 40 * row)
        for row, pair in enumerate(rows)
        for left, text in zip((0, 60), pair, strict=True)
    ]
    lines += [line("WÖLFLE", 60, 20), line("4b.01.05.2034", 0, 240)] + ([line("1.", 0, 20)] if with_one else [])

    assert printed(lines, kind=DocumentKind.DRIVING_LICENCE) == {
        Field.SURNAME: "WÖLFLE",
        Field.GIVEN_NAMES: "ANNA KÄTHE",
        Field.BORN_ON: "1990-07-28",
        Field.EXPIRES_ON: "2034-05-01",
        Field.NUMBER: "B072RRE2I55",
    }


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("28.07.1990", "", ["1990-07-28"]),
        ("28 07 1990", "", ["1990-07-28"]),
        ("28071990", "", ["1990-07-28"]),
        ("2807 1990", "", ["1990-07-28"]),
        ("07/28/1990", "USA", ["1990-07-28"]),
        ("07/28/1990", "DEU", []),
        ("1990-07-28", "", ["1990-07-28"]),
        ("1990. 07. 28.", "", ["1990-07-28"]),
        ("28 JUL 1990", "", ["1990-07-28"]),
        ("28 JUL/JUIL 1990", "", ["1990-07-28"]),
        ("9 AOÛT 1990", "", ["1990-08-09"]),
        ("3. 28.07.1990 MUSTERSTADT", "", ["1990-07-28"]),
        ("01.05.2024 – 30.04.2034", "", ["2024-05-01", "2034-04-30"]),
        ("31.02.1990", "", []),
        ("1990", "", []),
        ("C01X00T47", "", []),
    ],
)
def test_dates(text, country, found):
    assert days(text, country) == found


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Name / Surname", Field.SURNAME),
        ("Vornamen / Given names", Field.GIVEN_NAMES),
        ("Geburtsdatum / Date of birth", Field.BORN_ON),
        ("Dats of birth", Field.BORN_ON),
        ("Geburtsort / Place of birth", None),
        ("Date of issue", None),
        ("Sexe / Sex", Field.SEX),
    ],
)
def test_labels(text, field):
    assert label_of(text) == (True, field)


@pytest.mark.parametrize("text", ["WÖLFLE", "28.07.1990", "", "C01X00T47", "ANNA KÄTHE"])
def test_values_are_no_labels(text):
    assert label_of(text)[0] is False


def test_lines_of_a_row_go_from_left_to_right():
    right, left, below = (line("x", *place).box for place in ((200, 4), (0, 0), (0, 40)))

    assert [box[0, 0] for box in in_order([right, below, left])] == [0, 200, 0]


AAMVA = (
    "@\n\x1e\rANSI 636000090002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDCUJR\n"
    "DCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102034\nDBC1\nDAU068 in\nDAYBRO\nDCGUSA\n\r"
)


def test_a_barcode_of_the_united_states():
    assert aamva(AAMVA) == {
        Field.SURNAME: "SAMPLE",
        Field.GIVEN_NAMES: "MICHAEL JOHN",
        Field.NUMBER: "T64235789",
        Field.BORN_ON: "1986-06-06",
        Field.EXPIRES_ON: "2034-12-10",
        Field.SEX: "M",
        Field.ISSUER: "USA",
    }


def test_canada_writes_the_year_first():
    canadian = AAMVA.replace("DCGUSA", "DCGCAN").replace("06061986", "19860606").replace("12102034", "20341210")

    assert aamva(canadian)[Field.BORN_ON] == "1986-06-06"
    assert aamva(canadian)[Field.EXPIRES_ON] == "2034-12-10"


@pytest.mark.parametrize("text", ["", "https://example.org", "@ANSI", AAMVA[1:]])
def test_other_barcodes_say_nothing(text):
    assert aamva(text) == {}


# With models ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader():
    if not MRZ_LETTERS.is_in(default_folder()):
        pytest.skip("the models are not installed: echt models install")
    from echt.identity.vision.documents import LocalDocumentReader  # heavy

    return LocalDocumentReader()


def jpeg(card, side):
    out = io.BytesIO()
    draw(card, side, width=900).save(out, "JPEG", quality=88)
    return out.getvalue()


@pytest.mark.slow
def test_a_card_of_two_sides_is_read(reader):
    card = document(DocumentKind.ID_CARD, ANNA, issued_on=date(2024, 5, 2))
    read = reader.read(jpeg(card, Side.FRONT), jpeg(card, Side.BACK), kind=card.kind, country="DEU")

    assert read.mrz_lines == card.zone()
    assert read.mrz_format == "TD1"
    assert all(read.check_digits.values())
    assert read.fields[Source.MRZ][Field.ISSUER] == "D"
    assert {field: read.best(field) for field in (Field.SURNAME, Field.NUMBER, Field.BORN_ON, Field.EXPIRES_ON)} == {
        Field.SURNAME: "WÖLFLE",
        Field.NUMBER: card.number,
        Field.BORN_ON: "1990-07-28",
        Field.EXPIRES_ON: card.expires_on.isoformat(),
    }


@pytest.mark.slow
@pytest.mark.parametrize("picture", [b"", b"no picture", b"\xff\xd8\xff\xe0 half a picture"])
def test_rule_1_what_is_no_picture_is_left_out(reader, picture):
    read = reader.read(picture, None, kind=DocumentKind.PASSPORT, country="DEU")

    assert (read.fields, read.mrz_lines, read.text) == ({}, (), ())
