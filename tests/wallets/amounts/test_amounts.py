"""Amounts as people type them: every digit counts, and what cannot be read is refused with a sentence."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from echt.ui import formats
from echt.wallets.amounts import SENTENCES, SPACES, Fault, WrongAmount, as_text, from_text, parse_amount
from echt.wallets.exact import LARGEST

UNITS = st.integers(0, 10**48)
DECIMALS = st.integers(0, 30)
LANGUAGES = st.sampled_from(["de", "en"])
RTL = "\u202e"


@given(UNITS, DECIMALS, LANGUAGES)
def test_rule_1_what_our_pages_show_is_read_again(units, decimals, language):
    with override(language):
        shown = formats.amount(units, decimals)
        assert parse_amount(shown, decimals, allow_zero=True) == units


@given(UNITS, DECIMALS, LANGUAGES)
def test_rule_1_without_groups_as_well(units, decimals, language):
    mark = "," if language == "de" else "."
    typed = as_text(units, decimals).replace(".", mark)
    assert parse_amount(typed, decimals, language, allow_zero=True) == units


@given(st.integers(-(10**48), 10**48), DECIMALS)
def test_rule_5_text_for_machines_comes_back(units, decimals):
    assert from_text(as_text(units, decimals), decimals) == units


@pytest.mark.parametrize("sign", [*SPACES, "'", "\u2019"])
def test_rule_4_groups_between_spaces_and_apostrophes(sign):
    assert parse_amount(f"1{sign}234{sign}567,8", 1, "de") == 12345678
    assert parse_amount(f"1{sign}234{sign}567.8", 1, "en") == 12345678


@pytest.mark.parametrize(
    ("typed", "german", "english"),
    [
        ("1.234", 1234_0000, 1_2340),
        ("1,234", 1_2340, 1234_0000),
        ("1.234,56", 1234_5600, 1234_5600),
        ("1,234.56", 1234_5600, 1234_5600),
        ("1.234.567", 1234567_0000, 1234567_0000),
        ("1,234,567", 1234567_0000, 1234567_0000),
        ("1.5", 1_5000, 1_5000),
        ("1,5", 1_5000, 1_5000),
        ("0.001", 10, 10),
        ("0,001", 10, 10),
        (".5", 5000, 5000),
        (",5", 5000, 5000),
        ("5.", 5_0000, 5_0000),
        ("1234.567", 1234_5670, 1234_5670),
        ("1 234.567", 1234_5670, 1234_5670),
        ("  7 ", 7_0000, 7_0000),
        ("0007", 7_0000, 7_0000),
    ],
)
def test_rules_2_and_3_two_languages(typed, german, english):
    assert (parse_amount(typed, 4, "de"), parse_amount(typed, 4, "en")) == (german, english)


def test_rule_4_wide_digits_are_digits():
    assert parse_amount("\uff11\uff12\uff0e\uff15", 1, "en") == 125


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.NOTHING),
        (" \u00a0 ", Fault.NOTHING),
        ("x", Fault.NO_NUMBER),
        (".", Fault.NO_NUMBER),
        ("+1", Fault.NO_NUMBER),
        ("0x10", Fault.NO_NUMBER),
        ("1_000", Fault.NO_NUMBER),
        ("NaN", Fault.NO_NUMBER),
        ("Infinity", Fault.NO_NUMBER),
        ("\u0661\u0662", Fault.NO_NUMBER),
        ("1\u00b2", Fault.NO_NUMBER),
        ("1/2", Fault.NO_NUMBER),
        ("1e3", Fault.EXPONENT),
        ("1,5E-3", Fault.EXPONENT),
        ("-1", Fault.NEGATIVE),
        ("\u22121", Fault.NEGATIVE),
        (f"{RTL}1", Fault.NO_TEXT),
        ("1\u200b0", Fault.NO_TEXT),
        ("1\x002", Fault.NO_TEXT),
        ("1\n2", Fault.NO_TEXT),
        ("1,23,456", Fault.UNCLEAR),
        ("1.234.56", Fault.UNCLEAR),
        ("1..5", Fault.UNCLEAR),
        ("1 2", Fault.UNCLEAR),
        ("0,123 456", Fault.UNCLEAR),
        ("1 234'567", Fault.UNCLEAR),
        ("1.234,567.8", Fault.UNCLEAR),
        ("0", Fault.ZERO),
        ("0,0000", Fault.ZERO),
        ("0,00001", Fault.PLACES),
        ("1,50000", Fault.PLACES),
        ("9" * 75, Fault.LARGE),
        ("9" * 5000, Fault.LARGE),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_rule_4_what_is_refused(typed, fault, language):
    with pytest.raises(WrongAmount) as refused:
        parse_amount(typed, 4, language)
    assert refused.value.fault is fault
    assert refused.value.messages[0].endswith(".")


def test_the_largest_amount_and_one_more():
    assert parse_amount(str(LARGEST), 0, "en") == LARGEST == 10**78 - 1
    with pytest.raises(WrongAmount):
        parse_amount(str(LARGEST + 1), 0, "en")


@pytest.mark.parametrize(("decimals", "said"), [(0, "whole number"), (1, "at most 1."), (24, "at most 24.")])
def test_the_sentence_says_how_many_places_there_are(decimals, said):
    with pytest.raises(WrongAmount) as refused:
        parse_amount("1." + "1" * 30, decimals, "en")
    assert said in refused.value.messages[0]


def test_zero_where_it_is_allowed():
    assert parse_amount("0,00", 2, "de", allow_zero=True) == 0


def test_an_unknown_language_is_read_like_english():
    with override("de"):
        assert (parse_amount("1,5", 1), parse_amount("1.5", 1, "de-at"), parse_amount("1.5", 1, "fr")) == (15, 15, 15)


@pytest.mark.parametrize("text", ["", "1,5", " 1", "+1", "1.", ".5", "1e3", "\uff11", "1\n", "0x1", "--1", "9" * 300])
def test_rule_5_machines_have_one_form(text):
    with pytest.raises(WrongAmount):
        from_text(text, 8)


def test_rule_5_zeros_beyond_the_places_change_nothing_and_digits_would():
    assert from_text("1.500000000000000000", 6) == 1_500000
    with pytest.raises(WrongAmount):
        from_text("1.500000000000000001", 6)
    assert from_text("7.000", 0) == 7


def test_rule_5_what_it_looks_like():
    assert [as_text(150000000, 8), as_text(-5, 1), as_text(0, 2), as_text(7, 0)] == ["1.50000000", "-0.5", "0.00", "7"]


def test_the_sentences_are_german_too():
    with override("de"):
        with pytest.raises(WrongAmount) as refused:
            parse_amount("1,123", 2)
        assert refused.value.messages == [
            "Dieser Betrag hat mehr Nachkommastellen, als es gibt: Bitte geben Sie höchstens 2 ein."
        ]
        assert all(
            str(SENTENCES[fault]) != fault.value and "Bitte" in str(SENTENCES[fault])
            for fault in Fault
            if fault is not Fault.PLACES
        )
