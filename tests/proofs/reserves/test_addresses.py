"""The list: strict reading, its one form and hash, and OKX's list."""

from hashlib import sha256
from pathlib import Path

import pytest

from echt.proofs.refusals import Refused
from echt.proofs.reserves.addresses import read_list
from echt.proofs.reserves.okx import read_okx_list
from echt.proofs.reserves.signatures import Control, check
from tests.proofs.reserves.lists import BITCOIN, ETHEREUM, ROWS, changed, csv_of

OKX = Path(__file__).parent.parent / "samples" / "okx_okx_por_example.csv"
HEAD = (
    "coin,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/ public key, eoa1, eoa2\n"
)


def read(*rows: tuple[str, ...]):
    return read_list(csv_of(*rows), "list.csv")


def refusal(*rows: tuple[str, ...]) -> str:
    with pytest.raises(Refused) as refused:
        read(*rows)
    return str(refused.value)


def test_a_list_is_read_and_summed_up():
    more = changed(ROWS[1], network="optimism", amount="5")

    assert read(*ROWS, more).totals() == {"BTC": 150000000, "ETH": 2 * 10**18 + 5, "SOL": 7 * 10**9}


def test_rule_6_the_hash_is_that_of_the_file_in_its_one_form():
    addresses = read(*reversed(ROWS))

    assert addresses.canonical == csv_of(*ROWS)
    assert addresses.hash == sha256(csv_of(*ROWS)).hexdigest()
    assert read_list(addresses.canonical, "again").canonical == addresses.canonical


@pytest.mark.parametrize("message", ['with "quotes"', "two\nlines", "old\r\nlines", "a, b", " blanks ", "ü 测试"])
def test_rule_6_any_message_survives_the_one_form(message):
    addresses = read(changed(ROWS[0], message=message))

    assert read_list(addresses.canonical, "again").entries[0].message == message
    assert read_list(addresses.canonical, "again").hash == addresses.hash


def test_networks_go_by_their_own_names():
    assert read(changed(ROWS[0], network="BTC")).hash == read(ROWS[0]).hash


def test_rule_4_keys_scripts_and_owners():
    entry = read(changed(ROWS[0], signature="one two", public_key="02ab script:5121 owner:x owner:y")).entries[0]

    assert entry.signatures == ("one", "two")
    assert (entry.public_key, entry.script, entry.owners) == ("02ab", "5121", ("x", "y"))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"asset": "B C"}, "column asset"),
        ({"network": "bit coin"}, "column network"),
        ({"address": BITCOIN[:-1]}, "not an address of bitcoin"),
        ({"address": ETHEREUM}, "not an address of bitcoin"),
        ({"address": BITCOIN + " "}, "there is a blank"),
        ({"amount": "1.5"}, "not a whole number"),
        ({"amount": "-1"}, "not a whole number"),
        ({"amount": "01"}, "not a whole number"),
        ({"amount": ""}, "not a whole number"),
        ({"amount": "１"}, "not a whole number"),
        ({"amount": str(2**127)}, "below 2^127"),
        ({"height": "abc"}, "column height"),
        ({"height": str(2**63)}, "no chain is that high"),
        ({"message": ""}, "not what was signed"),
        ({"message": "a\x00b"}, "nobody can see"),
        ({"signature": "a  b"}, "exactly one blank"),
        ({"public_key": "aa bb"}, "at most one key"),
    ],
)
def test_a_problem_is_named_with_file_row_and_line(cells, words):
    sentence = refusal(ROWS[1], changed(ROWS[0], **cells))

    assert sentence.startswith("list.csv, row 2 (line 3)")
    assert words in sentence


def test_all_problems_are_named_at_once_but_not_hundreds():
    bad = [changed(ROWS[0], amount=f"x{number}") for number in range(30)]

    assert refusal(*bad).count("\n") == 20
    assert "and 10 more problems" in refusal(*bad)


