"""The number of a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.mail.number import ALPHABET, LENGTH, NotANumber, WrongCheck, check_value, new_number, parse

numbers = st.lists(st.integers(0, 31), min_size=10, max_size=10).map(
    lambda values: "".join(ALPHABET[value] for value in [*values, check_value(values)])
)
places = st.integers(0, LENGTH - 1)


def bare(number: str) -> str:
    return number.replace("-", "")


def test_rule_1_numbers_are_eleven_symbols_in_printed_form_and_do_not_repeat():
    made = {new_number() for _ in range(2000)}
    assert len(made) == 2000
    assert all(len(number) == 13 and number[4] == number[9] == "-" for number in made)
    assert all(set(bare(number)) <= set(ALPHABET) for number in made)


def test_rule_1_every_place_takes_every_symbol():
    columns = zip(*(bare(new_number()) for _ in range(2000)), strict=True)
    assert all(set(column) == set(ALPHABET) for column in columns)


@given(numbers)
def test_a_number_reads_back_as_itself(number):
    assert bare(parse(number)) == number


@given(numbers, places, st.sampled_from(ALPHABET))
def test_rule_2_every_single_wrong_symbol_is_noticed(number, place, other):
    wrong = number[:place] + other + number[place + 1 :]
    if wrong == number:
        return
    with pytest.raises(WrongCheck):
        parse(wrong)


def test_rule_2_exhaustively_for_one_number():
    number = bare(new_number())
    for place in range(LENGTH):
        for other in set(ALPHABET) - {number[place]}:
            with pytest.raises(WrongCheck):
                parse(number[:place] + other + number[place + 1 :])


@given(numbers, places, places)
def test_rule_2_every_swap_is_noticed_of_neighbours_and_others(number, one, two):
    symbols = list(number)
    symbols[one], symbols[two] = symbols[two], symbols[one]
    if symbols == list(number):
        return
    with pytest.raises(WrongCheck):
        parse("".join(symbols))


@given(numbers)
def test_rule_3_reading_forgives_case_spaces_hyphens_and_look_alikes(number):
    typed = " " + " ".join(number.lower()).replace("0", "o").replace("1", "l") + "\n"
    assert parse(typed) == parse(number)
    assert parse(number.replace("1", "I")) == parse("–".join([number[:4], number[4:8], number[8:]]))


@pytest.mark.parametrize(
    "text", ["", "K7QF", "K7QF-2M9X-TD", "UUUU-UUUU-UUU", "lena@posteo.example", "K7QF-2M9X-TDD0", "ſ" * 11]
)
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(NotANumber) as refusal:
        parse(text)
    assert not isinstance(refusal.value, WrongCheck)


def test_the_example_of_the_decision_is_right():
    assert parse("k7qf 2m9x tdd")
