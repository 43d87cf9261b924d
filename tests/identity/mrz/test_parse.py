"""Zones of all formats, as the issuer prints them and as OCR spoils them. The rules are those of `mrz/__init__.py`."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from echt.identity.documents import Field
from echt.identity.mrz import Format, check_digit, compose, parse
from echt.identity.mrz.check_digits import ALPHABET, VALUES
from echt.identity.mrz.formats import LAYOUTS
from tests.identity.mrz.zones import ERIKSSON, STEADY, TODAY, WITH_ALL_DIGITS, eriksson, fields

SPECIMENS = {
    "TD3 of Doc 9303-4": (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ),
    "TD2 of Doc 9303-6": (
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    ),
    "TD1 of Doc 9303-5": (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ),
    "Visa of Doc 9303-7": (
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    ),
}


@pytest.mark.parametrize("lines", SPECIMENS.values(), ids=SPECIMENS)
def test_the_specimens_of_the_standard(lines):
    zone = parse(lines, today=TODAY)

    assert zone.valid
    assert not zone.repaired
    assert (zone.surname, zone.given_names, zone.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert zone.lines == lines


@STEADY
@given(fields())
def test_what_is_composed_is_parsed_again(made):
    form, said = made
    zone = parse(compose(form, **said), today=TODAY)

    assert zone.valid
    assert not zone.repaired
    assert zone.format is form
    assert zone.issuer == zone.nationality == said["issuer"]
    assert (zone.surname, zone.given_names) == (said["surname"], said["given_names"])
    assert (zone.number, zone.sex) == (said["number"], said["sex"])
    assert (zone.born_on, zone.expires_on) == (said["born_on"].isoformat(), said["expires_on"].isoformat())
    assert zone.optional[0] == said["optional"]


@STEADY
@given(fields((Format.MRVA, Format.MRVB)))
def test_visas_are_parsed_again(made):
    form, said = made
    zone = parse(compose(form, **said), today=TODAY)

    assert zone.valid
    assert zone.format is form
    assert (zone.number, zone.born_on) == (said["number"], said["born_on"].isoformat())


@STEADY
@given(st.sampled_from(["TD1", "TD2"]), st.text("ABC0123456789", min_size=10, max_size=14))
def test_numbers_longer_than_their_field(form, number):
    zone = parse(eriksson(Format(form), number=number), today=TODAY)

    assert zone.number == number
    assert zone.valid


def test_a_long_number_of_belgium():
    zone = parse(eriksson(Format.TD1, issuer="BEL", number="600001476-93-5"), today=TODAY)

    assert zone.lines[0] == "IDBEL600001476<9355<<<<<<<<<<<"
    assert zone.number == "600001476935"


def test_the_french_card_before_2021():
    lines = eriksson(Format.IDFRA, issuer="FRA", number="880692310285", optional="952042")
    zone = parse(lines, today=TODAY)

    assert lines[0] == "IDFRAERIKSSON<<<<<<<<<<<<<<<<<952042"
    assert zone.valid
    assert zone.format is Format.IDFRA
    assert (zone.surname, zone.given_names, zone.number) == ("ERIKSSON", "ANNA MARIA", "880692310285")
    assert (zone.nationality, zone.expires_on) == ("FRA", "")


# 1. A check digit that does not hold is never reported as right ------------------------------------------------


def covered(form):
    """Every place of a format that a check digit covers, and the check digits."""
    spans = [span for check in LAYOUTS[form].checks.values() for span in (*check.covers, check.digit)]
    return sorted({(span.line, place) for span in spans for place in range(span.start, span.end)})


@STEADY
@given(fields(), st.randoms(use_true_random=False), st.sampled_from(ALPHABET))
def test_rule_1_one_wrong_character_is_noticed_or_named(made, random, wrong):
    form, said = made
    right = compose(form, **said)
    line, place = random.choice(covered(form))
    assume((VALUES[wrong] - VALUES[right[line][place]]) % 10)
    spoilt = list(right)
    spoilt[line] = right[line][:place] + wrong + right[line][place + 1 :]

    zone = parse(spoilt, today=TODAY)

    assert zone is None or not zone.valid or zone.repaired


@pytest.mark.parametrize("form", WITH_ALL_DIGITS)
@pytest.mark.parametrize("shift", range(1, 10))
def test_rule_1_every_wrong_digit_at_every_place(form, shift):
    right = eriksson(form)
    for line, place in covered(form):
        if not right[line][place].isdigit():
            continue
        wrong = str((int(right[line][place]) + shift) % 10)
        spoilt = list(right)
        spoilt[line] = right[line][:place] + wrong + right[line][place + 1 :]
        zone = parse(spoilt, today=TODAY)
        assert not zone.valid or zone.lines == right or zone.repaired, (form, line, place, wrong)


NOISE = st.tuples(st.integers(0, 2), st.integers(0, 43), st.sampled_from(ALPHABET))


@STEADY
@given(fields(), st.lists(NOISE, max_size=3), st.booleans())
def test_rule_1_every_right_digit_is_right(made, noise, guessing):
    """Whatever is parsed: each digit that is called right is computed anew here."""
    form, said = made
    lines = [list(line) for line in compose(form, **said)]
    for row, place, character in noise:
        line = lines[row % len(lines)]
        line[place % len(line)] = character
    zone = parse(["".join(line) for line in lines], today=TODAY, guessing=guessing)
    assume(zone is not None)
    for name in ("born_on", "expires_on"):
        check = LAYOUTS[zone.format].checks[name]
        assert zone.checks[name] == (check.digit.of(zone.lines) == check_digit(check.text(zone.lines)))


def test_rule_1_an_empty_personal_number_may_have_a_filler_or_a_nought():
    filler = eriksson()
    nought = (filler[0], filler[1][:42] + "0" + filler[1][43:])
    seven = (filler[0], filler[1][:42] + "7" + filler[1][43:])

    assert parse(filler).checks["optional"]
    assert parse(nought).checks["optional"]
    assert not parse(seven).checks["optional"]


# 2. Only lookalikes, only where a check digit then holds, and named --------------------------------------------

LETTERS = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}


def taken_for_letters(form, right):
    """Places of dates and check digits whose digit looks like a letter."""
    layout = LAYOUTS[form]
    spans = [layout.born_on, layout.expires_on, layout.checks["born_on"].digit, layout.checks["composite"].digit]
    places = [(span.line, place) for span in spans for place in range(span.start, span.end)]
    return [(line, place) for line, place in places if right[line][place] in LETTERS]


@STEADY
@given(fields(), st.integers(0, 99))
@example((Format.TD3, {"code": "P", **ERIKSSON}), 0)
def test_rule_2_letters_for_digits_in_dates_and_check_digits_are_put_right(made, nth):
    form, said = made
    right = compose(form, **said)
    places = taken_for_letters(form, right)
    assume(places)
    line, column = places[nth % len(places)]
    spoilt = list(right)
    spoilt[line] = right[line][:column] + LETTERS[right[line][column]] + right[line][column + 1 :]

    zone = parse(spoilt, today=TODAY)

    assert zone.lines == right
    assert zone.valid
    assert zone.repaired


def test_rule_2_a_number_is_repaired_where_one_way_only_makes_its_digit_hold():
    right = eriksson(issuer="JPN", number="XS1234567")
    zone = parse([right[0], right[1].replace("XS", "X5")], today=TODAY)

    assert zone.lines == right
    assert zone.valid
    assert zone.repaired == {"number"}


def test_rule_2_without_guessing_a_number_is_left_as_it_was_read():
    right = eriksson(issuer="JPN", number="XS1234567", born_on="1990-07-28")
    spoilt = [right[0], right[1].replace("XS", "X5").replace("900728", "9OO728")]
    zone = parse(spoilt, today=TODAY, guessing=False)

    assert (zone.number, zone.checks["number"]) == ("X51234567", False)
    assert (zone.born_on, zone.checks["born_on"]) == ("1990-07-28", True)
    assert zone.repaired == {"born_on"}


def test_rule_2_two_ways_are_no_repair():
    right = eriksson(number="S51234567")
    spoilt = [right[0], right[1].replace("S5", "55")]
    zone = parse(spoilt, today=TODAY)

    assert not zone.checks["number"] or zone.lines == right


def test_rule_2_without_the_composite_digit_nothing_is_repaired():
    right = eriksson(issuer="JPN", number="XS1234567")
    zone = parse([right[0], right[1].replace("XS", "X5")[:-1] + str((int(right[1][-1]) + 1) % 10)], today=TODAY)

    assert zone.number == "X51234567"
    assert not zone.checks["number"]
    assert not zone.repaired


@pytest.mark.parametrize("form", WITH_ALL_DIGITS)
@pytest.mark.parametrize("change", [-3, -1, 1, 3])
def test_rule_2_lines_that_lost_or_gained_fillers(form, change):
    right = eriksson(form, optional="AB12")
    spoilt = [line[:change] if change < 0 and line.endswith("<<<") else line + "<" * max(change, 0) for line in right]
    zone = parse(spoilt, today=TODAY)

    assert zone.lines == right
    assert zone.valid
    assert "length" in zone.repaired


def test_rule_2_fillers_lost_within_the_line_are_found_by_the_check_digits():
    right = eriksson(number="X1", optional="ZE1")
    zone = parse([right[0], right[1].replace("<<<<<<<", "<<<<<", 1)], today=TODAY)

    assert zone.lines == right
    assert zone.repaired == {"length"}


def test_rule_2_digits_in_names_and_countries_are_letters():
    right = eriksson(Format.TD3, issuer="D", surname="Osio")
    zone = parse([right[0].replace("PFD", "P<0").replace("OSIO", "0S10"), right[1]], today=TODAY)

    assert zone.surname == "OSIO"
    assert zone.repaired == {"names"}


@pytest.mark.parametrize(
    ("read", "meant"),
    [("B0L", "BOL"), ("C7E", "CZE"), ("U7O", "UTO"), ("F8A", "F8A"), ("B0I", "B0I")],
    ids=["BDI looks alike as well", "7 is T or Z", "7 is T", "not alike", "BOI and BDL do not exist"],
)
def test_rule_2_a_country_is_put_right_where_one_alone_looks_alike(read, meant):
    right = eriksson(issuer="UTO")
    zone = parse([right[0], right[1].replace("UTO", read)], today=TODAY)

    assert zone.nationality == meant


# Words and dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("six", "born"),
    [
        ("261126", "2026-11-26"),
        ("261127", "1926-11-27"),
        ("900728", "1990-07-28"),
        ("9007<<", "1990-07"),
        ("90<<<<", "1990"),
        ("900000", "1990"),
        ("26<<<<", "2026"),
        ("27<<<<", "1927"),
        ("<<<<<<", ""),
        ("901332", ""),
        ("000229", "2000-02-29"),
    ],
)
def test_birthdays(six, born):
    zone = parse(eriksson(born_on=six), today=TODAY)

    assert zone.born_on == born
    assert zone.checks["born_on"]
    assert zone.fields().get(Field.BORN_ON, "") == (born if len(born) == 10 else "")


def test_germany_has_one_letter():
    assert parse(eriksson(issuer="D")).issuer == "D"


def test_names_that_fill_their_field_are_marked_as_shortened():
    long = eriksson(Format.TD1, surname="Nilavadhanananda", given_names="Chayapa Dejthamrong Krasuang")

    assert long[2] == "NILAVADHANANANDA<<CHAYAPA<DEJT"
    assert parse(long).shortened
    assert not parse(eriksson(Format.TD1)).shortened


def test_other_lines_around_and_between():
    upper, lower = eriksson()
    assert parse(["REPUBLIC OF UTOPIA", upper, "7", lower.lower(), ""]).valid


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["ANYTHING ELSE THAT STANDS ON A CARD AND IS LONG", "ANYTHING ELSE THAT STANDS ON A CARD AND IS LONG"],
        ["P<UTO", "L89"],
        ["<" * 44, "<" * 44],
    ],
)
def test_what_is_no_zone(lines):
    assert parse(lines) is None


@STEADY
@given(st.lists(st.text(max_size=48), max_size=6))
def test_any_text_is_taken(lines):
    parse(lines)


def test_fillers_at_the_end_may_be_missing_in_any_number():
    upper, lower = eriksson()
    zone = parse([upper.rstrip("<") + "<<", lower])

    assert zone.lines == (upper, lower)
    assert zone.valid