@pytest.mark.parametrize(
    ("network", "one", "other"),
    [
        ("ethereum", ETHEREUM, ETHEREUM.upper().replace("0X", "0x")),
        ("bitcoin", BITCOIN, BITCOIN.upper()),
        ("aptos", "0x0123", "0x123"),
        (
            "ton",
            "UQB1CKrUWm7qf41Z1GeEE6AgVVj5cH6y6x1aRmWe6q4mj1fn",
            "0:7508aad45a6eea7f8d59d4678413a0205558f9707eb2eb1d5a46659eeaae268f",
        ),
    ],
)
def test_rule_5_no_address_is_counted_twice_however_it_is_spelled(network, one, other):
    first, second = (changed(ROWS[0], network=network, address=address) for address in (one, other))

    assert "was there for BTC before, in list.csv, row 1 (line 2)" in refusal(first, second)


def test_an_address_may_have_several_assets():
    assert len(read(ROWS[1], changed(ROWS[1], asset="USDT")).entries) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the first line must be exactly"),
        (b"asset,network\n", "the first line must be exactly"),
        (b"\xef\xbb\xbf" + csv_of(*ROWS), "byte order mark"),
        (csv_of(*ROWS) + b"\xff", "not UTF-8"),
        (csv_of(*ROWS) + b'"open', "is not CSV"),
        (csv_of(*ROWS) + b"a,b\n", "has 2 cells"),
        (csv_of(), "has no addresses"),
    ],
)
def test_a_file_that_is_no_list_is_refused(content, words):
    with pytest.raises(Refused, match=words):
        read_list(content, "list.csv")


def test_okxs_published_list_is_genuine():
    """Two accounts, a contract with two owners, a highload wallet of TON, a rotated key of Aptos: all signatures hold."""
    addresses = read_okx_list(OKX.read_bytes(), "okx.csv", {})

    assert addresses.totals() == {"APT": 150000000, "ETH": 356881257500858402, "USDT": 170479995}
    assert [check(entry.claim).control for entry in addresses.entries] == [
        Control.OWNERS,
        Control.PROVEN,
        Control.PROVEN,
        Control.OWNERS,
        Control.PROVEN,
    ]
    assert read_list(addresses.canonical, "ours").hash == addresses.hash


def test_okxs_head_is_compared_with_its_rows():
    remarks = read_okx_list(OKX.read_bytes(), "okx.csv", {}).remarks

    assert any("449.5140 BTC; its rows add up to 0" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("old", "new"), [(b"I am an OKX address", b"I am an OKX adress"), (b"0x07f19879", b"0x07f19878")]
)
def test_a_changed_list_of_okx_is_no_longer_proven(old, new):
    addresses = read_okx_list(OKX.read_bytes().replace(old, new), "okx.csv", {})

    assert Control.FAILED in {check(entry.claim).control for entry in addresses.entries}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"ETH,ETH,1,{ETHEREUM},0.0000000000000000001,m,s,", "more than the 18 decimals"),
        (f"ETH,ETH,1,{ETHEREUM},1e3,m,s,", "is not a number"),
        (f"SHIB,ETH,1,{ETHEREUM},1,m,s,", "how many decimals has SHIB"),
        ("ETH,ETH,1,0x12,1,m,s,", "not an address"),
        ("ETH,ETH,1", "has 3 cells"),
    ],
)
def test_problems_in_okxs_list_are_named(row, words):
    with pytest.raises(Refused, match=words):
        read_okx_list((HEAD + row + "\n").encode(), "okx.csv", {})


def test_decimals_can_be_given_and_older_forms_are_refused():
    row = f"SHIB,ETH,,{ETHEREUM},1.5,m,s,null,null\n"
    entry = read_okx_list((HEAD + row).encode(), "okx.csv", {"SHIB": 18}).entries[0]

    assert (entry.amount, entry.height, entry.signatures, entry.public_key) == (15 * 10**17, None, ("s",), None)
    with pytest.raises(Refused, match="older forms"):
        read_okx_list(b"coin,address,amount\n", "okx.csv", {})
