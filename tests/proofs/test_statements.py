import json
from hashlib import sha256
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.proofs import keys, statements
from echt.proofs.refusals import Refused
from echt.proofs.verify.statement import read_statement
from tests.proofs import reference

VECTORS = Path(str(resources.files("echt.proofs") / "vectors"))
HASH = "ab" * 32
ROOT = bytes(range(32))
CONFIG = {
    "bucket_bits": 4,
    "columns": [
        {"asset": "BTC", "decimals": 8, "side": "credit"},
        {"asset": "BTC", "decimals": 8, "side": "debt"},
    ],
    "format": "echt/1",
    "pieces": 2,
    "prefix_bits": 10,
    "snapshot": "2026-06-30",
    "taken_at": "2026-06-30T00:00:00Z",
}


def make(config=CONFIG, root=ROOT, totals=(7, 0), **more):
    return statements.make(config, root, totals, **{"operator": "Börse", "reserves": None, "previous": None, **more})


def test_a_statement_is_one_line_of_canonical_json():
    line = make(reserves=HASH, previous="cd" * 32).line

    assert b"\n" not in line
    assert line == reference.jcs(json.loads(line))
    assert json.loads(line) == {
        "config": CONFIG,
        "format": "echt/1",
        "operator": "Börse",
        "previous": "cd" * 32,
        "reserves": HASH,
        "root": ROOT.hex(),
        "totals": ["7", "0"],
    }


def test_its_hash_is_that_of_its_line():
    assert make().hash == sha256(make().line).hexdigest()


@given(
    st.lists(st.integers(0, 2**127 - 1), min_size=2, max_size=2),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=128),
    st.none() | st.just(HASH),
)
def test_the_verifier_reads_what_was_made(totals, operator, link):
    made = make(totals=totals, operator=operator, reserves=link, previous=link)
    read = read_statement(keys.sign_note(made.line, None))

    assert (read.line, read.root, read.totals, read.operator) == (made.line, ROOT, totals, operator)


def test_a_signature_does_not_change_the_statement(tmp_path):
    signer = keys.generate("por.example.org/log")
    (tmp_path / "note").write_text(keys.sign_note(make().line, signer))

    assert statements.read(tmp_path / "note") == make()


def test_the_statement_of_the_golden_vectors_is_made_byte_for_byte():
    there = statements.read(VECTORS / "statement.note")
    value = json.loads(there.line)
    made = statements.make(
        value["config"],
        bytes.fromhex(value["root"]),
        [int(total) for total in value["totals"]],
        operator=value["operator"],
        reserves=value["reserves"],
        previous=value["previous"],
    )

    assert made == there == statements.read(VECTORS / "statement-unsigned.note")


@pytest.mark.parametrize(
    "wrong",
    [
        {"totals": [7]},
        {"totals": [7, -1]},
        {"totals": [7, 2**127]},
        {"root": ROOT[:-1]},
        {"operator": ""},
        {"operator": "a" * 129},
        {"operator": "two\nlines"},
        {"reserves": HASH.upper()},
        {"previous": HASH[:-1]},
        {"previous": ""},
        {"config": CONFIG | {"columns": []}},
        {"config": CONFIG | {"columns": CONFIG["columns"][:1] * 2}},
        {"config": CONFIG | {"pieces": 0}},
        {"config": CONFIG | {"pieces": 17}},
        {"config": CONFIG | {"prefix_bits": 45}},
        {"config": CONFIG | {"snapshot": "30 June"}},
        {"config": CONFIG | {"taken_at": "2026-06-31T00:00:00Z"}},
        {"config": CONFIG | {"more": 1}},
        {"config": {}},
    ],
)
def test_what_no_verifier_would_read_is_not_made(wrong):
    with pytest.raises(Refused, match=r"The statement cannot be used\. .+"):
        make(**wrong)


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}\n\n", b'{"a": 1}\n\n', b"no note"])
def test_what_is_not_a_statement_is_named(tmp_path, content):
    (tmp_path / "note").write_bytes(content)

    with pytest.raises(Refused, match=r"note (does not hold a statement|cannot be used)"):
        statements.read(tmp_path / "note")
