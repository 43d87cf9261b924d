"""The golden vectors of the parts, for the verifier in Python; the browser has the same in `tests/proofs/browser`."""

import json

import pytest

from echt.proofs.verify import commitment
from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.ed25519 import signature_is_valid
from echt.proofs.verify.log import cosigned_at, is_consistent, read_checkpoint, root_of_inclusion
from echt.proofs.verify.note import WITNESS_KEY, Signed, read_key, read_note
from tests.proofs.make_vectors import FOLDER


def vectors(name):
    return json.loads((FOLDER / name).read_text("utf-8"))


HASHES, LOG, KEYS, NOTES = vectors("hashes.json"), vectors("log.json"), vectors("keys.json"), vectors("notes.json")


def node_of(side):
    return bytes.fromhex(side["hash"]), [int(one) for one in side["sums"]]


@pytest.mark.parametrize("case", vectors("jcs.json"), ids=lambda one: next(iter(one["value"])))
def test_canonical_json(case):
    assert canonical_json(case["value"]).decode() == case["canonical"]


def test_hashes_of_configs():
    for case in HASHES["config"]:
        assert commitment.config_hash(canonical_json(case["config"])).hex() == case["hash"]


def test_hashes_of_leaves_nodes_and_roots():
    for case in HASHES["leaf"]:
        found = commitment.leaf_node(bytes.fromhex(case["id"]), [int(one) for one in case["amounts"]])
        assert found[0].hex() == case["hash"]
    for case in HASHES["node"]:
        found = commitment.parent_node(case["level"], node_of(case["left"]), node_of(case["right"]))
        assert (found[0].hex(), [str(one) for one in found[1]]) == (case["hash"], case["sums"])
    for case in HASHES["root"]:
        config = commitment.config_hash(canonical_json(case["config"]))
        assert commitment.root_hash(config, node_of(case["top"])).hex() == case["root"]


def test_identities_and_buckets():
    for case in vectors("ids.json"):
        config, key = commitment.config_hash(canonical_json(case["config"])), bytes.fromhex(case["account_key"])
        identity = commitment.leaf_identity(key, config, case["piece"], case["account"].encode())
        assert identity.hex() == case["id"]
        assert commitment.bucket_of(identity, case["config"]["prefix_bits"]) == case["bucket"]


@pytest.mark.parametrize("kind", ["good", "bad"])
def test_signatures(kind):
    for case in KEYS[kind]:
        sides = (bytes.fromhex(case[part]) for part in ("public", "message", "signature"))
        assert signature_is_valid(*sides) == (kind == "good"), case


def test_keys_as_texts():
    for case in KEYS["good"]:
        key = read_key(case["vkey"])
        assert (key.name, key.public.hex(), key.key_id.hex()) == (case["name"], case["public"], case["key_id"])


def test_notes_and_their_signers():
    key = read_key(NOTES["vkey"])
    for case in NOTES["notes"]:
        note = read_note(case["note"])
        assert (note.text, [one.name for one in note.signatures]) == (case["text"], case["signers"])
        assert note.signed_by(key) is (Signed.YES if key.name in case["signers"] else Signed.NO)


def test_a_cosignature():
    witness = NOTES["witness"]
    checkpoint = read_checkpoint(witness["note"])

    assert cosigned_at(checkpoint, read_key(witness["cosignature_key"], WITNESS_KEY)) == witness["time"]


def test_every_inclusion_path_leads_to_the_root():
    for case in LOG["inclusion"]:
        entry, path = bytes.fromhex(LOG["entries"][case["index"]]), [bytes.fromhex(one) for one in case["path"]]
        assert root_of_inclusion(entry, case["index"], case["size"], path).hex() == LOG["roots"][case["size"]]


def test_every_consistency_path_shows_it_and_leads_to_no_other_root():
    roots = [bytes.fromhex(one) for one in LOG["roots"]]
    for case in LOG["consistency"]:
        old, new, path = case["old"], case["new"], [bytes.fromhex(one) for one in case["path"]]
        assert is_consistent((old, roots[old]), (new, roots[new]), path)
        assert not is_consistent((old, bytes(32)), (new, roots[new]), path)
        assert not is_consistent((old, roots[old]), (new, bytes(32)), path)
