"""`echt screening`."""

import os

import pytest

from echt.identity.models import ScreeningList
from echt.site.cli import main
from tests.identity.screening.conftest import LUDMILLA, OTTOKAR


@pytest.fixture
def run(db, capsys, monkeypatch):
    before = os.umask(0o077)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "echt.site.settings")

    def run(*arguments) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    yield run
    os.umask(before)


def named(*files) -> tuple:
    return ("screening", "import", *files, "--name", "Tests", "--kind", "pep", "--version", "2026-11-20")


def test_a_list_is_brought_in_and_shown(run, write):
    assert "nobody is screened" in run("screening", "lists")[1]

    code, told, _ = run(*named(write(OTTOKAR, LUDMILLA)))
    listed = run("screening", "lists")[1]

    assert code == 0
    assert "Tests 2026-11-20 is in force: 2 persons, SHA-256 " in told
    assert listed.startswith("Tests  pep  2026-11-20  2 persons  since ")


def test_a_refusal_names_the_rows(run, write):
    code, _, complaint = run(*named(write("N-1,,,,", LUDMILLA)))

    assert code == 1
    assert complaint == "Nothing was imported.\nRow 2 has no name.\n"
    assert not ScreeningList.objects.exists()


def test_a_smaller_list_needs_to_be_said(run, write):
    run(*named(write(OTTOKAR, LUDMILLA, "N-3,Somebody Else,,,")))

    assert run(*named(write(OTTOKAR)))[0] == 1
    assert run(*named(write(OTTOKAR)), "--smaller")[0] == 0
