"""Step 1: a file that is not exactly in form is refused, with the code and the place."""

import json

import pytest

from echt.proofs.verify import Verdict, verify
from tests.proofs import reference
from tests.proofs.verify.worlds import content, known, proof, world

SIXTY_FOUR_MIB = 64 * 2**20


def refused(raw):
    report = verify(raw, known())
    assert report.verdict is Verdict.CANNOT_READ
    assert (report.hashes, report.numbers, report.format_sound, report.amounts) == (None, None, None, {})
    (reason,) = report.reasons
    return reason


def changed(*place, to):
    value = proof()
    part = value
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = to
    return value


def with_statement(**fields):
    return proof(note=reference.unsigned(reference.jcs(world().statement | fields)))


def with_config(**fields):
    return with_statement(config=world().statement["config"] | fields)


def without(value, *place):
    part = value
    for step in place[:-1]:
        part = part[step]
    del part[place[-1]]
    return value


PIECE, NODE = ("pieces", 1), ("pieces", 1, "path", 4)


@pytest.mark.parametrize(
    ("code", "place", "value"),
    [
        ("form.format", "", {"format": "echt/2"}),
        ("form.format", "", {}),
        ("form.format", "", []),
        ("form.format", "", changed("format", to=["echt/1"])),
        ("form.unknown_field", "note", changed("note", to=1)),
        ("form.unknown_field", "account.name", changed("account", "name", to="")),
        ("form.unknown_field", "pieces[1].sum", changed(*PIECE, "sum", to="1")),
        ("form.unknown_field", "pieces[1].path[4].level", changed(*NODE, "level", to=5)),
        ("form.unknown_field", "log.size", changed("log", "size", to=3)),
        ("form.missing_field", "log", without(proof(), "log")),
        ("form.missing_field", "account.key", without(proof(), "account", "key")),
        ("form.missing_field", "pieces[1].path[4].sums", without(proof(), *NODE, "sums")),
        ("form.type", "statement", changed("statement", to={})),
        ("form.type", "account", changed("account", to="10001")),
        ("form.type", "account.id", changed("account", "id", to=10001)),
        ("form.type", "pieces", changed("pieces", to={})),
        ("form.type", "pieces[1]", changed(*PIECE, to=[])),
        ("form.type", "pieces[1].index", changed(*PIECE, "index", to="3")),
        ("form.type", "pieces[1].index", changed(*PIECE, "index", to=True)),
        ("form.type", "pieces[1].amounts", changed(*PIECE, "amounts", to="1")),
        ("form.type", "pieces[1].amounts[2]", changed(*PIECE, "amounts", to=["1", "1", 1])),
        ("form.type", "pieces[1].path", changed(*PIECE, "path", to=None)),
        ("form.type", "log", changed("log", to=[])),
        ("form.type", "log.index", changed("log", "index", to=None)),
        *(
            ("form.number", "pieces[1].amounts[0]", changed(*PIECE, "amounts", 0, to=text))
            for text in ("", "01", "-1", "+1", "1.0", "1e3", " 1", "1\n", "٣", str(2**127), "1" * 5000)
        ),
        ("form.number", "pieces[1].path[4].sums[2]", changed(*NODE, "sums", 2, to="-0")),
        *(("form.hex", "account.key", changed("account", "key", to=text)) for text in ("", "A" * 64, "a" * 63, "a" * 65, "g" * 64, "a" * 64 + "\n")),
        ("form.hex", "pieces[1].path[4].hash", changed(*NODE, "hash", to="0x" + "a" * 62)),
        ("form.account", "0 bytes", changed("account", "id", to="")),
        ("form.account", "66 bytes", changed("account", "id", to="ä" * 33)),
        ("form.pieces", "3 pieces", changed("pieces", to=proof()["pieces"] + [1])),
        ("form.pieces", "0 pieces", changed("pieces", to=[])),
        ("form.index", "pieces[1].index", changed(*PIECE, "index", to=32)),
        ("form.index", "pieces[1].index", changed(*PIECE, "index", to=-1)),
        ("form.columns", "pieces[1].amounts has 2", changed(*PIECE, "amounts", to=["1", "1"])),
        ("form.columns", "pieces[1].path[4].sums has 4", changed(*NODE, "sums", to=["1"] * 4)),
        ("form.path_length", "pieces[1].path has 4", without(proof(), *NODE)),
        ("form.path_length", "pieces[1].path has 6", changed(*PIECE, "path", to=[1] * 6)),
        ("form.log", "checkpoint", changed("log", "checkpoint", to="a\n3\n")),
        ("form.log", "not below the size", changed("log", "index", to=3)),
        ("form.log", "not below the size", changed("log", "index", to=-1)),
        ("form.log", "must be 1", changed("log", "path", to=[])),
        ("form.statement", "not a signed note", changed("statement", to="")),
        ("form.statement", "one line of canonical JSON", changed("statement", to="x\n\n")),
        ("form.statement", "one line of canonical JSON", changed("statement", to=world().note.replace(":", ": ", 1))),
        ("form.statement", "one line of canonical JSON", changed("statement", to=world().note + "\n")),
        ("form.statement", "format", with_statement(format="echt/2")),
        ("form.statement", "field that does not belong there: note", with_statement(note="")),
        ("form.statement", "operator", with_statement(operator="")),
        ("form.statement", "operator", with_statement(operator="a\u0007b")),
        ("form.statement", "operator", with_statement(operator="a" * 129)),
        ("form.statement", "root is not 64", with_statement(root="0")),
        ("form.statement", "totals has 2", with_statement(totals=["1", "1"])),
        ("form.statement", "totals[0]", with_statement(totals=["01", "1", "1"])),
        ("form.statement", "reserves", with_statement(reserves="AA")),
        ("form.statement", "previous", with_statement(previous=1)),
        ("form.statement", "one line of canonical JSON", changed("statement", to='{"format":1,"format":1}\n\n')),
        ("form.config", "config is not of the kind", with_statement(config=[])),
        ("form.config", "format", with_config(format="echt/2")),
        ("form.config", "config.seed", with_config(seed=1)),
        ("form.config", "pieces must be from 1 to 16", with_config(pieces=0)),
        ("form.config", "pieces must be from 1 to 16", with_config(pieces=17)),
        ("form.config", "pieces is not of the kind", with_config(pieces="2")),
        ("form.config", "prefix_bits must be from 0", with_config(prefix_bits=-1)),
        ("form.config", "at most 48", with_config(prefix_bits=24, bucket_bits=25)),
        ("form.config", "snapshot", with_config(snapshot="a b")),
        ("form.config", "snapshot", with_config(snapshot="a" * 65)),
        *(
            ("form.config", "taken_at", with_config(taken_at=text))
            for text in ("2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00+00:00", "0000-01-01T00:00:00Z")
        ),
        ("form.config", "1 to 1000 columns", with_config(columns=[])),
        ("form.config", "columns[0].asset", with_config(columns=[{"asset": "B C", "decimals": 8, "side": "credit"}])),
        ("form.config", "columns[0].decimals", with_config(columns=[{"asset": "BTC", "decimals": 37, "side": "credit"}])),
        ("form.config", "columns[0].side", with_config(columns=[{"asset": "BTC", "decimals": 8, "side": "both"}])),
        ("form.config", "twice on one side", with_config(columns=[{"asset": "BTC", "decimals": 8, "side": "debt"}] * 2)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_rule_1_what_is_not_in_form(code, place, value):
    reason = refused(content(value))

    assert reason.code == code
    assert place in reason.text


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("form.size", b" " * (SIXTY_FOUR_MIB + 1)),
        ("form.encoding", b'{"format":"echt/1"\xff}'),
        ("form.encoding", "{}".encode("utf-16")),
        ("form.json", b"\xef\xbb\xbf{}"),
        ("form.json", b""),
        ("form.json", b"\x00" * 1000),
        ("form.json", b'{"format":"echt/1","x":1.5}'),
        ("form.json", b"[" * 100_000),
        ("form.duplicate_key", b'{"format":"echt/1","format":"echt/1"}'),
    ],
    ids=["size", "encoding", "utf-16", "bom", "empty", "zeros", "float", "deep", "twice"],
)
def test_rule_1_what_is_no_json_text(code, raw):
    assert refused(raw).code == code


def test_rule_1_white_space_around_the_json_up_to_the_largest_size_is_fine():
    assert verify(content(proof()).ljust(2**20), known()).verdict is Verdict.VERIFIED


def test_rule_1_the_first_fault_in_the_order_of_the_norm_is_named():
    value = proof()
    value["pieces"][0]["index"] = -1
    value["account"]["key"] = ""
    assert refused(content(value)).code == "form.hex"
    value["statement"] = ""
    assert refused(content(value)).code == "form.statement"
    value["zzz"] = value.pop("log")
    assert refused(content(value)).text.endswith("zzz.")
    value["aaa"] = 0
    assert refused(content(value)).text.endswith("aaa.")


def test_a_long_field_name_is_cut_in_the_sentence():
    assert len(refused(content(proof() | {"x" * 10**6: 1})).text) < 200


def test_the_report_says_that_it_was_our_format_where_that_could_be_seen():
    assert verify(content(proof() | {"x": 1})).format == "echt/1"
    assert verify(b"{}").format is None


def test_a_million_path_entries_are_counted_and_not_read():
    entry = json.dumps({"hash": "", "sums": []})
    raw = content(changed(*PIECE, "path", to="HERE")).replace(b'"HERE"', f"[{','.join([entry] * 100_000)}]".encode())

    assert refused(raw).code == "form.path_length"
