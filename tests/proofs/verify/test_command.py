"""The command as people and scripts meet it: what it prints, how it ends, what it does with a hostile file."""

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from echt.proofs.verify import Knowledge, Reason, Report, Step, Verdict, command
from echt.proofs.verify.wording import VERDICTS, wording
from echt.site import cli
from tests.proofs.trees import OPERATOR
from tests.proofs.verify.worlds import content, proof, root, world

SOURCE = Path(command.__file__).parents[3]
FILES = {
    "good.json": content(proof()),
    "statement.note": world().note.encode(),
    "operator.key": OPERATOR.vkey.encode() + b"\n",
    "changed.json": content(proof() | {"account": {"id": "10002", "key": "00" * 32}}),
    "text.txt": b"no proof",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, raw in FILES.items():
        (tmp_path / name).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


KNOWN = ("--statement", "statement.note", "--operator-key", "operator.key")


@pytest.fixture
def run(folder, capsys):
    def run(*words):
        code = command.main(list(words))
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out

    return run


@pytest.mark.parametrize(
    ("exit_code", "verdict", "words"),
    [
        (0, "verified", ("good.json", *KNOWN)),
        (0, "verified", ("good.json", "--root", root())),
        (0, "verified", ("good.json", "--statement", "statement.note", "--operator-key", OPERATOR.vkey, "--account", "10001")),
        (1, "not verified", ("changed.json", *KNOWN)),
        (1, "not verified", ("good.json", "--account", "10002")),
        (2, "cannot read", ("text.txt",)),
        (2, "cannot read", ("good.json", "--root", "x")),
        (2, "cannot read", ("good.json", "--operator-key", "text.txt")),
        (3, "consistent only", ("good.json",)),
    ],
)  # fmt: skip
def test_exit_codes_and_verdicts_for_people_and_for_programs(run, exit_code, verdict, words):
    code, text = run(*words)
    code_of_json, answer = run(*words, "--json")

    assert code == code_of_json == exit_code
    assert f"Result: {verdict}\n" in text
    assert json.loads(answer)["verdict"] == verdict
    assert ("verified" in re.sub("not verified", "", text)) == (verdict == "verified")
    assert ("verified" in re.sub("not verified", "", answer)) == (verdict == "verified")


def test_what_people_read(run):
    _, text = run("good.json", *KNOWN)

    assert text == (
        "good.json: echt/1\n"
        "\n"
        "✓ Form: complete and in form; columns: 3, pieces: 2, levels: 5\n"
        "✓ Statement: it is the one that you gave, signed with the key of “demo.example/reserves”\n"
        "✓ Identity: the leaves follow from the account number 10001 and its key; it must be yours\n"
        "✓ Paths: every leaf leads to the root\n"
        "✓ Totals: what the statement says is owed is the sum at the top\n"
        "✓ Log: the statement is entry 3 of 3\n"
        "✓ Balance: what you have in snapshot test of 2026-01-01T00:00:00Z\n"
        "\n"
        "Result: verified\n"
        "Your balance is in what the operator committed to.\n"
        "\n"
        "According to the file you have:\n"
        "  BTC            1.50000000\n"
        "  USDT        2500.00\n"
        "  BTC (debt)     0.00000000\n"
    )


def test_where_it_does_not_match_it_says_which_line_and_what_to_do(run):
    _, text = run("changed.json", *KNOWN)

    assert text.count("✗") == 1
    assert "What to do: keep this file as it is." in text
    assert "According to the file" not in text


@pytest.mark.parametrize(("setting", "words"), [("de_DE.UTF-8", ()), ("de", ()), ("en_US.UTF-8", ("--language", "de"))])
def test_german_by_setting_or_by_word(run, monkeypatch, setting, words):
    monkeypatch.setenv("LC_ALL", setting)
    _, text = run("good.json", *words)
    _, answer = run("good.json", "--json", *words)

    assert "Ergebnis: nur in sich stimmig" in text
    assert "– Erklärung: sie kommt allein aus der Nachweisdatei" in text
    assert "nur das Wort des Betreibers" in json.loads(answer)["reasons"][0]["text"]
    assert "verified" not in text


def test_every_verdict_has_words_in_both_languages():
    for verdict in Verdict:
        report = Report("mexc", "chain", "sane", False, verdict, (Reason("a.b", "Because.", "Darum."),))
        assert "Because." in wording(report, "x", "en")
        assert "Darum." in wording(report, "x", "de")
    assert {english for english, _ in VERDICTS.values()} == {verdict.value for verdict in Verdict}


def test_nothing_in_a_file_can_rewrite_the_lines_above():
    evil = "\r\x1b[2K✓ all is well \u202e\u2066"
    report = Report(
        "x",
        None,
        None,
        None,
        Verdict.NOT_VERIFIED,
        (Reason("a.b", evil, evil),),
        {evil: evil},
        {},
        (Step("A", False, evil),),
    )

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]", wording(report, evil, "en"))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("file.missing", "nothing.json"),
        ("file.folder", "."),
        ("file.unreadable", "good.json/x"),
        ("file.missing", "x" * 200),
    ],
)
def test_a_file_that_cannot_be_opened_gets_an_answer_in_json_too(run, code, name):
    exit_code, answer = run(name, "--json")
    _, text = run(name)

    assert exit_code == 2
    assert [reason["code"] for reason in json.loads(answer)["reasons"]] == [code]
    assert list(json.loads(answer)) == ["format", "hashes", "numbers", "format_sound", "verdict", "reasons", "amounts"]
    assert "Result: cannot read" in text


