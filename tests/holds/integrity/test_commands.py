"""`echt ledger` and what `echt doctor` says of the ledger."""

import os

import pytest

from echt.site.cli import main
from echt.site.diagnosis import State, ledger
from echt.wallets.models import Balance, Transfer
from tests.holds import worlds
from tests.wallets.importing.files import before, written


@pytest.fixture
def run(db, capsys, monkeypatch, travel):
    """`run("ledger", "verify")`: the exit code, what was printed, and what was complained of."""
    mask = os.umask(0o077)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "echt.site.settings")

    def run(*arguments):
        code = main([str(it) for it in arguments])
        return code, *capsys.readouterr()

    yield run
    os.umask(mask)


@pytest.fixture
def file(db, tmp_path):
    worlds.asset("BTC", 8)
    lines = [f"1,ann,{before(days=9)},deposit,BTC,2", f"2,ann,{before(days=8)},withdrawal,BTC,0.5,0.0001"]
    return written(tmp_path, *lines)


def test_import_says_what_there_is_and_takes_it(run, file):
    code, told, complaints = run("ledger", "import", file)
    assert (code, complaints) == (0, "")
    assert told.splitlines() == [
        "2 lines of 1 accounts; 0 of them were taken before.",
        "BTC: 2.00000000 came in, 0.50010000 went out.",
        "Taken: 2 lines.",
    ]


def test_a_dry_run_takes_nothing(run, file):
    code, told, _ = run("ledger", "import", "--dry-run", file)
    assert code == 0
    assert told.endswith("The file can be taken. Nothing was taken.\n")
    assert not Transfer.objects.exists()


def test_one_bad_line_and_nothing_is_taken(run, file):
    file.write_text(file.read_text().replace("0.5", "5"))
    code, told, complaints = run("ledger", "import", file)
    assert (code, told) == (1, "")
    assert complaints.splitlines() == [
        "line 3, amount: The balance would be below zero: 3.00010000 BTC are missing.",
        "Nothing was taken. Problems: 1",
    ]
    assert not Transfer.objects.exists()


def test_a_file_that_is_not_there(run, tmp_path):
    code, _, complaint = run("ledger", "import", tmp_path / "none.csv")
    assert (code, complaint) == (1, "The file cannot be read: No such file or directory.\n")


def test_verify_and_the_doctor_say_that_it_is_whole_or_what_is_not(run, file):
    run("ledger", "import", file)
    code, told, _ = run("ledger", "verify")
    assert (code, told) == (0, "The ledger is whole: 2 transfers, 5 postings, 1 balances, 0 holds.\n")
    assert [it.state for it in ledger()] == [State.FINE]

    Balance.objects.update(posted=7)
    code, _, complaints = run("ledger", "verify")
    assert code == 1
    assert "It is 7, and its postings sum to 149990000." in complaints
    assert "The ledger does not hold" in complaints
    assert [it.state for it in ledger()] == [State.BROKEN]


def test_the_doctor_leaves_a_large_ledger_to_the_command(run, file, monkeypatch):
    run("ledger", "import", file)
    monkeypatch.setattr("echt.site.diagnosis.MOST_TRANSFERS", 1)
    (finding,) = ledger()
    assert (finding.state, finding.advice) == (State.NOTE, "Run echt ledger verify.")
