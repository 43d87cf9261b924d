"""An account id is what a customer can type in."""

import pyarrow as pa
import pytest

from echt.proofs.input.faults import fault_of_account
from tests.proofs.input.balances import lines, parquet, read, refusal

BAD = {
    b"": "is empty",
    b"a" * 65: "has 65 bytes",
    "ü".encode() * 33: "has 66 bytes",
    b"a\tb": "control character",
    b"a\0": "control character",
    b"\x7f": "control character",
    "a\u0085b".encode(): "control character",
    "a\u009f".encode(): "control character",
    b" a": "begins or ends with a blank",
    b"a ": "begins or ends with a blank",
    "a\u00a0".encode(): "begins or ends with a blank",
    "\u3000a".encode(): "begins or ends with a blank",
    b" ": "begins or ends with a blank",
    b"M\xfcller": "is not UTF-8",
    b"\xed\xa0\x80": "is not UTF-8",
    b"\xc0\xaf": "is not UTF-8",
    b"a\xf0\x9f": "is not UTF-8",
}
GOOD = [
    b"a",
    b"a" * 64,
    b"a b",
    "ü".encode() * 32,
    "a\u00a0b".encode(),
    "日本 語".encode(),
    b"-5",
    "🙂".encode(),
    b"~!\"'",
]


@pytest.mark.parametrize("account", BAD)
@pytest.mark.parametrize("other", [b"plain", "Köln".encode()])
def test_others_are_refused_from_parquet(tmp_path, account, other):
    accounts = pa.array([other, b"b", account], type=pa.binary())
    file = parquet(tmp_path / "a.parquet", {"account": accounts, "BTC": [1, 2, 3]})
    said = refusal(file)
    assert said.startswith(f"{file}, row 3, column account: The account ")
    assert BAD[account] in said


@pytest.mark.parametrize("account", list(BAD))
def test_others_are_refused_from_lines(tmp_path, account):
    file = tmp_path / "a.csv"
    file.write_bytes(b"account,BTC\nplain,1\n" + account + b",2\n")
    said = refusal(file)
    assert said.startswith(f"{file}, row 2 (line 3), column account: The account ")
    assert BAD[account] in said


@pytest.mark.parametrize("account", GOOD)
def test_these_are_read(tmp_path, account):
    assert fault_of_account(account) is None
    file = parquet(tmp_path / "a.parquet", {"account": pa.array([b"x", account], pa.binary()), "BTC": [1, 2]})
    assert read(file)[1] == (account.decode(), (2,))


def test_a_character_cut_in_two_between_accounts(tmp_path):
    accounts = pa.array([b"a\xc3", b"\xbcb"], type=pa.binary())
    assert "row 1, column account" in refusal(parquet(tmp_path / "a.parquet", {"account": accounts, "BTC": [1, 2]}))


def test_what_is_said_of_a_blank_tells_why(tmp_path):
    said = refusal(lines(tmp_path / "a.csv", "account,BTC", "anna ,1"))
    assert said.endswith(
        "The account “anna ” begins or ends with a blank. The customer types the account number in to check the proof"
        " and would not type the blank; remove it."
    )
