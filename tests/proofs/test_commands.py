"""`echt proofs` from end to end, and what it says to input that cannot be used."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from echt.site.cli import main
from tests.proofs.engine.balances import state

BALANCES = "account,BTC,USDT,margin\nanna,150000000,10,0\nzoë,1,0,7\n"
TAKEN = ["--taken-at", "2026-11-22T20:00:00Z"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An empty folder to be in; what the command sets for its process is undone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "echt.site.settings")
    mask = os.umask(0o022)
    yield tmp_path
    os.umask(mask)


def proofs(*words):
    """The exit code, also where argparse ends the process."""
    try:
        return main(["proofs", *map(str, words)])
    except SystemExit as end:
        return end.code


def refused(capsys, *words):
    """What is said on stderr to words that change nothing."""
    capsys.readouterr()
    before = state(Path())
    assert proofs(*words) == 2
    said = capsys.readouterr().err
    assert state(Path()) == before
    assert "Traceback" not in said
    return said.splitlines()[-1]


def write(content, name="a.csv"):
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def whole(capsys):
    """A folder with everything that a build can have; what the commands have printed."""
    proofs("keygen", "--name", "example.org/reserves", "--out", "operator.key")
    public = capsys.readouterr().out.strip()
    words = ["--decimals", "BTC=8,USDT=2", "--debt", "margin", "--signing-key", "operator.key", "--log", "log", *TAKEN]
    assert proofs("build", write(BALANCES), "--out", "out", "--snapshot", "2026-11", *words) == 0
    return public, capsys.readouterr()


def test_from_balances_to_a_verified_proof(capsys):
    public, said = whole(capsys)
    root = json.loads(Path("out/statement.json").read_bytes())["root"]
    for sentence in (
        f"Root {root}",
        "Whole units, no decimals: margin (debt)",
        "BTC          1.50000001",
        "Entry 0 of the log",
    ):
        assert sentence in said.out
    assert "Hashing the tree" in said.err

    assert proofs("prove", "out", "--account", "zoë") == 0
    assert "private-proof-zoë.json" in capsys.readouterr().out
    known = ["--statement", "out/statement.note", "--operator-key", public, "--account", "zoë"]
    assert proofs("verify", "private-proof-zoë.json", *known) == 0
    assert "0.00000001" in capsys.readouterr().out
    assert proofs("verify", "private-proof-zoë.json", "--root", root, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["verdict"], answer["amounts"]["margin (debt)"]) == ("verified", "7")
    assert proofs("verify", "private-proof-zoë.json") == 3
    assert proofs("verify", "private-proof-zoë.json", "--root", "0" * 64) == 1
    assert proofs("log", "verify", "log/checkpoint", "--operator-key", public) == 0


def test_inspect_says_what_a_thing_is(capsys):
    whole(capsys)
    proofs("prove", "out", "--account", "anna", "--out", "proof.json")
    Path("half.unfinished").mkdir()
    capsys.readouterr()
    for path, sentence in {
        "out": "Accounts: 2, as 4 leaves in 1024 places.",
        "out/statement.note": "Statement of example.org/reserves on snapshot 2026-11, taken at 2026-11-22T20:00:00Z.",
        "out/statement.json": "Not signed.",
        "log": "The log example.org/reserves with 1 statement",
        "log/checkpoint": "",
        "proof.json": "A proof file of the format echt/1.",
        "half.unfinished": "An unfinished build.",
    }.items():
        code = proofs("inspect", path)
        said = capsys.readouterr()
        assert (code, sentence in said.out) == (0 if sentence else 2, True), path
    Path("out/report.json").write_text("{")
    assert "out is damaged" in refused(capsys, "inspect", "out")
    assert "no-such" in refused(capsys, "inspect", "no-such")


def test_files_that_a_customer_owns_are_the_customers_alone(capsys):
    whole(capsys)
    Path("proof.json").touch(mode=0o644)
    assert proofs("prove", "out", "--account", "anna", "--out", "proof.json") == 0
    modes = {path: stat.S_IMODE(Path(path).stat().st_mode) for path in ("proof.json", "operator.key", "out/master.key")}
    assert set(modes.values()) == {0o600}


def test_a_proof_goes_to_the_terminal(capsys):
    whole(capsys)
    assert proofs("prove", "out", "--account", "anna", "--out", "-") == 0
    assert json.loads(capsys.readouterr().out)["account"]["id"] == "anna"


def test_who_is_not_in_the_snapshot_is_told_so(capsys):
    whole(capsys)
    before = state(Path())
    assert proofs("prove", "out", "--account", "ben") == 1
    assert capsys.readouterr().err == "The account 'ben' is not in this snapshot.\n"
    assert state(Path()) == before


def test_export(capsys):
    assert proofs("build", write(BALANCES.replace(",margin", ",DOT")), "--out", "out", "--decimals", "BTC=8") == 0
    assert proofs("export", "out", "--format", "mexc", "--out", "mexc", "--balances", "a.csv") == 0
    assert len(list(Path("mexc").iterdir())) == 2


def test_the_same_build_again_gives_the_same_folder(capsys):
    write("ab" * 32 + "\n", "master.key")
    Path("master.key").chmod(0o600)
    for out in ("one", "two"):
        assert proofs("build", write(BALANCES), "--out", out, "--master-key", "master.key", *TAKEN) == 0
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in Path(out).rglob("*") if path.is_file()}
        for out in ("one", "two")
    )
    assert first == second
    assert Path("one/master.key").exists() is False


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("account,BTC\na,1\nb,-1\n", "a.csv, row 2 (line 3), column BTC: The amount “-1” is negative."),
        ("account,BTC\na,1.5\n", "a.csv, row 1 (line 2), column BTC: The amount “1.5” has a decimal point"),
        (f"account,BTC\na,{2**127}\n", "is too large"),
        ("account,BTC\na,1\nb,2\na,3\n", "The account 'a' is there more than once: row 1 of a.csv and row 3 of a.csv."),
        ("user,BTC\na,1\n", "a.csv: There is no column “account”."),
        ("account,BTC\na,one\n", "a.csv, row 1 (line 2), column BTC: The amount “one” is not a number."),
        ("account,BTC\na,NaN\n", "is not a number"),
        ("account,BTC\na,1e5\n", "is written with an exponent"),
        ("account,BTC\na\n", "fewer fields"),
        ("account,BTC\nMüller,1\n".encode("latin-1"), "is not UTF-8"),
        ("account,BTC\na,1\n".encode("utf-16"), "is UTF-16"),
        (b"account,BTC\na," + b"9" * 20_000_000, "a.csv, row 1 (line 2)"),
        (b"x" * 20_000_000, "a.csv"),
        (b"\x00" * 100, "a.csv"),
        ("", "The file is empty."),
        ("account,BTC\n", "There are no rows."),
        (f"account,BTC\na,{2**126}\nb,{2**126}\n", "A total reaches 2^127 smallest units."),
    ],
)
def test_csv_that_cannot_be_used(capsys, content, said):
    assert said in refused(capsys, "build", write(content), "--out", "out")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"account": ["a", "b"], "BTC": [1, -1]}, "a.parquet, row 2, column BTC: The amount “-1” is negative."),
        ({"account": ["a", "b"], "BTC": [1.0, 2.0]}, "floating point cannot hold amounts exactly"),
        ({"account": ["a", "b"], "BTC": [True, False]}, "a.parquet, column BTC: The type is bool"),
        ({"account": ["a", "b"], "BTC": [1, None]}, "a.parquet, row 2, column BTC: The amount is empty (null)."),
        ({"account": [1.5, 2.5], "BTC": [1, 2]}, "a.parquet, column account: The type is double"),
        ({"account": ["a", "a"], "BTC": [1, 2]}, "row 1 of a.parquet and row 2 of a.parquet"),
        ({"BTC": [1, 2]}, "There is no column “account”."),
    ],
)
def test_parquet_that_cannot_be_used(capsys, columns, said):
    pq.write_table(pa.table(columns), "a.parquet")
    assert said in refused(capsys, "build", "a.parquet", "--out", "out")


def test_parquet_that_is_cut_or_damaged(capsys):
    pq.write_table(pa.table({"account": [str(n) for n in range(5000)], "BTC": range(5000)}), "a.parquet")
    content = Path("a.parquet").read_bytes()
    for keep in (0, 4, 11, len(content) // 2, len(content) - 1):
        write(content[:keep], "a.parquet")
        assert refused(capsys, "build", "a.parquet", "--out", "out").startswith("a.parquet: ")
    garbage = np.random.default_rng(1).bytes(len(content) // 3)
    write(content[:100] + garbage + content[100 + len(garbage) :], "a.parquet")
    assert refused(capsys, "build", "a.parquet", "--out", "out").startswith("a.parquet")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pieces", "0"], "'0' is not a number from 1 to 16"),
        (["--pieces", "17"], "'17' is not a number from 1 to 16"),
        (["--pieces", "two"], "'two' is not a number from 1 to 16"),
        (["--workers", "0"], "'0' is not a number from 1 to 1024"),
        (["--workers", "-1"], "--workers"),
        (["--decimals", "X"], "'X' is not an asset with its decimals once"),
        (["--decimals", "BTC=8,BTC=9"], "'BTC=9' is not an asset with its decimals once"),
        (["--decimals", "BTC=37"], "37"),
        (["--decimals", "ETH=8"], "--decimals names “ETH”"),
        (["--debt", "ETH"], "--debt names “ETH”"),
        (["--taken-at", "tomorrow"], "a time looks like 2026-11-22T20:00:00Z"),
        (["--taken-at", "2026-02-30T00:00:00Z"], "a time looks like"),
        (["--taken-at", "2026-11-22T20:00:00+01:00"], "a time looks like"),
        (["--snapshot", "a b"], "a snapshot's name is 1 to 64"),
        (["--snapshot", ""], "a snapshot's name is 1 to 64"),
        (["--operator", "x" * 129], "operator is not a name of 1 to 128 characters"),
        (["--operator", "\x1b[31m"], "operator is not a name of 1 to 128 characters"),
        (["--engine", "abacus"], "invalid choice"),
        (["--master-key", "none"], "The master key none can't be read: No such file or directory."),
        (["--master-key", "open.key"], "open.key may be read by others. Run chmod 600 on it."),
        (["--master-key", "short.key"], "short.key does not hold a master key"),
        (["--master-key", "."], "The master key . can't be read"),
        (["--signing-key", "none"], "none: No such file or directory."),
        (["--signing-key", "short.key"], "short.key does not hold a signing key."),
        (["--previous", "a.csv"], "a.csv cannot be used."),
        (["--previous", "none"], "none: No such file or directory."),
        (["--reserves", "a.csv"], "a.csv"),
        (["--log", "log"], "--log needs --signing-key"),
        (["--out", "a.csv"], "a.csv is there already."),
        (["--out", "."], ". is there already."),
        (["--out", "a.csv/out"], "Not a directory."),
        (["--out", "x" * 300], "File name too long."),
        (["--out", "/proc/out"], "/proc/out.unfinished: "),
    ],
)
def test_nonsense_for_an_option_of_build(capsys, words, said):
    write("account,BTC\na,1\n")
    write("ab" * 32, "open.key")
    write("ab", "short.key")
    write("x", "notes.txt")
    Path("open.key").chmod(0o644)
    Path("short.key").chmod(0o600)

    assert said in refused(capsys, "build", "a.csv", "--out", "out", *words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.csv"], "none.csv: There is no such file."),
        (["a.csv", "a.csv"], "a.csv: The file was given twice."),
        (["notes.txt"], "notes.txt: The name does not say what the file is."),
        (["empty"], "empty: The folder holds no file with balances."),
        ([], "BALANCES"),
    ],
)
def test_nonsense_for_the_balances(capsys, words, said):
    write("account,BTC\na,1\n")
    write("x", "notes.txt")
    Path("empty").mkdir()
    assert said in refused(capsys, "build", *words, "--out", "out")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["keygen", "--name", "example.org", "--out", "a.csv"], "a.csv is there already"),
        (["keygen", "--name", "two words", "--out", "new.key"], "two words"),
        (["keygen", "--name", "example.org", "--out", "none/new.key"], "No such file or directory"),
        (["inspect", "a.csv"], "a.csv is neither a statement nor a proof file"),
        (["inspect", "empty"], "empty was not made by `echt proofs build`"),
        (["export", "empty", "--format", "mexc", "--out", "x", "--balances", "a.csv"], "empty was not made by"),
        (["export", "empty", "--format", "okx", "--out", "x", "--balances", "a.csv"], "invalid choice"),
        (["log", "verify", "a.csv"], "a.csv does not hold a checkpoint of a log."),
        (["log", "verify", "none"], "No such file or directory"),
        (["log", "prove", "empty", "--index", "0"], "There is no log in empty"),
        (["log", "append", "log", "a.csv", "--signing-key", "none"], "a.csv cannot be used."),
    ],
)
def test_nonsense_for_the_other_verbs(capsys, words, said):
    write("account,BTC\na,1\n")
    Path("empty").mkdir()
    assert said in refused(capsys, *words)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_may_not_be_written(capsys, place):
    write("account,BTC\na,1\n")
    Path("closed").mkdir(mode=0o500)
    assert "Permission denied" in refused(capsys, "build", "a.csv", "--out", "closed/out")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none", "--account", "a"], "The master key none/master.key can't be read"),
        (["out", "--account", "anna", "--master-key", "other.key"], "out was built with another master key."),
        (["out", "--account", "anna", "--out", "none/proof.json"], "No such file or directory."),
        (["out", "--account", "anna", "--out", "out"], "out is a folder. Name a file with --out."),
        (["a.csv", "--account", "anna"], "The master key a.csv/master.key can't be read"),
        (["out"], "--account"),
    ],
)
def test_nonsense_for_prove(capsys, words, said):
    whole(capsys)
    write("ab" * 32, "other.key")
    Path("other.key").chmod(0o600)
    assert said in refused(capsys, "prove", *words)


def test_a_damaged_folder_gives_no_proof(capsys):
    whole(capsys)
    nodes = Path("out/top/nodes").read_bytes()
    write(nodes[:-1] + bytes([nodes[-1] ^ 1]), "out/top/nodes")
    assert refused(capsys, "prove", "out", "--account", "anna").startswith("out is damaged")


def changed(proof, name):
    """The proof file, spoilt in some way."""
    text = json.dumps(proof)
    if name == "duplicate key":
        return text.replace('"format": "echt/1"', '"format": "echt/1", "format": "echt/1"', 1)
    if name == "deep":
        return "[" * 100_000
    if name == "NaN":
        return text.replace('"index": ', '"index": NaN, "was": ', 1)
    if name == "unknown field":
        return json.dumps(proof | {"note": "hello"})
    if name == "long path":
        proof["pieces"][0]["path"] *= 100_000
    if name == "negative":
        proof["pieces"][0]["amounts"][0] = "-1"
    if name == "surrogate":
        return text.replace("anna", "\\ud800", 1)
    return text[:1000] if name == "cut" else json.dumps(proof)


@pytest.mark.parametrize(
    "name", ["duplicate key", "deep", "NaN", "unknown field", "long path", "negative", "surrogate", "cut"]
)
def test_proof_files_that_cannot_be_read(capsys, name):
    assert proofs("build", write(BALANCES), "--out", "out", *TAKEN) == 0
    proofs("prove", "out", "--account", "anna", "--out", "proof.json")
    write(changed(json.loads(Path("proof.json").read_bytes()), name), "proof.json")
    capsys.readouterr()

    assert proofs("verify", "proof.json", "--json") == 2
    answer = json.loads(capsys.readouterr().out)
    assert (answer["verdict"], answer["amounts"]) == ("cannot read", {})
    assert answer["reasons"][0]["code"].startswith("form.")
    assert proofs("inspect", "proof.json") in (0, 2)


@pytest.mark.parametrize(
    "verb", ["build", "prove", "verify", "inspect", "export", "keygen", "log", "bench", "reserves"]
)
def test_every_verb_has_help(capsys, verb):
    assert proofs(verb, "--help") == 0
    assert f"echt proofs {verb}" in capsys.readouterr().out


def test_a_refusal_in_a_process_of_its_own(place):
    write("account,BTC\na,1\nb,-1\n")
    before = state(place)
    done = subprocess.run(
        [sys.executable, "-m", "echt.site", "proofs", "build", "a.csv", "--out", "out"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("a.csv, row 2 (line 3), column BTC: ")
    assert "Traceback" not in done.stderr
    assert state(place) == before
