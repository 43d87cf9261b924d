"""`echt proofs keygen` and `echt proofs log`, as people call them."""

import json
import os
import shutil

import pytest

from echt.proofs.keys import sign_note
from echt.proofs.log.checkpoints import as_text
from echt.proofs.log.folder import Log
from echt.site.cli import main
from tests.proofs.log.logs import ORIGIN, checkpoint
from tests.proofs.test_statements import make


@pytest.fixture
def echt(tmp_path, monkeypatch, capsys):
    """Call a command in an empty folder: its exit code, what it prints, what it says on the side."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "umask", lambda mode: 0)

    def call(*words):
        code = main(["proofs", *map(str, words)])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def operator(echt):
    """The operator's public key; the private one is in `op.key`, two statements in `first.note` and `second.note`."""
    from pathlib import Path

    first = make()
    Path("first.note").write_text(sign_note(first.line, None))
    Path("second.note").write_text(sign_note(make(previous=first.hash).line, None))
    return echt("keygen", "--name", ORIGIN, "--out", "op.key")[1].strip()


@pytest.fixture
def witness(echt):
    return echt("keygen", "--witness", "--name", "witness.example.net", "--out", "w.key")[1].strip()


@pytest.fixture
def append(echt, operator):
    return lambda note: echt("log", "append", "LOG", note, "--signing-key", "op.key")


@pytest.fixture
def cosign(echt, operator, witness):
    words = ("--key", "w.key", "--state", "w.json", "--operator-key", operator, "--log", "LOG")
    return lambda head="LOG/checkpoint": echt("log", "witness", head, *words)


def test_a_key_is_printed_in_public_and_kept_in_private(echt, tmp_path):
    code, public, said = echt("keygen", "--name", ORIGIN, "--out", "op.key")

    assert code == 0
    assert public.startswith(f"{ORIGIN}+")
    assert "can't be made again" in said
    assert "PRIVATE" not in public + said
    assert (tmp_path / "op.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "out", "words"),
    [
        ("two words", "new.key", "can't be named"),
        (ORIGIN, "op.key", "there already"),
        (ORIGIN, "no/where", "No such file"),
    ],
)
def test_a_key_that_cannot_be_made(echt, operator, name, out, words):
    code, public, said = echt("keygen", "--name", name, "--out", out)

    assert (code, public, words in said) == (2, "", True)


def test_the_way_of_a_statement_through_the_log(echt, tmp_path, append, cosign, operator, witness):
    assert append("first.note")[:2] == (
        0,
        f"It is statement 0 of the log. Its hash, which the next one names as previous: {make().hash}\n",
    )
    assert append("first.note")[1].startswith("It is statement 0")
    shutil.copy("LOG/checkpoint", "kept")
    assert append("second.note")[1].startswith("It is statement 1")

    code, cosigned, said = cosign()
    assert (code, "first checkpoint" in said) == (0, True)
    (tmp_path / "cosigned").write_text(cosigned)
    assert echt("log", "collect", "LOG", "cosigned", "--witness-key", witness)[0] == 0
    assert (tmp_path / "LOG/checkpoint").read_text() == cosigned
    assert json.loads(echt("log", "prove", "LOG", "--index", "0")[1]) == Log(tmp_path / "LOG").inclusion_part(0)

    code, told, _ = echt(
        *("log", "verify", "LOG/checkpoint", "--operator-key", operator, "--older", "kept"),
        *("--log", "LOG", "--witness-key", witness, "--witnesses", "1"),
    )
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()[1:]] == ["yes"] * 4


def test_nobodys_word_is_not_a_yes(echt, append):
    append("first.note")
    code, told, _ = echt("log", "verify", "LOG/checkpoint", "--log", "LOG")

    assert code == 3
    assert "not checked  Operator's signature: No operator key was given" in told


def test_what_does_not_hold_is_a_no(echt, append, witness, operator):
    append("first.note")
    code, told, _ = echt("log", "verify", "LOG/checkpoint", "--operator-key", operator, "--witness-key", witness)

    assert code == 1
    assert "NO           Witnesses: 0 of 1 have cosigned it, and 1 have to." in told


def test_a_witness_says_no_to_a_fork_and_keeps_the_evidence(append, cosign, tmp_path):
    append("first.note")
    assert cosign()[0] == 0
    shutil.move("LOG", "HIDDEN")
    append("second.note")

    code, printed, said = cosign()
    assert (code, printed) == (1, "")
    assert "Not cosigned. " in said
    assert len(list(tmp_path.glob("w.json.fork-*"))) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["append", "LOG", "op.key", "--signing-key", "op.key"], "op.key cannot be used"),
        (["append", "LOG", "first.note", "--signing-key", "first.note"], "so that others may use the key"),
        (["append", "LOG", "missing", "--signing-key", "op.key"], "missing: No such file or directory."),
        (["prove", "LOG", "--index", "0"], "There is no log in LOG"),
        (["verify", "first.note"], "first.note does not hold a checkpoint"),
        (["verify", "head", "--operator-key", "K"], "K is not an operator's public key"),
        (["verify", "head", "--witness-key", "K"], "K is not a witness's public key"),
        (["verify", "head", "--witnesses", "1"], "does not go with 0 different keys"),
        (["verify", "head", "--older", "first.note"], "first.note does not hold a checkpoint"),
        (["verify", "head", "--log", "nowhere"], ""),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(echt, operator, tmp_path, words, said):
    (tmp_path / "first.note").chmod(0o644)
    (tmp_path / "head").write_text(as_text(checkpoint(1, bytes(32))))
    code, _, error = echt("log", *words)

    assert said in error
    assert code == (2 if said else 1)
    assert not (tmp_path / "LOG/checkpoint").exists()


def test_as_many_witnesses_as_there_are_keys(echt, witness, tmp_path):
    (tmp_path / "head").write_text(as_text(checkpoint(1, bytes(32))))

    for number in (0, 2):
        words = ("--witness-key", witness, "--witness-key", witness, "--witnesses", number)
        assert "does not go with 1 different keys" in echt("log", "verify", "head", *words)[2]
