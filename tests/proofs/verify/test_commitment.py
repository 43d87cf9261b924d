"""The numbered rules of `commitment`, by the golden vectors and by the attack that the second one is against."""

import json
from hashlib import sha256

import pytest

from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.commitment import bucket_of, config_hash, leaf_identity, leaf_node, parent_node, root_hash
from tests.proofs.make_vectors import FOLDER

HASHES = json.loads((FOLDER / "hashes.json").read_text("utf-8"))
IDS = json.loads((FOLDER / "ids.json").read_text("utf-8"))


def numbers(texts):
    return [int(text) for text in texts]


def node(of):
    return bytes.fromhex(of["hash"]), numbers(of["sums"])


def test_rule_1_every_hash_is_that_of_the_vectors():
    for one in HASHES["config"]:
        assert config_hash(canonical_json(one["config"])).hex() == one["hash"]
    for one in HASHES["leaf"]:
        assert leaf_node(bytes.fromhex(one["id"]), numbers(one["amounts"]))[0].hex() == one["hash"]
    for one in HASHES["node"]:
        assert parent_node(one["level"], node(one["left"]), node(one["right"])) == node(one)
    for one in HASHES["root"]:
        assert root_hash(config_hash(canonical_json(one["config"])), node(one["top"])).hex() == one["root"]


def test_rule_1_words_keep_leaf_node_and_root_apart():
    assert leaf_node(bytes(32), [1])[0] != sha256(bytes(32) + (1).to_bytes(16, "big")).digest()
    assert root_hash(bytes(32), (bytes(32), [1])) != leaf_node(bytes(32), [1])[0]


def test_rule_2_the_same_sum_of_other_children_is_another_parent():
    """What the published formats of seven exchanges lack: 5 + 3 and 6 + 2 give them the same parent."""
    left, right = bytes([1]) * 32, bytes([2]) * 32

    assert parent_node(1, (left, [5]), (right, [3])) != parent_node(1, (left, [6]), (right, [2]))


@pytest.mark.parametrize("amount", [-1, 2**128])
def test_rule_3_there_is_no_way_to_write_less_than_nothing(amount):
    with pytest.raises(OverflowError):
        leaf_node(bytes(32), [amount])


def test_rule_4_identities_are_those_of_the_vectors():
    for one in IDS:
        config = config_hash(canonical_json(one["config"]))
        identity = leaf_identity(bytes.fromhex(one["account_key"]), config, one["piece"], one["account"].encode())
        assert identity.hex() == one["id"]
        assert bucket_of(identity, one["config"]["prefix_bits"]) == one["bucket"]


def test_rule_4_another_number_key_piece_or_tree_is_another_leaf():
    one = (bytes(32), bytes(32), 0, b"10001")
    others = [
        (bytes([1]) * 32, *one[1:]),
        (one[0], bytes([1]) * 32, *one[2:]),
        (*one[:2], 1, one[3]),
        (*one[:3], b"10002"),
    ]

    assert len({leaf_identity(*each) for each in [one, *others]}) == 5
