"""Rule 1: the whole file is checked first, and every wrong line is named."""

import pytest

from tests.holds import worlds
from tests.wallets.importing.files import HEAD, before, checked, written

GOOD = f"1,ann,{before(days=9)},deposit,BTC,2"


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        (f",ann,{before(days=9)},deposit,BTC,1", "id", "This is missing."),
        (f"{'9' * 74},ann,{before(days=9)},deposit,BTC,1", "id", "This may have at most 73 characters."),
        (f"2,,{before(days=9)},deposit,BTC,1", "account", "This is missing."),
        (f"2,a\u202eb,{before(days=9)},deposit,BTC,1", "account", "This is no text in UTF-8."),
        (f"2,house:custody,{before(days=9)},deposit,BTC,1", "account", "This is an account of the house."),
        ("2,bob,yesterday,deposit,BTC,1", "time", "A time looks like 2026-11-22T09:41:00Z."),
        (
            "2,bob,2026-11-22T09:41:00,deposit,BTC,1",
            "time",
            "A time needs its zone, such as the Z in 2026-11-22T09:41:00Z.",
        ),
        (f"2,bob,{before(days=-1)},deposit,BTC,1", "time", "This time has not come yet."),
        (
            f"2,ann,{before(days=10)},deposit,BTC,1",
            "time",
            "The lines of an account stand in the order of their times.",
        ),
        (f"2,bob,{before(days=9)},gift,BTC,1", "kind", "This is one of: deposit, purchase, conversion, withdrawal."),
        (f"2,bob,{before(days=9)},deposit,XYZ,1", "asset", "There is no asset 'XYZ'. Add it first."),
        (f"2,bob,{before(days=9)},deposit,BTC,", "amount", "This is missing."),
        (f"2,bob,{before(days=9)},deposit,BTC,0", "amount", "An amount is more than zero; what it does the kind says."),
        (
            f"2,bob,{before(days=9)},deposit,BTC,-1",
            "amount",
            "An amount is more than zero; what it does the kind says.",
        ),
        (
            f"2,bob,{before(days=9)},deposit,BTC,1e3",
            "amount",
            "BTC: Please enter the amount as a number, in digits from 0 to 9.",
        ),
        (
            f"2,bob,{before(days=9)},deposit,BTC,1.123456789",
            "amount",
            "BTC: This amount has more decimal places than there are: please enter at most 8.",
        ),
        (f"2,bob,{before(days=9)},deposit,BTC,1,1", "fee", "A deposit has nothing here."),
        (
            f"2,ann,{before(days=8)},withdrawal,BTC,2,0.00000001",
            "amount",
            "The balance would be below zero: 0.00000001 BTC are missing.",
        ),
        (f"2,ann,{before(days=8)},conversion,BTC,1,,BTC,1", "to_asset", "A conversion leads to another asset."),
        (f"2,ann,{before(days=8)},conversion,BTC,1,,USDT", "to_amount", "This is missing."),
        (f"2,bob,{before(days=8)},purchase,BTC,1", "channel", "This is missing."),
        (
            f"2,bob,{before(days=8)},purchase,BTC,1,,,,onchain",
            "channel",
            "A purchase comes by one of these: card, bank, processor, p2p.",
        ),
        (
            f"2,bob,{before(days=8)},purchase,BTC,1,,,,card,{before(days=8)}",
            "held_until",
            "A hold ends after its purchase.",
        ),
        ("2,bob", "", None),
    ],
)
def test_rule_1_each_fault_has_its_line_column_and_sentence(coins, tmp_path, line, column, sentence):
    nothing = worlds.state()
    padded = written(tmp_path, GOOD, line)
    if sentence is None:
        padded.write_text(f"{HEAD}\n{GOOD},,,,,\n{line}\n")
        sentence = "This line has 2 cells, and the first line names 11."
    found, problems = checked(padded)

    assert [(it.line, it.column, it.sentence) for it in problems] == [(3, column, sentence)]
    assert found.problems == 1
    assert worlds.state() == nothing