def test_a_file_that_may_not_be_read(run, monkeypatch):
    def refuse(*_words):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refuse)

    assert json.loads(run("good.json", "--json")[1])["reasons"][0]["code"] == "file.forbidden"


@pytest.mark.parametrize("option", ["--statement", "--checkpoint"])
def test_what_was_brought_cannot_be_opened(run, option):
    code, answer = run("good.json", option, "nothing", "--json")

    assert code == 2
    assert json.loads(answer)["reasons"][0]["code"] == "file.missing"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero")
def test_an_endless_file_and_one_of_ten_gigabytes_are_read_up_to_the_limit(folder, monkeypatch):
    monkeypatch.setattr(command, "LARGEST_FILE", 2**16)
    with (folder / "huge.json").open("wb") as file:
        file.truncate(10 * 2**30)

    assert len(command._content(Path("/dev/zero"), command.LARGEST_FILE)) == 2**16 + 1
    assert len(command._content(folder / "huge.json", command.LARGEST_FILE)) == 2**16 + 1


def test_statement_and_root_exclude_each_other(folder, capsys):
    with pytest.raises(SystemExit) as end:
        command.main(["good.json", "--root", "0", "--statement", "x"])

    assert end.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_a_log_without_an_older_checkpoint_is_refused_rather_than_ignored(folder, capsys):
    assert command.main(["good.json", "--log", "tiles"]) == 2
    printed = capsys.readouterr()
    assert (printed.out, "--checkpoint" in printed.err) == ("", True)


def test_everything_that_can_be_brought_reaches_the_verifier(folder, monkeypatch):
    asked = []
    monkeypatch.setattr(
        command,
        "verify",
        lambda raw, known: asked.append((raw, known)) or Report(None, None, None, None, Verdict.CANNOT_READ),
    )
    words = ["--account", "1", "--credential", "c", "--nonce", "ab", "--checkpoint", "text.txt", "--log", "tiles"]
    command.main(["text.txt", "--root", "00", "--operator-key", "k", *words])

    assert asked == [(b"no proof", Knowledge(None, "00", "k", "1", "c", "ab", b"no proof", Path("tiles")))]


# In a process of its own.


def process(*words, language="C.UTF-8", **more):
    environment = {"PYTHONPATH": str(SOURCE), "LC_ALL": language, "PATH": os.environ["PATH"], **more}
    return subprocess.run([sys.executable, *words], capture_output=True, check=False, env=environment, timeout=60)


def test_it_runs_as_a_module(folder):
    done = process("-m", "echt.proofs.verify", "good.json")

    assert done.returncode == 3
    assert "Result: consistent only" in done.stdout.decode()


def test_a_terminal_that_knows_no_check_mark_gets_the_answer_all_the_same(folder):
    done = process("-m", "echt.proofs.verify", "good.json", PYTHONIOENCODING="ascii")

    assert done.returncode == 3
    assert b"? Form: complete" in done.stdout


def test_the_echt_command_starts_fast_and_imports_nothing_heavy(folder):
    program = (
        "import sys; from echt.site.cli import main; code = main(['proofs', 'verify', 'good.json', '--json']);"
        "heavy = {'numpy', 'numba', 'pyarrow', 'django', 'pydantic', 'cryptography', 'structlog'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else code)"
    )
    before = computed_by_children()
    done = process("-c", program)

    assert (done.returncode, done.stderr) == (3, b"")
    assert computed_by_children() - before < 0.3


def computed_by_children():
    """Seconds of computing, which do not depend on what else the machine has to do."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_verifier_alone_imports_the_standard_library_and_itself():
    program = (
        "import sys; import echt.proofs.verify.command;"
        "ours = [name for name in sys.modules if name.startswith('echt')];"
        "others = {name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names) - {'echt', '__main__'};"
        "foreign = [name for name in ours if not name.startswith('echt.proofs.verify')];"
        "print(sorted(others), foreign)"
    )

    assert (
        process("-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(SOURCE)!r}); {program}").stdout
        == b"[] ['echt', 'echt.proofs']\n"
    )


def test_the_echt_command_answers_the_same(folder, capsys):
    assert cli.main(["proofs", "verify", "good.json", *KNOWN]) == 0
    assert "Result: verified" in capsys.readouterr().out
