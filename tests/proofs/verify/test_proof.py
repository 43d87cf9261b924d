"""The seven steps of `proof`, in their order; step 1 has `test_proof_file`."""

import itertools

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from echt.proofs.verify.log import TILE_WIDTH
from tests.proofs import reference, reference_log
from tests.proofs.signing import Signer, log_part, note_of
from tests.proofs.trees import OPERATOR, ORIGIN, World
from tests.proofs.verify.worlds import ACCOUNTS, COLUMNS, OWN, codes, content, known, proof, root, world

OTHER = Signer(OPERATOR.name, b"other")
LINE = reference.jcs(world().statement)


def answer(value=None, **more):
    return verify(content(value or proof()), known(**more))


def signed(statement):
    """The proof file with another statement, by the same operator's key."""
    return proof(note=note_of(statement, OPERATOR), log=None)


def checkpoint(size, entries=None):
    return OPERATOR.sign(reference_log.checkpoint(ORIGIN, (entries or world().entries)[:size])).encode()


# Step 2: the statement.


def test_step_2_the_statement_from_elsewhere_and_the_operators_key_make_the_plain_yes():
    report = answer()

    assert report.verdict is Verdict.VERIFIED
    assert (report.format, report.hashes, report.numbers, report.format_sound) == ("echt/1", "chain", "sane", True)
    assert report.reasons == ()
    assert [step.passed for step in report.steps] == [True] * 7


def test_step_2_a_root_typed_in_makes_it_too_and_says_so():
    report = verify(content(proof()), Knowledge(root=f" {root().upper()}\n"))

    assert report.verdict is Verdict.VERIFIED
    assert codes(report) == ["note.root_typed", "note.not_signed_checked"]


@pytest.mark.parametrize(
    "knowledge",
    [
        Knowledge(),
        Knowledge(operator_key=OPERATOR.vkey),
        Knowledge(account=OWN),
        Knowledge(statement=LINE),
        Knowledge(statement=world().note.encode()),
        Knowledge(older_checkpoint=checkpoint(3)),
    ],
)
def test_step_2_the_operators_own_word_is_consistent_and_no_more(knowledge):
    report = verify(content(proof()), knowledge)

    assert report.verdict is Verdict.CONSISTENT_ONLY
    assert codes(report)[0] == "statement.own_word"
    assert (report.hashes, report.numbers, report.amounts["BTC"]) == ("chain", "sane", "1.50000000")
    assert report.steps[1].passed is None


@pytest.mark.parametrize(
    ("code", "value", "brought"),
    [
        ("statement.other", proof(), {"statement": note_of(world().statement | {"operator": "X"}, OPERATOR).encode()}),
        ("statement.other", proof(), {"statement": reference.jcs(world().statement | {"previous": None}) + b"\n"}),
        ("statement.root", proof(), {"statement": None, "root": "0" * 64}),
        ("statement.unsigned", proof(note=reference.unsigned(LINE)), {}),
        ("statement.unsigned", proof(note=reference.unsigned(LINE)), {"statement": None, "root": root()}),
        ("statement.unsigned", proof(note=note_of(world().statement, OTHER)), {}),
        ("statement.unsigned", proof(), {"statement": LINE}),
        ("statement.unsigned", proof(), {"operator_key": OTHER.vkey}),
        ("statement.signature", proof(note=f"{world().note}{OPERATOR.line('else')}"), {}),
        ("statement.signature", proof(), {"statement": (LINE.decode() + "\n\n" + OPERATOR.line("else")).encode()}),
    ],
)
def test_step_2_what_does_not_agree(code, value, brought):
    report = answer(value, **brought)

    assert report.verdict is Verdict.NOT_VERIFIED
    assert codes(report)[0] == code
    assert (report.hashes, report.numbers, report.amounts) == (None, None, {})
    assert [step.passed for step in report.steps] == [True, False]


@pytest.mark.parametrize(
    ("code", "brought"),
    [
        ("given.root", {"statement": None, "root": "abc"}),
        ("given.operator_key", {"operator_key": OPERATOR.vkey[:-2]}),
        ("given.operator_key", {"operator_key": ""}),
        ("given.statement", {"statement": b""}),
        ("given.statement", {"statement": b"\xff"}),
        ("given.statement", {"statement": world().note.encode().replace(b"BTC", b"B C")}),
        ("given.checkpoint", {"older_checkpoint": b"\xff"}),
        ("given.checkpoint", {"older_checkpoint": world().note.encode()}),
    ],
)
def test_step_2_what_the_person_brought_must_be_in_form_itself(code, brought):
    report = answer(**brought)

    assert report.verdict is Verdict.CANNOT_READ
    assert codes(report) == [code]


