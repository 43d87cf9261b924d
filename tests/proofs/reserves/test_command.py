"""`echt proofs reserves`."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from echt.site.cli import main
from tests.proofs import reference
from tests.proofs.reserves.lists import ROWS, changed, csv_of
from tests.proofs.reserves.nodes import node
from tests.proofs.reserves.signers import MESSAGE
from tests.proofs.signing import Signer, note_of

OKX = Path(__file__).parent.parent / "samples" / "okx_okx_por_example.csv"
COLUMNS = [("BTC", 8, "credit"), ("ETH", 18, "credit"), ("ETH", 18, "debt"), ("SOL", 9, "credit")]
OWED = ["150000000", "1900000000000000000", "5", "0"]
HASH = sha256(csv_of(*ROWS)).hexdigest()


@pytest.fixture
def run(capsys):
    before = os.umask(0o077)

    def run(task: str, *arguments: object) -> tuple[int, str, str]:
        code = main(["proofs", "reserves", task, *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    yield run
    os.umask(before)


@pytest.fixture
def address_list(tmp_path):
    """A list of these rows in a file; all three good ones where none are given."""

    def write(*rows: tuple[str, ...]) -> Path:
        file = tmp_path / "list.csv"
        file.write_bytes(csv_of(*(rows or ROWS)))
        return file

    return write


@pytest.fixture
def statement(tmp_path):
    def write(totals=OWED, reserves=HASH, signer=None) -> Path:
        config = {
            "bucket_bits": 1,
            "columns": [{"asset": asset, "decimals": many, "side": side} for asset, many, side in COLUMNS],
            "format": "echt/1",
            "pieces": 1,
            "prefix_bits": 1,
            "snapshot": "por-1",
            "taken_at": "2026-09-30T00:00:00Z",
        }
        value = {
            "config": config,
            "format": "echt/1",
            "operator": "Example Exchange",
            "previous": None,
            "reserves": reserves,
            "root": "ab" * 32,
            "totals": totals,
        }
        file = tmp_path / "statement.note"
        file.write_text(note_of(value, signer) if signer else reference.jcs(value).decode() + "\n")
        return file

    return write


def test_verify_says_yes_where_all_is_proven(run, address_list):
    code, out, _ = run("verify", address_list(), "--message", MESSAGE)

    assert code == 0
    assert "BTC: proven 1.50000000" in out
    assert "3 proven" in out


def test_verify_warns_that_signatures_may_be_old(run, address_list):
    code, out, _ = run("verify", address_list())

    assert code == 0
    assert "may be of any age" in out


def test_verify_takes_snapshot_and_date_from_the_statement(run, address_list, statement):
    assert run("verify", address_list(), "--statement", statement())[0] == 0
    old = changed(ROWS[0], message="por-1 of 2026-09-29")
    code, out, _ = run("verify", address_list(old), "--statement", statement())
    assert code == 1
    assert "does not name the date 2026-09-30" in out


@pytest.mark.parametrize("spoiled", [{"signature": ""}, {"message": MESSAGE + "!"}])
def test_verify_says_no(run, address_list, spoiled):
    code, out, _ = run("verify", address_list(*ROWS[1:], changed(ROWS[0], **spoiled)))

    assert code == 1
    assert "2 proven" in out


def test_verify_okxs_list(run):
    code, out, _ = run("verify", OKX, "--format", "okx", "--message", "I am an OKX address")

    assert code == 3
    assert "3 proven, 2 owners" in out
    assert "ETH: proven 0.207920483175044365, owners 0.148960774325814037" in out


def test_verify_as_json(run, address_list):
    code, out, _ = run("verify", address_list(), "--snapshot", "por-2", "--json")
    report = json.loads(out)

    assert (code, report["verdict"], report["message_expected"]) == (1, "failed", True)
    assert report["sums"]["ETH"]["failed"] == "2000000000000000000"
    assert report["addresses"][0]["control"] == "proven"


@pytest.mark.parametrize("task", ["verify", "hash", "balances"])
def test_what_cannot_be_read_is_refused(run, address_list, tmp_path, task):
    bad = address_list(changed(ROWS[0], amount="1.5"))

    code, out, err = run(task, bad)
    assert (code, out) == (2, "")
    assert f"{bad}, row 1 (line 2), column amount" in err
    assert run(task, tmp_path / "absent.csv")[0] == 2


def test_hash_is_that_of_the_published_file(run, address_list, tmp_path):
    file = address_list(*reversed(ROWS))
    published = tmp_path / "published.csv"

    code, out, err = run("hash", file)
    assert (code, out.strip()) == (0, sha256(csv_of(*ROWS)).hexdigest())
    assert "not in the one form" in err

    run("hash", file, "--write", published)
    assert published.read_bytes() == csv_of(*ROWS)
    assert run("hash", published)[2] == ""
    assert run("hash", file, "--write", published)[0] == 2


def test_ratio_of_a_signed_statement(run, address_list, statement):
    signer = Signer()
    code, out, _ = run("ratio", address_list(), statement(signer=signer), "--operator-key", signer.vkey)

    assert code == 0
    assert "BTC: reserves 1.50000000, owed 1.50000000: 100.00 %" in out
    assert "105.26 %" in out
    assert "Customers owe 0.000000000000000005; it is not taken off." in out
    assert "SOL: reserves 7.000000000, owed 0.000000000: nothing is owed" in out


def test_ratio_is_open_without_the_operators_key(run, address_list, statement):
    code, out, _ = run("ratio", address_list(), statement())

    assert code == 3
    assert "signature was not checked" in out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"totals": ["150000001", *OWED[1:]]}, "99.99 %, not enough"),
        ({"reserves": "00" * 32}, "This is not the list that the statement names"),
    ],
)
def test_ratio_says_no(run, address_list, statement, given, words):
    signer = Signer()
    code, out, _ = run("ratio", address_list(), statement(signer=signer, **given), "--operator-key", signer.vkey)

    assert code == 1
    assert words in out


def test_ratio_refuses_a_statement_of_another_key(run, address_list, statement):
    note = statement(signer=Signer(seed=b"other"))

    code, _, err = run("ratio", address_list(), note, "--operator-key", Signer().vkey)
    assert code == 2
    assert "not signed by the operator key" in err
    assert run("ratio", address_list(), address_list())[0] == 2


def test_ratio_as_json(run, address_list, statement):
    report = json.loads(run("ratio", address_list(), statement(), "--places", "4", "--json")[1])

    assert [asset["percent"] for asset in report["assets"]] == ["100.0000", "105.2631", None]
    assert report["list_named"] is True


def test_balances_from_a_node(run, address_list):
    def answer(question, _):
        value = {"eth_chainId": "0x1", "eth_getBalance": hex(2 * 10**18)}[question["method"]]
        return 200, {}, json.dumps({"id": question["id"], "result": value}).encode()

    with node(answer) as url:
        code, out, _ = run("balances", address_list(ROWS[1]), "--node", f"ethereum={url}")
        more = run("balances", address_list(changed(ROWS[1], amount="2000000000000000001")), "--node", f"eth={url}")
        some = run("balances", address_list(), "--node", f"ethereum={url}", "--json")

    assert (code, more[0], some[0]) == (0, 1, 3)
    assert out.startswith("equal")
    assert "the list says more" in more[1]
    assert [row["agreement"] for row in json.loads(some[1])] == ["unknown", "equal", "unknown"]


def test_balances_from_a_file(run, address_list, tmp_path):
    theirs = tmp_path / "theirs.csv"
    theirs.write_bytes(csv_of(*ROWS))

    assert run("balances", address_list(), "--balances", theirs)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--node", "ethereum"], "NAME=VALUE"),
        (["--node", "sui=http://127.0.0.1:1"], "no questions for nodes of 'sui'"),
        (["--node", "ethereum=file:///etc/passwd"], "must begin with http"),
        (["--decimals", "ABC=x"], "not a number of decimals"),
    ],
)
def test_arguments_that_cannot_be_used_are_refused(run, address_list, arguments, words):
    code, _, err = run("balances", address_list(), *arguments)

    assert code == 2
    assert words in err
