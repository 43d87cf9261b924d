import pytest

from echt.identity.numbers import index_number, plain_number


@pytest.mark.parametrize(
    ("written", "plain"), [("ab 12-34", "AB1234"), ("L0/1.x", "L01X"), ("ＡＢ１", "AB1"), ("–", "")]
)
def test_separators_and_case_mean_nothing(written, plain):
    assert plain_number(written) == plain


def test_letters_that_nobody_tells_from_digits_share_an_index():
    assert index_number("O1I 0-5") == index_number("0110 5".replace("0 5", "05")) == "01105"
    assert index_number("B8") != index_number("88")
