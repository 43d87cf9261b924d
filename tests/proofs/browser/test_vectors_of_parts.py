"""The parts of the browser's verifier, each against the golden vectors of that part."""

import json
from base64 import b64encode
from functools import cache

from tests.proofs import make_vectors
from tests.proofs.browser.node import Whole

PRIME = 2**255 - 19
SMALL_ORDER = [
    (1).to_bytes(32, "little"),
    bytes(32),
    (PRIME - 1).to_bytes(32, "little"),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
]
"""Points whose multiples are 1, 2, 4 or 8: with one of them as key, some signatures verify that nobody made."""


@cache
def vectors(name):
    return json.loads((make_vectors.FOLDER / name).read_text("utf-8"))


def is_signature(node, case):
    return node.call(
        "ed25519.js isSignature", *(bytes.fromhex(case[part]) for part in ("signature", "message", "public"))
    )


def test_signatures_of_the_vectors_are_right(node):
    assert [is_signature(node, case) for case in vectors("keys.json")["good"]] == [True] * 6


def test_rules_1_2_and_5_near_misses_are_wrong(node):
    bad = vectors("keys.json")["bad"]
    assert {case["why"]: is_signature(node, case) for case in bad} == {case["why"]: False for case in bad}


def test_rule_2_a_second_s_for_the_same_signature_does_not_exist(node):
    good = vectors("keys.json")["good"][1]
    point, scalar = good["signature"][:64], int.from_bytes(bytes.fromhex(good["signature"][64:]), "little")
    larger = scalar + make_vectors.ORDER_OF_ED25519
    assert not is_signature(node, good | {"signature": point + larger.to_bytes(32, "little").hex()})


def test_rule_3_points_have_one_form(node):
    """y = p + 1 is y = 1, and a sign on x = 0 is no sign: other forms of the neutral point."""
    for form in ((PRIME + 1).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")):
        signature = (1).to_bytes(32, "little") + bytes(32)
        assert not node.call("ed25519.js isSignature", signature, b"anything", form)


def test_rule_4_a_key_of_small_order_is_no_key(node):
    for key in SMALL_ORDER:
        for point in SMALL_ORDER:
            assert not node.call("ed25519.js isSignature", point + bytes(32), b"anything", key)


def test_leaves_nodes_and_roots(node):
    hashes = vectors("hashes.json")
    for case in hashes["leaf"]:
        made = node.call("commitment.js leaf", bytes.fromhex(case["id"]), wholes(case["amounts"]))
        assert made["hash"].hex() == case["hash"]
    for case in hashes["node"]:
        made = node.call("commitment.js parent", case["level"], node_of(case["left"]), node_of(case["right"]))
        assert (made["hash"].hex(), made["sums"]) == (case["hash"], wholes(case["sums"]))


def node_of(side):
    return {"hash": bytes.fromhex(side["hash"]), "sums": wholes(side["sums"])}


def wholes(texts):
    return [Whole(one) for one in texts]


def test_identities_and_buckets(node):
    configs = {json.dumps(case["config"]): bytes.fromhex(case["hash"]) for case in vectors("hashes.json")["config"]}
    for case in vectors("ids.json"):
        config = configs[json.dumps(case["config"])]
        made = node.call(
            "commitment.js leafId", bytes.fromhex(case["account_key"]), config, case["piece"], case["account"]
        )
        assert made.hex() == case["id"]
        assert node.call("commitment.js firstBits", made, case["config"]["prefix_bits"]) == case["bucket"]


def test_notes_and_their_signers(node):
    notes = vectors("notes.json")
    for case in notes["notes"]:
        read = node.call("note.js parseNote", case["note"])
        assert (read["text"], [one["name"] for one in read["signatures"]]) == (case["text"], case["signers"])
        key = node.call("note.js parseKey", notes["vkey"])
        wanted = "signed" if key["name"] in case["signers"] else "unsigned"
        assert node.call("note.js signedBy", key, read) == wanted


def test_rule_1_of_notes_base64_has_one_form(node):
    for bad in ("AQ=", "AR==", "A", "AQ==\n", " AQ==", "AQ", "AQI", "AQJ=", "A-==", "====", "AQ==AQ=="):
        assert node.call("bytes.js fromBase64", bad) is None, bad
    for good in (b"", b"\1", b"\1\2", b"\1\2\3", bytes(range(256))):
        assert node.call("bytes.js fromBase64", b64encode(good).decode()) == good


def test_rule_2_of_notes_name_and_number_agree(node):
    key = node.call("note.js parseKey", vectors("notes.json")["vkey"])
    read = node.call("note.js parseNote", vectors("notes.json")["notes"][1]["note"])
    for other in (key | {"name": "another"}, key | {"id": bytes(4)}):
        assert node.call("note.js signedBy", other, read) == "unsigned"


def test_rule_3_of_notes_one_false_line_is_a_fault_beside_a_right_one(node):
    key = node.call("note.js parseKey", vectors("notes.json")["vkey"])
    read = node.call("note.js parseNote", vectors("notes.json")["notes"][1]["note"])
    (line,) = read["signatures"]
    false = line | {"signature": bytes(64)}
    assert node.call("note.js signedBy", key, read | {"signatures": [line, false]}) == "false"
    assert node.call("note.js signedBy", key, read | {"signatures": [line, line]}) == "signed"


def test_a_checkpoint_and_who_says_to_have_seen_it(node):
    witness = vectors("notes.json")["witness"]
    checkpoint = node.call("log.js parseCheckpoint", witness["note"])
    (seen,) = node.call("log.js cosignatures", checkpoint["note"])
    assert (checkpoint["origin"], checkpoint["size"]) == ("demo.example/reserves", 2)
    assert (seen["name"], seen["time"]) == ("witness.example", witness["time"])


def test_every_inclusion_path_of_the_log(node):
    log = vectors("log.json")
    for case in log["inclusion"]:
        entry, path = bytes.fromhex(log["entries"][case["index"]]), [bytes.fromhex(one) for one in case["path"]]
        root, place = bytes.fromhex(log["roots"][case["size"]]), Whole(case["index"])
        size = Whole(case["size"])
        assert node.call("log.js inclusionLength", place, size) == len(path)
        assert node.call("log.js isIncluded", entry, place, size, path, root)
        assert not node.call("log.js isIncluded", entry + b"x", place, size, path, root)
