"""Typed beside read, and part beside part, by the rules of `comparing.py`."""

import pytest

from echt.identity.comparing import Likeness, agreement, compare, same_name
from echt.identity.documents import Field
from echt.identity.findings import Reading, Source
from echt.identity.mrz import Format, compose

RIGHT = {"number": True, "born_on": True, "expires_on": True, "composite": True}
ERIKSSON = {
    Field.SURNAME: "ERIKSSON",
    Field.GIVEN_NAMES: "ANNA MARIA",
    Field.NUMBER: "L898902C3",
    Field.BORN_ON: "1974-08-12",
    Field.EXPIRES_ON: "2032-04-15",
}
TYPED = {**ERIKSSON, Field.SURNAME: "Eriksson", Field.GIVEN_NAMES: "Anna Maria", Field.NUMBER: "l898902c3"}


def read(*, checks=RIGHT, lines=(), form="", **sources):
    return Reading(
        fields={Source(name): values for name, values in sources.items()},
        check_digits=checks,
        mrz_lines=lines,
        mrz_format=form,
    )


def likeness(typed, reading):
    return {found.field: found.likeness for found in compare(typed, reading)}


def test_all_the_same():
    found = compare(TYPED, read(mrz=ERIKSSON))

    assert [each.likeness for each in found] == [Likeness.SAME] * 5
    assert {each.source for each in found} == {Source.MRZ}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.SURNAME, "Ericsson"),
        (Field.GIVEN_NAMES, "Anna"),
        (Field.NUMBER, "L898902C4"),
        (Field.BORN_ON, "1974-08-13"),
        (Field.EXPIRES_ON, ""),
    ],
)
def test_one_differs(field, typed):
    found = likeness({**TYPED, field: typed}, read(mrz=ERIKSSON))

    assert found.pop(field) is Likeness.DIFFERS
    assert set(found.values()) == {Likeness.SAME}


def test_what_was_not_read_is_only_typed():
    assert set(likeness(TYPED, read(checks={})).values()) == {Likeness.ONLY_TYPED}


def test_neither_typed_nor_read_is_not_told():
    assert compare({}, read()) == []


def test_rule_1_where_a_check_digit_holds_the_print_cannot_confirm_something_else():
    reading = read(mrz=ERIKSSON, print={Field.NUMBER: "L898902C8"})

    assert likeness({**TYPED, Field.NUMBER: "L898902C8"}, reading)[Field.NUMBER] is Likeness.DIFFERS
    assert likeness(TYPED, reading)[Field.NUMBER] is Likeness.SAME


def test_rule_1_the_barcode_decides_over_the_print():
    reading = read(checks={}, barcode={Field.BORN_ON: "1974-08-12"}, print={Field.BORN_ON: "1974-08-17"})

    assert likeness({Field.BORN_ON: "1974-08-17"}, reading)[Field.BORN_ON] is Likeness.DIFFERS


def test_rule_2_a_value_with_a_wrong_check_digit_confirms_and_never_contradicts():
    reading = read(mrz=ERIKSSON, checks={**RIGHT, "number": False})

    assert likeness(TYPED, reading)[Field.NUMBER] is Likeness.SAME
    assert likeness({**TYPED, Field.NUMBER: "X1"}, reading)[Field.NUMBER] is Likeness.UNREADABLE


def test_rule_2_then_the_print_counts():
    reading = read(mrz=ERIKSSON, checks={"number": False}, print={Field.NUMBER: "L89B902C3"})

    assert likeness({Field.NUMBER: "L89B902C3"}, reading)[Field.NUMBER] is Likeness.SAME
    assert likeness({Field.NUMBER: "X1"}, reading)[Field.NUMBER] is Likeness.DIFFERS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MUELLER"),
        ("Müller", "MULLER"),
        ("Mueller", "MÜLLER"),
        ("Anna-Maria", "MARIA ANNA"),
        ("van der Berg", "VANDERBERG"),
        ("O’Neill", "ONEILL"),
        ("Weiß", "WEISS"),
        ("Øster", "OSTER"),
        ("Юрий", "YURIY"),
    ],
)
def test_rule_3_names_that_are_one(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Anna", "ANNA MARIA"), ("Meier", "MEYER"), ("", ""), ("张伟", "ZHANG")])
def test_rule_3_names_that_are_two(one, other):
    assert not same_name(one, other)


def test_rule_3_any_part_may_confirm_a_name():
    reading = read(mrz=ERIKSSON, print={Field.SURNAME: "ERIKSSON GEB HOLM"})

    assert likeness(TYPED, reading)[Field.SURNAME] is Likeness.SAME
    assert likeness({Field.SURNAME: "Eriksson geb. Holm"}, reading)[Field.SURNAME] is Likeness.SAME


def test_rule_3_of_a_name_that_had_no_room_the_beginning_is_enough():
    lines = compose(
        Format.TD1,
        code="I",
        issuer="UTO",
        surname="Nilavadhanananda",
        given_names="Chayapa Dejthamrong",
        number="D23145890",
        born_on="1974-08-12",
        expires_on="2032-04-15",
    )
    reading = read(mrz={Field.GIVEN_NAMES: "CHAYAPA DEJT"}, lines=lines, form="TD1")

    assert likeness({Field.GIVEN_NAMES: "Chayapa Dejthamrong Krasuang"}, reading)[Field.GIVEN_NAMES] is Likeness.SAME
    assert likeness({Field.GIVEN_NAMES: "Chayapa"}, reading)[Field.GIVEN_NAMES] is Likeness.DIFFERS
    assert likeness({Field.GIVEN_NAMES: "Boris Dejthamrong"}, reading)[Field.GIVEN_NAMES] is Likeness.DIFFERS


def test_rule_3_letters_that_no_zone_has_cannot_be_compared():
    reading = read(checks={}, print={Field.SURNAME: "张伟"})

    assert likeness({Field.SURNAME: "Zhang"}, reading)[Field.SURNAME] is Likeness.UNREADABLE


# Part by part -----------------------------------------------------------------------------------------------


def test_parts_that_agree():
    reading = read(mrz={**ERIKSSON, Field.NATIONALITY: "D"}, print={**TYPED, Field.NATIONALITY: "DEU"})

    assert {each.field: each.likeness for each in agreement(reading)} == dict.fromkeys(
        (*ERIKSSON, Field.NATIONALITY), Likeness.SAME
    )


def test_parts_that_contradict_each_other():
    reading = read(mrz=ERIKSSON, print={Field.BORN_ON: "1979-08-12", Field.SURNAME: "Holm"})
    found = {each.field: each for each in agreement(reading)}

    assert found[Field.BORN_ON].likeness is found[Field.SURNAME].likeness is Likeness.DIFFERS
    assert found[Field.BORN_ON].values == {Source.MRZ: "1974-08-12", Source.PRINT: "1979-08-12"}


def test_rule_2_a_wrong_check_digit_contradicts_no_other_part():
    reading = read(mrz=ERIKSSON, checks={"number": False}, print={Field.NUMBER: "X1"})

    assert [each.likeness for each in agreement(reading)] == [Likeness.UNREADABLE]


def test_one_part_alone_agrees_with_nobody():
    assert agreement(read(mrz=ERIKSSON)) == []
