"""Amounts that are written as text: exactly read, or refused in words."""

import pytest

from tests.proofs.input.balances import lines, parquet, read, refusal

BAD = {
    "-5": "is negative",
    "-0.5": "is negative",
    "": "is empty",
    "  ": "is empty",
    " 5": "begins or ends with a blank",
    "5 ": "begins or ends with a blank",
    "NaN": "is not a number",
    "nan": "is not a number",
    "inf": "is not a number",
    "-Infinity": "is not a number",
    "null": "is not a number",
    "N/A": "is not a number",
    "1,5": "separators between its digits",
    "1,234,567": "separators between its digits",
    "1.234.567": "separators between its digits",
    "1'234": "separators between its digits",
    "1 234": "separators between its digits",
    "1\u00a0234": "separators between its digits",
    "1_000": "separators between its digits",
    "1,234.50": "separators between its digits",
    "1e5": "exponent",
    "1.5E+3": "exponent",
    "+5": "plus sign",
    "1.": "a digit before and after",
    ".5": "a digit before and after",
    ".": "is not a number",
    "0x10": "is not a number",
    "5 BTC": "is not a number",
    "٣": "is not a number",
    "5\0": "is not a number",
    "1" * 129: "has 129 characters",
    str(2**127): "is too large",
    "9" * 39: "is too large",
    "9" * 100: "is too large",
    "0.123456789": "has more than the 8 decimals of BTC",
    f"{2**127 // 10**8 + 1}.0": "is too large",
}
GOOD = {
    "0": 0,
    "000": 0,
    "007": 7,
    "0.0": 0,
    "1.5": 150000000,
    "0.00000001": 1,
    "1.500000000000": 150000000,
    "21000000.00000000": 2100000000000000,
    str(2**127 - 1): 2**127 - 1,
    "0" * 88 + str(2**127 - 1): 2**127 - 1,
    "1701411834604692317316873037158.84105727": 2**127 - 1,
    "18446744073709551615": 2**64 - 1,
    "18446744073709551616": 2**64,
    "184467440737.09551616": 2**64,
}


@pytest.mark.parametrize("text", BAD)
def test_others_are_refused(tmp_path, text):
    wide = lines(tmp_path / "a.csv", "account,BTC", "a,0", f'b,"{text}"')
    said = refusal(wide, decimals={"BTC": 8})
    assert said.startswith(f"{wide}, row 2 (line 3), column BTC: The amount ")
    assert BAD[text] in said
    long = lines(tmp_path / "b.csv", "account,asset,amount", "a,BTC,0", f'b,BTC,"{text}"')
    said = refusal(long, decimals={"BTC": 8})
    assert said.startswith(f"{long}, row 2 (line 3), column amount: The amount ")
    assert BAD[text] in said
    table = parquet(tmp_path / "a.parquet", {"account": ["a", "b"], "BTC": ["0", text]})
    said = refusal(table, decimals={"BTC": 8})
    assert said.startswith(f"{table}, row 2, column BTC: The amount ")
    assert BAD[text] in said


@pytest.mark.parametrize("text", GOOD)
def test_these_are_read(tmp_path, text):
    file = lines(tmp_path / "a.csv", "account,BTC", f"a,{text}")
    assert read(file, decimals={"BTC": 8}) == [("a", (GOOD[text],))]


def test_36_decimals(tmp_path):
    file = lines(tmp_path / "a.csv", "account,X", "a,1.5", "b,0." + "0" * 35 + "1", "c,170.1")
    assert read(file, decimals={"X": 36}) == [("a", (15 * 10**35,)), ("b", (1,)), ("c", (1701 * 10**35,))]
    assert "is too large" in refusal(lines(tmp_path / "b.csv", "account,X", "a,170.2"), decimals={"X": 36})


@pytest.mark.parametrize("text", ["1.5", "1.0", "0.0"])
def test_a_point_without_decimals_is_refused(tmp_path, text):
    file = lines(tmp_path / "a.csv", "account,BTC", f"a,{text}")
    assert refusal(file) == (
        f"{file}, row 1 (line 2), column BTC: The amount “{text}” has a decimal point, but BTC counts in whole"
        " smallest units. If it has decimals, say how many: --decimals BTC=8 (for example)."
    )


def test_what_nobody_can_see_is_shown(tmp_path):
    said = refusal(lines(tmp_path / "a.csv", "account,BTC", "a,5\u200b"))
    assert "“5\\u200b”" in said
