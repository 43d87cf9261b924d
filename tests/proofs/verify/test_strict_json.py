"""The numbered rules of `strict_json`."""

import json
import time
import tracemalloc
from decimal import Decimal

import pytest

from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.strict_json import Number, parse_any_json, parse_json

READERS = pytest.mark.parametrize("parse", [parse_json, parse_any_json])


def code_of(parse, text):
    with pytest.raises(Unreadable) as fault:
        parse(text)
    return fault.value.reason.code


@READERS
def test_a_plain_value_is_read(parse):
    value = {"a": [1, -2, "ä\n", True, None, {}], "b": {"c": []}}

    assert parse(json.dumps(value)) == value


@READERS
@pytest.mark.parametrize("text", ['{"a":1,"a":1}', '{"x":[{"a":1,"b":2,"a":3}]}', '{"\\u0061":1,"a":2}'])
def test_rule_1_no_key_twice_however_deep_and_however_it_is_written(parse, text):
    assert code_of(parse, text) == "form.duplicate_key"


def test_rule_1_the_sentence_names_the_key():
    with pytest.raises(Unreadable, match="The name root stands twice"):
        parse_json('{"root":1,"root":2}')


@READERS
@pytest.mark.parametrize(
    "text", ["\ufeff{}", "NaN", "[Infinity]", "-Infinity", r'"\ud800"', r'{"\udc00":1}', r'["\udfff\ud800"]']
)
def test_rule_2_no_byte_order_mark_no_nan_no_half_character(parse, text):
    assert code_of(parse, text) == "form.json"


@READERS
def test_rule_2_a_whole_character_in_two_halves_is_one(parse):
    assert parse(r'"\ud83e\udd8a"') == "🦊"


@READERS
def test_rule_3_sixteen_levels_and_no_more(parse):
    assert parse("[" * 16 + "]" * 16)
    assert code_of(parse, "[" * 17 + "]" * 17) == "form.json"
    assert code_of(parse, '{"a":' * 17 + "1" + "}" * 17) == "form.json"


@READERS
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000, '["' + '[",["' * 50_000],
    ids=["open", "closed", "objects", "texts"],
)
def test_rule_3_a_hundred_thousand_levels_are_refused_without_recursion(parse, text):
    assert code_of(parse, text) == "form.json"


@READERS
@pytest.mark.parametrize("text", [r'["[[[[[[[[[[[[[[[[[[[["]', r'["\"[[[[[[[[[[[[[[[[[[[[\\\""]', r'{"\\":"}}}}]]]"}'])
def test_rule_3_brackets_inside_texts_are_no_levels(parse, text):
    assert parse(text) == json.loads(text)


@READERS
@pytest.mark.parametrize(
    "text",
    ["[" + "[]," * 2**20 + "[]]", "[" + "1," * (2**21 + 1) + "1]", '"a"' * (2**21 + 1)],
    ids=["lists", "numbers", "texts"],
)
def test_rule_3_too_many_parts_are_refused_before_one_is_made(parse, text):
    tracemalloc.start()
    started = time.process_time()
    try:
        assert code_of(parse, text) == "form.size"
        assert tracemalloc.get_traced_memory()[1] < 10 * 2**20 + 4 * len(text)
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 2


@READERS
def test_rule_3_a_million_names_of_which_the_last_is_there_twice_take_no_time(parse):
    text = "{" + ",".join(f'"{number}":1' for number in range(200_000)) + ',"199999":1}'

    assert code_of(parse, text) == "form.duplicate_key"


@pytest.mark.parametrize(
    "text",
    ["1.0", "1e2", "-0", "9007199254740992", "-9007199254740992", "1" * 5000, "0.1", "1" * 5000 + ".5"],
    ids=lambda text: text[:20],
)
def test_rule_4_strictly_only_plain_whole_numbers_below_2_to_the_53(text):
    assert code_of(parse_json, text) == "form.json"


def test_rule_4_the_largest_numbers_are_read():
    assert parse_json("[9007199254740991,-9007199254740991,0]") == [2**53 - 1, 1 - 2**53, 0]


@pytest.mark.parametrize("text", ["1.50", "6.7E-7", "0.00000000", "-1e2"])
def test_rule_4_other_exchanges_numbers_keep_their_text(text):
    number = parse_any_json(text)

    assert isinstance(number, Number)
    assert number.text == text
    assert number == Decimal(text)


@pytest.mark.parametrize(
    "text", ["1" * 5000, "1e100", "1E999999999999999999999", "0." + "1" * 5000], ids=lambda text: text[:20]
)
def test_rule_4_other_exchanges_numbers_have_bounds_too(text):
    assert code_of(parse_any_json, text) == "form.json"


@READERS
@pytest.mark.parametrize("text", ["", " ", "{", "[1,]", "{'a':1}", "01", "+1", "[1] x", '"\n"', "tru", '{"a"}', "]["])
def test_what_is_no_json_is_refused(parse, text):
    assert code_of(parse, text) == "form.json"
