"""The reference itself: against figures that come from elsewhere, and against its own sums."""

import pytest

from tests.proofs import reference, reference_log
from tests.proofs.signing import Signer
from tests.proofs.trees import HighTree, tree

ENTRIES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
ENTRIES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_log_has_the_roots_that_certificate_transparency_publishes(size):
    assert reference_log.log_root(ENTRIES[:size]).hex() == ROOTS[size]


def test_the_first_leaf_by_hand():
    config = reference.configuration([("BTC", 8, "credit")], 0, 0, pieces=1)
    alone = tree({"7": [258]}, config)

    key = reference.mac(alone.master, b"7")
    identity = reference.mac(key, reference.config_hash(config), bytes(4), b"7")
    leaf = reference.digest(b"leaf", identity, bytes(14), b"\x01\x02")

    assert alone.root == reference.digest(b"root", reference.config_hash(config), leaf, bytes(14), b"\x01\x02")


def test_totals_are_exact():
    config = reference.configuration([("A", 0, "credit"), ("B", 0, "debt")], 2, 5, pieces=3)

    assert tree({str(n): [n, 10**30 + n] for n in range(9)}, config).totals == [36, 9 * 10**30 + 36]


def test_leaves_stand_in_the_order_of_their_ids_in_their_buckets():
    config = reference.configuration([("A", 0, "credit")], 3, 3, pieces=1)
    ids = [identity for identity, _ in tree({str(n): [n] for n in range(9)}, config).leaves]

    assert ids == sorted(ids)
    assert [reference.bucket_of(one, config) for one in ids] == [n // 8 for n in range(64)]


def test_a_tree_that_is_too_high_has_paths_that_lead_to_its_root():
    config = reference.configuration([("A", 0, "credit")], 20, 20)
    high = HighTree({"a": [10], "b": [20]}, config)

    for piece, (identity, share) in zip(high.proof("a")["pieces"], high.pieces["a"], strict=True):
        at = reference.leaf(identity, share)
        for level, entry in enumerate(piece["path"]):
            beside = bytes.fromhex(entry["hash"]), [int(one) for one in entry["sums"]]
            at = reference.node(level + 1, *((beside, at) if piece["index"] >> level & 1 else (at, beside)))
        assert reference.root(config, at) == high.root


def test_a_verifier_key_has_the_name_in_its_number():
    assert Signer("a").key_id() != Signer("b").key_id()
