import pytest

from echt.proofs import statements
from echt.proofs.log.append import append
from echt.proofs.log.checkpoints import cosigned
from echt.proofs.log.folder import Log
from echt.proofs.log.following import Brought, follow
from echt.proofs.log.tiles import Tiles
from echt.proofs.refusals import Refused
from tests.proofs.log.logs import OPERATOR, STRANGER, checkpoint, entries, lay_out, witness
from tests.proofs.log.test_checkpoints import KEYS, ONE, THREE, TWO, forged
from tests.proofs.test_statements import make


@pytest.fixture
def log(tmp_path):
    return lay_out(tmp_path / "log", entries(3))


def steps(head, **brought):
    return {step.title: step for step in follow(head, Brought(**brought))}


def step(title, head, **brought):
    return steps(head, **brought)[title]


def test_what_was_not_given_is_not_called_checked(log):
    assert [step.passed for step in steps(log.head()).values()] == [None] * 4


def test_the_operators_signature(log):
    title, head = "Operator's signature", log.head()

    assert step(title, head, operator=OPERATOR.public).passed is True
    assert step(title, head, operator=STRANGER.public).passed is False
    assert step(title, forged(head, OPERATOR), operator=OPERATOR.public).passed is False


@pytest.mark.parametrize(("needed", "passed"), [(1, True), (2, True), (3, False)])
def test_a_quorum_of_witnesses(log, needed, passed):
    head = cosigned(cosigned(log.head(), ONE, 1_790_000_000), TWO, 1_790_000_001)
    answer = step("Witnesses", head, witnesses=KEYS, needed=needed, operator=OPERATOR.public)

    assert answer.passed is passed
    assert f"2 of 3 have cosigned it, and {needed} have to." in answer.detail
    assert "one.example.net saw it on 2026-09-21" in answer.detail


def test_a_false_cosignature_spoils_a_quorum(log):
    head = forged(cosigned(cosigned(log.head(), ONE, 10), TWO, 11), TWO)
    answer = step("Witnesses", head, witnesses=KEYS, needed=1)

    assert answer.passed is False
    assert "in the name of two.example.net is not right" in answer.detail


def test_strangers_do_not_count_as_witnesses(log):
    head = cosigned(log.head(), witness("stranger.example.net"), 10)

    assert step("Witnesses", head, witnesses=[THREE.public], needed=1).passed is False


def test_a_log_that_has_grown(log):
    older = log.head()
    append(log.folder, b"another", signer=OPERATOR)
    answer = step("Older checkpoint", log.head(), older=older, log=log, operator=OPERATOR.public)

    assert (answer.passed, "3 statements) is still there" in answer.detail) == (True, True)
    assert step("Older checkpoint", log.head(), older=log.head()).passed is True


def test_two_checkpoints_of_the_same_size_that_differ_are_shown_as_evidence(log):
    head, other = log.head(), checkpoint(3, bytes(32))
    answer = step("Older checkpoint", head, older=other, operator=OPERATOR.public)

    assert answer.passed is False
    assert head.root.hex() in answer.detail
    assert other.root.hex() in answer.detail
    assert "evidence against the operator" in answer.detail


def test_a_log_that_has_lost_something_is_shown_as_evidence(tmp_path, log):
    other = lay_out(tmp_path / "other", [b"something else", *entries(6)[1:]])
    answer = step("Older checkpoint", other.head(), older=log.head(), log=other)

    assert answer.passed is False
    assert "evidence against the operator" in answer.detail


@pytest.mark.parametrize(
    ("older", "words"),
    [
        (checkpoint(2, origin="another.example.org/log"), "another log"),
        (checkpoint(4), "It covers more"),
        (checkpoint(2, by=STRANGER), "says nothing"),
    ],
)
def test_what_cannot_be_the_older_checkpoint_is_no_evidence(log, older, words):
    answer = step("Older checkpoint", log.head(), older=older, log=log, operator=OPERATOR.public)

    assert answer.passed is False
    assert words in answer.detail
    assert "evidence" not in answer.detail


def test_without_the_log_nobody_can_compare_different_sizes(log):
    with pytest.raises(Refused, match="--log"):
        steps(log.head(), older=checkpoint(2))


def test_tiles_of_another_log_do_not_pass(tmp_path, log):
    other = Log(lay_out(tmp_path / "other", [b"a", b"b", b"c"]).folder)
    found = steps(log.head(), older=checkpoint(2, Tiles(log.folder, 2).root()), log=other)

    assert found["Older checkpoint"].passed is False
    assert found["Statements"].passed is False
    assert "evidence" not in found["Older checkpoint"].detail


def test_every_statement_is_read_and_what_is_odd_is_told(tmp_path):
    first = make()
    second = make(previous=first.hash)
    log = lay_out(tmp_path / "log", [first.line, second.line, make(root=bytes(32)).line, b"hello"])
    answer = step("Statements", log.head(), log=log)

    assert answer.passed is True
    assert answer.detail == (
        "All are there: 4 statements. Number 2 does not name number 1 as the statement before it. "
        "Number 3 is not a statement."
    )
    assert isinstance(second, statements.Statement)


def test_a_time_beyond_the_calendar_is_told_too(log):
    head = cosigned(log.head(), ONE, 2**63 - 1)

    assert "after 1970" in step("Witnesses", head, witnesses=KEYS, needed=1).detail
