"""`echt api key`: made, listed, taken back."""

import os

import pytest

from echt.api.models import ApiKey
from echt.site.cli import main
from tests.api.engine import Engine


@pytest.fixture
def run(db, capsys, monkeypatch):
    before = os.umask(0o077)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["api", "key", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "echt.site.settings")
    yield run
    os.umask(before)


def test_a_key_is_printed_once_and_works(run):
    code, secret, told = run("create", "matching engine", "--scope", "assets.read", "--scope", "gate.ask")
    key = ApiKey.objects.get()

    assert code == 0
    assert "shown once" in told
    assert key.scopes == ["assets.read", "gate.ask"]
    assert (key.ends_at - key.made_at).days in {364, 365}
    assert Engine(secret=secret.strip()).get("/assets").status_code == 200
    code, listed, _ = run("list")
    assert listed.startswith(f"{key.prefix}  in force  used ")
    assert secret.strip()[-43:] not in listed


def test_a_key_that_is_taken_back_counts_no_more(run):
    secret = run("create", "engine", "--scope", "assets.read", "--days", "0")[1].strip()
    key = ApiKey.objects.get()
    assert key.ends_at is None
    assert run("revoke", key.prefix)[0] == 0
    assert "revoked" in run("list")[1]
    assert Engine(secret=secret).get("/assets").status_code == 401


def test_what_is_not_there_changes_nothing(run):
    code, _, told = run("create", "engine", "--scope", "everything")
    assert (code, ApiKey.objects.count()) == (1, 0)
    assert "There is no scope everything. There are: assets.read," in told
    code, _, told = run("revoke", "nobody")
    assert code == 1
    assert "no such key" in told