# Step 3: identity.


def test_step_3_the_own_account_number():
    assert answer(account=OWN).verdict is Verdict.VERIFIED
    assert codes(answer(account="10002")) == ["identity.account"]


def moved_to_another_bucket():
    value = proof()
    value["pieces"][1]["index"] ^= 0b10000
    return value


def with_account(**fields):
    value = proof()
    value["account"] |= fields
    return value


def test_step_3_the_first_bits_of_the_identity_are_the_bucket():
    report = answer(moved_to_another_bucket())

    assert codes(report) == ["identity.bucket"]
    assert (report.hashes, report.numbers) == ("broken", None)
    assert "Piece 2" in report.reasons[0].text


def test_step_3_one_leaf_does_not_serve_two_customers():
    for fields in ({"id": "10002"}, {"key": "00" * 32}):
        assert set(codes(answer(with_account(**fields)))) <= {"identity.bucket", "path.root"}
        assert codes(answer(with_account(**fields)))


def test_step_3_pieces_cannot_change_places():
    value = proof()
    value["pieces"].reverse()

    assert codes(answer(value))[0] in {"identity.bucket", "path.root"}


# Step 4: paths.


def changed(piece, *place, by):
    value = proof()
    part = value["pieces"][piece]
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = by(part[place[-1]])
    return value


def one_more(text):
    return str(int(text) + 1)


@pytest.mark.parametrize(
    "value",
    [
        changed(1, "amounts", 0, by=one_more),
        changed(1, "amounts", 2, by=one_more),
        changed(1, "path", 0, "sums", 1, by=one_more),
        changed(1, "path", 4, "sums", 1, by=one_more),
        changed(1, "path", 4, "hash", by=lambda text: text[::-1]),
        changed(1, "index", by=lambda index: index ^ 1),
    ],
)
def test_step_4_every_number_hash_and_side_of_a_path_counts(value):
    report = answer(value)

    assert codes(report) == ["path.root"]
    assert (report.hashes, report.numbers) == ("broken", None)


def test_step_4_no_sum_reaches_2_to_the_127():
    report = answer(changed(0, "path", 2, "sums", 0, by=lambda _: str(2**127 - 1)))

    assert codes(report) == ["path.sum"]
    assert (report.hashes, report.numbers) == (None, "inconsistent")
    assert "at level 3" in report.reasons[0].text


def test_step_4_sums_that_would_run_over_16_bytes_end_the_path():
    value = proof()
    for entry in value["pieces"][0]["path"]:
        entry["sums"] = [str(2**127 - 1)] * 3

    assert codes(answer(value)) == ["path.sum"]


def test_step_4_every_piece_is_told_in_order():
    value = changed(0, "amounts", 0, by=one_more)
    value["pieces"][1]["path"][1]["sums"][0] = str(2**127 - 1)

    assert codes(answer(value)) == ["path.root", "path.sum"]


def test_step_4_a_tree_of_one_leaf():
    config = reference.configuration([("BTC", 8, "credit")], 0, 0, pieces=1)
    small = World({"1": [5]}, config)
    report = verify(content(small.proof("1")), Knowledge(statement=small.note.encode(), operator_key=OPERATOR.vkey))

    assert report.verdict is Verdict.VERIFIED
    assert report.amounts == {"BTC": "0.00000005"}


# Step 5: totals.


def test_step_5_the_totals_are_the_sums_at_the_top():
    totals = [*world().statement["totals"][:2], "5"]
    report = answer(signed(world().statement | {"totals": totals}), statement=None)

    assert codes(report) == ["totals.differ"]
    assert (report.hashes, report.numbers) == ("broken", "inconsistent")
    assert report.reasons[0].text.startswith("BTC (debt): the statement says that customers are owed 0.00000005, but")


# Step 6: the log.


def in_log(part):
    return proof(log=part)


def test_step_6_without_a_log_it_says_so():
    report = answer(in_log(None))

    assert report.verdict is Verdict.VERIFIED
    assert codes(report) == ["note.no_log"]
    assert report.steps[5].passed is None


ELSEWHERE = log_part([b"1", b"2", b"3"], 2, OPERATOR, ORIGIN)


