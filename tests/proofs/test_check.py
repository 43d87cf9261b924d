"""The engine's own verifier, by its rules; that it agrees with the others is in `test_properties.py` and `test_vectors.py`."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echt.proofs.check import is_right, verify_many, verify_one
from echt.proofs.check_log import leaves_of, root_of, root_with
from echt.proofs.climb import FINE, Path, climb
from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs import make_vectors, reference, reference_log
from tests.proofs.signing import Signer
from tests.proofs.trees import OPERATOR
from tests.proofs.vector_cases import log_folder, world

LARGEST = 2**127 - 1
NUMBERS = st.one_of(st.integers(0, LARGEST), st.sampled_from([0, 1, 2**32 - 1, 2**64 - 1, 2**96, LARGEST]))
HASHES = st.binary(min_size=32, max_size=32)


@st.composite
def paths(draw):
    """Some paths of one shape."""
    columns, height = draw(st.integers(1, 5)), draw(st.integers(0, 6))
    amounts = st.lists(NUMBERS, min_size=columns, max_size=columns)
    one = st.builds(
        Path,
        identity=HASHES,
        amounts=amounts,
        index=st.integers(0, 2**height - 1),
        hashes=st.lists(HASHES, min_size=height, max_size=height),
        sums=st.lists(amounts, min_size=height, max_size=height),
        config=HASHES,
    )
    return draw(st.lists(one, min_size=1, max_size=20))


def slowly(path):
    """Level of the first sum that is too large, or totals and root, by the reference."""
    at = reference.leaf(path.identity, path.amounts)
    for level, (hash_, sums) in enumerate(zip(path.hashes, path.sums, strict=True)):
        if any(a + b > LARGEST for a, b in zip(at[1], sums, strict=True)):
            return level + 1
        sides = ((hash_, sums), at) if path.index >> level & 1 else (at, (hash_, sums))
        at = reference.node(level + 1, *sides)
    return tuple(at[1]), reference.digest(b"root", path.config, at[0], reference.u128s(at[1]))


@given(paths())
@settings(deadline=None)
def test_rule_1_paths_climb_as_the_reference_climbs(some):
    for path, arrival in zip(some, climb(some), strict=True):
        wanted = slowly(path)
        assert (arrival.level if arrival.level != FINE else (arrival.totals, arrival.root)) == wanted


def test_rule_1_nothing_is_computed_with_the_verifiers_arithmetic(monkeypatch):
    for name in ("leaf_node", "parent_node", "root_hash", "leaf_identity"):
        monkeypatch.delattr(f"echt.proofs.verify.check_tree.{name}", raising=False)
        monkeypatch.delattr(f"echt.proofs.verify.commitment.{name}")
    monkeypatch.delattr("echt.proofs.verify.ed25519.signature_is_valid")
    monkeypatch.delattr("echt.proofs.verify.note.signature_is_valid")
    the = world()

    report = verify_one(content_of(the, "10001"), known(the))

    assert report.verdict is Verdict.VERIFIED


def test_rule_3_many_files_of_all_shapes_give_what_each_gives_alone():
    contents = [path.read_bytes() for path in sorted((make_vectors.FOLDER / "proofs").iterdir())]
    brought = known(world())

    assert list(verify_many(contents, brought)) == [verify_one(content, brought) for content in contents]


def test_whole_reports_are_those_of_verify():
    brought = known(world())
    for path in sorted((make_vectors.FOLDER / "proofs").iterdir()):
        ours, theirs = verify_one(path.read_bytes(), brought), verify(path.read_bytes(), brought)
        assert shortened(ours) == shortened(theirs), path.name


def shortened(report):
    """Without the lines for people; one sentence about an older checkpoint is put in fewer words here."""
    codes = tuple(reason.code for reason in report.reasons)
    return replace(report, reasons=(), steps=(), amounts=dict(report.amounts), extra={}), codes


@pytest.mark.parametrize(
    "case", json.loads((make_vectors.FOLDER / "keys.json").read_text("utf-8"))["bad"], ids=lambda one: one["why"]
)
def test_rule_4_near_misses_of_signatures_are_wrong(case):
    assert not is_right(*(bytes.fromhex(case[part]) for part in ("public", "message", "signature")))


def test_rule_4_good_signatures_are_right():
    for case in json.loads((make_vectors.FOLDER / "keys.json").read_text("utf-8"))["good"]:
        assert is_right(*(bytes.fromhex(case[part]) for part in ("public", "message", "signature")))


@given(st.integers(1, 40), st.data())
@settings(deadline=None)
def test_paths_of_inclusion_lead_to_the_root(size, data):
    entries, index = [bytes([n]) for n in range(size)], data.draw(st.integers(0, size - 1))

    assert root_with(entries[index], index, size, reference_log.log_path(index, entries)) == reference_log.log_root(
        entries
    )


@pytest.mark.parametrize("size", [1, 3, 200])
def test_a_logs_entries_are_read_from_its_tiles(tmp_path, size):
    entries = [str(n).encode() for n in range(size)]
    for name, content in log_folder("log", entries).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)

    assert root_of(leaves_of(tmp_path / "log", size)) == reference_log.log_root(entries)
    with pytest.raises(OSError, match="tile"):
        leaves_of(tmp_path / "log", size + 1)


def test_a_log_folder_that_is_not_there_is_said_to_be_unreadable(tmp_path):
    the = world()
    older = OPERATOR.sign(reference_log.checkpoint("demo.example/reserves", the.entries[:1])).encode()

    report = verify_one(content_of(the, "10001"), known(the, older_checkpoint=older, log=tmp_path))

    assert report.verdict is Verdict.CANNOT_READ
    assert [reason.code for reason in report.reasons] == ["given.log"]


@pytest.mark.parametrize(
    "brought", [{"root": "x"}, {"operator_key": "x"}, {"statement": b"x"}, {"older_checkpoint": b"x"}]
)
def test_what_was_brought_and_cannot_be_read_is_named(brought):
    the = world()
    (name,) = brought

    (reason,) = verify_one(content_of(the, "10001"), Knowledge(**brought)).reasons

    assert reason.code == f"given.{name.removeprefix('older_')}"


def content_of(the, account):
    return json.dumps(the.proof(account)).encode()


def known(the, **more):
    return Knowledge(**{"statement": the.note.encode(), "operator_key": OPERATOR.vkey} | more)


def test_a_stranger_of_the_same_name_is_not_the_operator():
    the = world()

    report = verify_one(content_of(the, "10001"), known(the, operator_key=Signer(OPERATOR.name, b"stranger").vkey))

    assert [reason.code for reason in report.reasons] == ["statement.unsigned"]
