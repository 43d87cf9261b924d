"""The examples of Doc 9303-3, and what the digit can and cannot see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.identity.mrz import check_digit
from echt.identity.mrz.check_digits import ALPHABET, VALUES
from tests.identity.mrz.zones import STEADY


@pytest.mark.parametrize(
    ("text", "digit"), [("520727", "3"), ("AB2134<<<", "5"), ("D23145890", "7"), ("", "0"), ("<<<<", "0")]
)
def test_examples(text, digit):
    assert check_digit(text) == digit


def test_other_characters_are_refused():
    with pytest.raises(ValueError, match="ä"):
        check_digit("Aä")


@STEADY
@given(st.text(ALPHABET, min_size=1, max_size=44), st.data())
def test_it_sees_a_change_unless_the_values_differ_by_ten(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET))
    seen = check_digit(text) != check_digit(text[:place] + other + text[place + 1 :])

    assert seen == bool((VALUES[other] - VALUES[text[place]]) % 10)