@pytest.mark.parametrize(
    ("code", "hashes", "value", "brought"),
    [
        ("log.key", "chain", in_log(log_part(world().entries, 2, OTHER, ORIGIN)), {}),
        ("log.key", "chain", in_log(log_part(world().entries, 2, None, ORIGIN)), {}),
        ("log.key", "chain", proof(), {"older_checkpoint": (reference_log.checkpoint(ORIGIN, [b""]) + "\n").encode()}),
        (
            "log.signature",
            "chain",
            in_log(world().log() | {"checkpoint": checkpoint(3).decode() + OPERATOR.line("else")}),
            {},
        ),
        ("log.inclusion", "broken", in_log(ELSEWHERE), {}),
        ("log.inclusion", "broken", in_log(world().log() | {"path": ["00" * 32]}), {}),
        ("log.older", "chain", proof(), {"older_checkpoint": checkpoint(4, [*world().entries, b"4"])}),
        ("log.older", "chain", proof(), {"older_checkpoint": checkpoint(3, [b"1", b"2", b"3"])}),
        (
            "log.older",
            "chain",
            proof(),
            {"older_checkpoint": OPERATOR.sign(reference_log.checkpoint("other", [b"1"])).encode()},
        ),
        ("log.consistency", "broken", proof(), {"older_checkpoint": checkpoint(2, [b"1", b"2"]), "log": "TILES"}),
    ],
)
def test_step_6_what_does_not_hold(code, hashes, value, brought, tiles):
    if "log" in brought:
        brought = brought | {"log": tiles}
    report = answer(value, **brought)

    assert report.verdict is Verdict.NOT_VERIFIED
    assert codes(report)[0] == code
    assert (report.hashes, report.numbers) == (hashes, "sane")


@pytest.fixture
def tiles(tmp_path):
    part = tmp_path / "tile/0/000.p/3"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"".join(reference.digest(b"\0", entry) for entry in world().entries))
    assert len(world().entries) < TILE_WIDTH
    return tmp_path


@pytest.mark.parametrize("size", [1, 2, 3])
def test_step_6_an_older_checkpoint_and_the_tiles(size, tiles):
    report = answer(older_checkpoint=checkpoint(size), log=tiles)

    assert report.verdict is Verdict.VERIFIED
    assert report.reasons == ()


def test_step_6_an_older_checkpoint_without_the_tiles_leaves_a_question():
    assert codes(answer(older_checkpoint=checkpoint(2))) == ["note.no_consistency"]
    assert codes(answer(older_checkpoint=checkpoint(3))) == []


def test_step_6_a_folder_without_the_tiles_is_no_answer(tmp_path):
    report = answer(older_checkpoint=checkpoint(2), log=tmp_path / "none")

    assert report.verdict is Verdict.CANNOT_READ
    assert codes(report) == ["given.log"]


# Step 7: what the customer has.


def test_step_7_what_the_customer_has_is_the_sum_of_the_pieces_with_all_decimals():
    assert dict(answer().amounts) == {"BTC": "1.50000000", "USDT": "2500.00", "BTC (debt)": "0.00000000"}


# All of them.


def test_the_first_step_that_fails_ends_it():
    """Every fault from step 2 on at once; cured one after the other, the next one shows."""
    config = reference.configuration(COLUMNS, 2, 3)
    small = World(ACCOUNTS, config)
    value = signed(small.statement | {"totals": ["1", "1", "1"]}) | {"log": ELSEWHERE}
    value["pieces"][1]["index"] ^= 0b10000
    value["pieces"][0]["amounts"][0] += "0"
    found = [codes(answer(value))[0]]
    found.append(codes(answer(value, statement=None))[0])
    value["pieces"][1]["index"] ^= 0b10000
    found.append(codes(answer(value, statement=None))[0])
    value["pieces"][0]["amounts"][0] = value["pieces"][0]["amounts"][0][:-1]
    found.append(codes(answer(value, statement=None))[0])
    value["statement"] = small.note
    found.append(codes(answer(value))[0])

    assert found == ["statement.other", "identity.bucket", "path.root", "totals.differ", "log.inclusion"]


def test_verify_never_raises_for_what_is_in_a_file():
    raw = content(proof())
    for at, byte in itertools.product(range(0, len(raw), 97), (b"\x00", b'"', b"[", b"9", b"\xff")):
        assert verify(raw[:at] + byte + raw[at + 1 :]).verdict is not Verdict.VERIFIED
    for end in range(0, len(raw), 131):
        assert verify(raw[:end]).verdict is Verdict.CANNOT_READ


def test_the_json_has_exactly_the_members_of_the_norm():
    members = ["format", "hashes", "numbers", "format_sound", "verdict", "reasons", "amounts"]

    assert list(answer().as_json()) == members
    assert list(verify(b"").as_json()) == members