def test_rule_1_all_faults_of_all_lines_are_told_at_once(coins, tmp_path):
    _, problems = checked(written(tmp_path, "1,ann,x,deposit,XYZ,1", GOOD, ",,,,,"))
    assert [(it.line, it.column) for it in problems] == [
        *[(2, "time"), (2, "asset")],
        *[(4, name) for name in ("id", "account", "time", "kind", "asset")],
    ]


def test_rule_1_a_wrong_line_makes_no_false_ones_of_those_after_it(coins, tmp_path):
    _, problems = checked(written(tmp_path, "1,ann,x,deposit,BTC,1", f"2,ann,{before(days=1)},withdrawal,BTC,1"))
    assert [str(it) for it in problems] == ["line 2, time: A time looks like 2026-11-22T09:41:00Z."]


def test_rule_3_an_id_stands_once(coins, tmp_path):
    _, problems = checked(written(tmp_path, GOOD, GOOD.replace("ann", "bob")))
    assert [(it.line, it.column, it.sentence) for it in problems] == [(3, "id", "This id stood in a line before.")]


def test_a_purchase_of_a_processor_stands_once(coins, tmp_path):
    head = "id,account,time,kind,asset,amount,channel,processor,reference"
    lines = [f"{number},ann,{before(days=9)},purchase,BTC,1,card,psp,P1" for number in "12"]
    _, problems = checked(written(tmp_path, *lines, head=head))
    assert [(it.line, it.column) for it in problems] == [(3, "reference")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("id,account\n", "The first line has to name these columns too: time, kind, asset, amount."),
        (f"{HEAD},colour\n", "There are no such columns: 'colour'."),
        (f"{HEAD},fee\n", "These columns stand there twice: fee."),
        (f'{HEAD}\n1,"ann\n', "This cannot be read as CSV, nor anything after it: unexpected end of data."),
    ],
)
def test_files_that_are_none(coins, tmp_path, text, sentence):
    path = tmp_path / "history.csv"
    path.write_text(text)
    _, problems = checked(path)
    assert len(problems) == 1
    assert problems[0].sentence.startswith(sentence)


def test_bytes_that_are_no_utf8_are_named_by_their_line(coins, tmp_path):
    path = tmp_path / "history.csv"
    path.write_bytes(
        f"{HEAD}\n1,".encode() + "jürgen".encode("latin-1") + f",{before(days=1)},deposit,BTC,1,,,,,\n".encode()
    )
    _, problems = checked(path)
    assert [(it.line, it.column) for it in problems] == [(2, "account")]


@pytest.mark.parametrize("mark", [",", ";"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_marks_quotes_and_empty_lines(coins, tmp_path, mark, bom):
    head, amount = "ID;account;Time;kind;asset;amount", '"1,5"' if mark == ";" else '"1.5"'
    lines = [head, f'"a ""1""";"ann, or ; so";{before(days=1)};deposit;BTC;{amount}', "", ""]
    text = "\r\n".join(lines)
    path = tmp_path / "history.csv"
    path.write_bytes(bom + (text if mark == ";" else text.replace(";", ",").replace("or ,", "or ;")).encode())
    found, problems = checked(path)
    assert not problems
    assert (found.rows, found.accounts, found.came) == (1, 1, {"BTC": 150_000_000})


def test_a_comma_is_no_decimal_mark_where_it_separates(coins, tmp_path):
    head = "id,account,time,kind,asset,amount"
    _, problems = checked(written(tmp_path, f'1,ann,{before(days=1)},deposit,BTC,"1,5"', head=head))
    assert [it.column for it in problems] == ["amount"]


def test_rule_5_without_a_policy_a_purchase_of_today_is_no_history(coins, tmp_path):
    worlds.policy().__class__.objects.filter(channel="card").delete()
    _, problems = checked(written(tmp_path, f"1,ann,{before(hours=1)},purchase,BTC,1,,,,card"))
    assert [it.sentence for it in problems] == ["No policy says how long this is held. Make one first."]
