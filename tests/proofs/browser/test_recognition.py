"""What a file is, roughly: the other exchanges' samples by name, and our own files by their kind."""

from pathlib import Path

import pytest

from tests.proofs import make_vectors

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = {
    "bitget_older.json": "Bitget",
    "bitget_v1.0.4.json": "Bitget",
    "bitmex_tree.csv": "BitMEX",
    "bitunix.json": "Bitunix",
    "bybit_40_v2.json": "Bybit",
    "hotcoin_proof.json": "Hotcoin",
    "mexc.json": "MEXC",
    "okx_full-liabilities-merkle-tree.txt": "OKX",
    "okx_merkle_proof_file.json": "OKX",
    "okx_user_info_file.json": "OKX",
    "swissborg_roots.json": "SwissBorg",
    "swissborg_user.json": "SwissBorg",
}


@pytest.mark.parametrize(("sample", "name"), NAMES.items())
def test_another_exchanges_file_is_known_by_name(node, sample, name):
    assert kind_of(node, (SAMPLES / sample).read_bytes()) == {"kind": "foreign", "name": name}


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("proofs/good.json", "proof"),
        ("statement.note", "statement"),
        ("statement-unsigned.note", "statement"),
        ("log/checkpoint", "checkpoint"),
    ],
)
def test_our_own_files_are_known_by_kind(node, file, kind):
    assert kind_of(node, (make_vectors.FOLDER / file).read_bytes()) == {"kind": kind}


@pytest.mark.parametrize("content", [b"", b"\xff", b"null", b"[]", b"7", b"{", b'{"self":null,"path":[]}', b'"text"'])
def test_whatever_else_it_is_goes_to_the_verifier(node, content):
    assert kind_of(node, content) == {"kind": "proof"}


def kind_of(node, content):
    return node.call("recognition.js kindOf", content)
