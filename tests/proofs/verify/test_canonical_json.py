"""Canonical JSON, as RFC 8785 has it for our values."""

import json

import pytest

from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.strict_json import parse_json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, False, None], "A": {}}, '{"A":{},"a":[true,false,null],"b":1}'),
        ({"": -1, "1": '\u20ac$\u000f\nA\'B"\\\\"/'}, r'{"":-1,"1":"€$\u000f\nA' + "'" + r'B\"\\\\\"/"}'),
        ("\b\t\n\f\r\u001f\u007f\u2028", '"\\b\\t\\n\\f\\r\\u001f\x7f\u2028"'),
        (2**53 - 1, "9007199254740991"),
    ],
)
def test_the_form_of_values(value, text):
    assert canonical_json(value).decode() == text


def test_names_are_ordered_by_their_utf_16_units():
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    ordered = json.loads(
        canonical_json(dict.fromkeys(names)), object_pairs_hook=lambda pairs: [name for name, _ in pairs]
    )

    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_what_was_read_is_written_again():
    text = '{"a":[{"b":"ä"},[]],"c":-7}'

    assert canonical_json(parse_json(text)).decode() == text
