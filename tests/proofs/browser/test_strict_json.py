"""The browser reads exactly the JSON that Python's verifier reads, and refuses the rest for the same reason."""

import json

import pytest

from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.strict_json import parse_json
from tests.proofs import make_vectors
from tests.proofs.browser.node import NodeFault

GOOD = [
    "null", " true\t", "\r\n[ ]", "{ }", "0", "-1", "9007199254740991", "-9007199254740991", '""', '"\\u00e4\\n\\/\\\\\\""',
    '"\\ud83d\\ude00"', '"\u2028\x7f"', '[1,[2,{"a":[]}], "b"]', '{"__proto__":1,"constructor":{"":2}}', '"[[{"', '"a\\\\"',
    "[" * 16 + "]" * 16, '{"b":1,"a":{"\ue000":1,"\U0001f600":2}}',
]  # fmt: skip
BAD = [
    "", " ", "nul", "nulls", "[1,]", "[,1]", '{"a":1,}', "{a:1}", "{'a':1}", '{"a" 1}', '{"a":}', "[1 2]", '"a', '"\t"', '"\\x41"',
    '"\\u12g4"', '"\\ud800"', '"\\udc00\\ud800"', '{"\\ud800":1}', "01", "-", "+1", ".5", "1.", "1.0", "1e0", "1E2", "-0", "NaN",
    "Infinity", "-Infinity", "9007199254740992", "-9007199254740992", "1" * 30, "\ufeff{}", "[" * 17 + "]" * 17, "[", "]", "}{",
    "[}", '{"a":1}x', "/**/1", "[1]]", "'a'", "\u00a01", "\x0b1", '{"a":1 "b":2}', '"\\"', "٣", "[[]", "undefined",
]  # fmt: skip
DOUBLE = ['{"a":1,"a":1}', '[{"b":{"a":1,"\\u0061":2}}]', '{"":0,"":0}', '{"a":{},"b":[],"a":null}']


@pytest.mark.parametrize("text", GOOD)
def test_what_python_reads_the_browser_reads_alike(node, text):
    assert node.canonical(text) == canonical_json(parse_json(text)).decode()


@pytest.mark.parametrize("text", BAD)
def test_rules_2_to_4_what_is_no_plain_json_is_refused(node, text):
    assert refusal(node, text) == refusal_in_python(text) == "form.json"


@pytest.mark.parametrize("text", DOUBLE)
def test_rule_1_no_key_twice(node, text):
    assert refusal(node, text) == refusal_in_python(text) == "form.duplicate_key"


@pytest.mark.parametrize("text", ["[" + "[]," * 2**20 + "[]]", "[" + "1," * (2**22 + 1) + "1]"])
def test_rule_3_the_number_of_parts_has_a_limit(node, text):
    assert refusal(node, text) == refusal_in_python(text) == "form.size"


def refusal(node, text):
    with pytest.raises(NodeFault) as fault:
        node.canonical(text)
    return str(fault.value)


def refusal_in_python(text):
    with pytest.raises(Unreadable) as fault:
        parse_json(text)
    return fault.value.reason.code


def test_canonical_json_is_that_of_the_vectors(node):
    for case in json.loads((make_vectors.FOLDER / "jcs.json").read_text("utf-8")):
        assert node.canonical(json.dumps(case["value"])) == case["canonical"]
