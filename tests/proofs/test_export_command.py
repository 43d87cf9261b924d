"""`echt proofs export`, from a folder that a build left: its statement, and the balances that it was made of."""

import argparse
import json

import pytest

from echt.proofs import statements
from echt.proofs.verify import Verdict, verify
from echt.site.commands.proofs import export
from tests.proofs import reference

BALANCES = "account,BTC,ETH\nann,5,0\nben,7,1.5\ncem,0,0.25\n"
COLUMNS = [("BTC", 0, "credit"), ("ETH", 18, "credit")]
TOTALS = [12, 175 * 10**16]


def folder(path, columns=COLUMNS, totals=TOTALS):
    """What the export looks at in a finished folder."""
    config = reference.configuration(columns, 0, 3)
    note = statements.make(config, bytes(32), totals, operator="example.org").line.decode() + "\n\n"
    (path / "top").mkdir(parents=True)
    for name, content in (("config.json", "{}"), ("top/nodes", ""), ("statement.note", note)):
        (path / name).write_text(content)
    return path


@pytest.fixture
def built(tmp_path):
    (tmp_path / "balances.csv").write_text(BALANCES)
    return folder(tmp_path / "built")


def run(built, *words, balances="balances.csv"):
    parser = argparse.ArgumentParser()
    export.add(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    place = built.parent
    line = ["export", str(built), "--format", "mexc", "--out", str(place / "out"), *words]
    arguments = parser.parse_args([*line, "--balances", str(place / balances)])
    return arguments.run(arguments)


def written(built):
    out = built.parent / "out"
    return {file.name: json.loads(file.read_text()) for file in out.iterdir()} if out.exists() else {}


def test_every_customer_gets_a_file_and_the_operator_a_warning(built, capsys):
    assert run(built) == 0
    said = capsys.readouterr()
    assert ("3 files" in said.out, "is not sound" in said.err) == (True, True)
    files = written(built)
    assert files["ben.json"]["self"]["balances"] == {"BTC": "7", "ETH": "1.5"}
    assert {file["self"]["proofId"] for file in files.values()} == {"test"}
    assert {verify(json.dumps(file).encode()).verdict for file in files.values()} == {Verdict.CONSISTENT_ONLY}


def test_one_customer_alone(built, capsys):
    assert run(built, "--account", "cem") == 0
    assert (list(written(built)), "1 file " in capsys.readouterr().out) == (["cem.json"], True)


@pytest.mark.parametrize(
    ("balances", "sentence"),
    [
        (BALANCES.replace("ann,5", "ann,4"), "it says 12 BTC, and they add up to 11"),
        (BALANCES.replace("BTC", "LTC"), "their columns are LTC, ETH"),
        ("account,ETH,BTC\nann,1.75,12\n", "their columns are ETH, BTC"),
        (BALANCES + "ann,0,0\n", "Account ann is there twice"),
        (BALANCES + "dag,x,0\n", "balances.csv"),
    ],
)
def test_balances_that_are_not_those_of_the_folder_are_refused(built, capsys, balances, sentence):
    (built.parent / "balances.csv").write_text(balances)
    assert run(built) == 2
    assert sentence in capsys.readouterr().err
    assert written(built) == {}


def test_amounts_above_64_bits_are_carried_exactly(tmp_path):
    (tmp_path / "balances.csv").write_text(f"account,BTC,ETH\nann,{2**126},{2**64}\nben,1,{2**64 - 1}\n")
    built = folder(tmp_path / "built", [("BTC", 0, "credit"), ("ETH", 0, "credit")], [2**126 + 1, 2**65 - 1])
    assert run(built) == 0
    assert written(built)["ann.json"]["self"]["balances"] == {"BTC": str(2**126), "ETH": str(2**64)}


def test_debts_are_refused_before_anything_is_read(tmp_path, capsys):
    built = folder(tmp_path / "built", [*COLUMNS, ("BTC", 0, "debt")], [*TOTALS, 1])
    assert run(built, balances="not there") == 2
    assert "what customers owe (BTC)" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["config.json", "top/nodes"])
def test_what_is_no_finished_folder_is_refused(built, capsys, name):
    (built / name).unlink()
    assert run(built) == 2
    assert "was not made by `echt proofs build`" in capsys.readouterr().err


def test_a_damaged_statement_is_refused(built, capsys):
    (built / "statement.note").write_bytes(b"\xff")
    assert run(built) == 2
    assert "statement.note is damaged" in capsys.readouterr().err
