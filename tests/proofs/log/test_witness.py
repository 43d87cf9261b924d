import stat
from base64 import b64decode
from threading import Thread

import pytest

from echt.proofs import disk
from echt.proofs.log.append import append
from echt.proofs.log.checkpoints import as_text, contradict, cosigners
from echt.proofs.log.folder import Log
from echt.proofs.log.tiles import Tiles
from echt.proofs.log.witness import Fork, NotCosigned, Witness
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import read_checkpoint
from tests.proofs.log.logs import OPERATOR, STRANGER, checkpoint, copy, entries, lay_out, signer, witness

KEY = witness("witness.example.net")
NOW = 1_790_000_000

# The tree heads and proofs with which implementations of C2SP tlog-witness are tested.
SIGSUM = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
HEAD_1 = b64decode("KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
HEAD_3 = b64decode("RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=")
HEAD_5 = b64decode("QrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=")
FROM_1_TO_3 = [
    b64decode("KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    b64decode("KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
]
FROM_3_TO_5 = [
    b64decode("KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    b64decode("KgMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    b64decode("wgiIFdZfYNv6WU1OllBKsWnLYIS/DBMqt8Uh/S4OukE="),
    b64decode("KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
]


@pytest.fixture
def log(tmp_path):
    return lay_out(tmp_path / "log", entries(3))


@pytest.fixture
def other(tmp_path):
    """Another log by the same operator under the same name: what nobody may ever see."""
    return lay_out(tmp_path / "other", [b"something else", *entries(6)[1:]])


@pytest.fixture
def one(tmp_path):
    return Witness(KEY, tmp_path / "state.json")


def cosign(one, log, *, head=None, operator=OPERATOR, at=NOW):
    return one.cosign(head or log.head(), operator=operator.public, consistency=log.consistency_path, at=at)


def refuses(one, log, error=NotCosigned, **more):
    """What the refusal says; the witness remembers what it did."""
    before = one.state.read_bytes() if one.state.exists() else None
    with pytest.raises(error) as refusal:
        cosign(one, log, **more)
    assert (one.state.read_bytes() if one.state.exists() else None) == before
    return refusal.value


def test_a_log_that_grows_is_cosigned_again_and_again(one, log):
    for entry in [b"", b"a", b"b", b"b", b"c"]:
        if entry:
            append(log.folder, entry, signer=OPERATOR)
        done = cosign(one, log)
        assert cosigners(done, [KEY.public], OPERATOR.public) == {KEY.public: NOW}
        assert done.note.text == log.head().note.text
        assert one.newest(done.origin) == done


def test_the_published_heads_and_proofs_are_cosigned(one):
    operator = signer("operator")

    def offer(size, root, path):
        head = checkpoint(size, root, by=operator, origin=SIGSUM)
        return one.cosign(head, operator=operator.public, consistency=lambda older, newer: path, at=NOW)

    offer(1, HEAD_1, None)
    for wrong in ([], FROM_1_TO_3[:1], [FROM_1_TO_3[0], HEAD_1], [*FROM_1_TO_3, HEAD_1]):
        with pytest.raises(NotCosigned, match="Nothing shows"):
            offer(3, HEAD_3, wrong)
    offer(3, HEAD_3, FROM_1_TO_3)
    assert offer(5, HEAD_5, FROM_3_TO_5).size == 5


def test_the_empty_log_comes_first_and_has_the_root_of_nothing(one, log):
    assert "root is not that of nothing" in str(refuses(one, log, head=checkpoint(0, bytes(32))))
    assert cosign(one, log, head=checkpoint(0)).size == 0
    assert isinstance(refuses(one, log, head=checkpoint(0, bytes(32))), Fork)
    assert cosign(one, log).size == 3


def test_rule_1_what_the_operator_has_not_signed_is_refused(one, log):
    assert "signature of stranger" in str(refuses(one, log, operator=STRANGER))


def test_rule_1_what_was_changed_after_signing_is_refused(one, log):
    changed = read_checkpoint(as_text(log.head()).replace("\n3\n", "\n2\n"))

    assert "does not have the signature" in str(refuses(one, log, head=changed))


def test_rule_2_an_older_checkpoint_is_refused(one, log):
    older = log.head()
    append(log.folder, b"another", signer=OPERATOR)
    cosign(one, log)

    refusal = refuses(one, log, head=older)
    assert "It covers 3 statements, and 4 statements were cosigned before" in str(refusal)
    assert not isinstance(refusal, Fork)


def test_rule_2_a_fork_of_the_same_size_is_refused(one, log, other):
    head = checkpoint(3, Tiles(other.folder, 3).root())
    cosign(one, log)

    assert isinstance(refuses(one, other, head=head), Fork)


def test_rule_2_a_fork_that_has_grown_is_refused(one, log, other):
    cosign(one, log)

    assert isinstance(refuses(one, other), Fork)


def test_rule_2_each_log_is_remembered_by_itself(one, log):
    elsewhere = checkpoint(1, bytes(32), by=STRANGER, origin="stranger.example.org")
    cosign(one, log)
    cosign(one, log, head=elsewhere, operator=STRANGER)

    assert cosign(one, log).size == 3
    assert one.newest("stranger.example.org").size == 1


def test_a_damaged_copy_of_the_log_is_nobodys_fork(tmp_path, one, six_hundred):
    log = Log(copy(six_hundred, tmp_path / "log"))
    cosign(one, log, head=checkpoint(100, Tiles(six_hundred, 100).root()))
    tile = log.folder / "tile/0/000"
    content = tile.read_bytes()
    tile.unlink()
    tile.write_bytes(bytes(32) + content[32:])

    assert "missing or damaged" in str(refuses(one, log, Refused))
    assert list(tmp_path.glob("state.json.fork-*")) == []


def test_tiles_of_another_log_are_nobodys_fork(one, log, other):
    cosign(one, log)
    append(log.folder, b"another", signer=OPERATOR)

    with pytest.raises(Refused, match="do not lead to the root"):
        one.cosign(log.head(), operator=OPERATOR.public, consistency=other.consistency_path, at=NOW)


def test_rule_3_what_is_not_on_the_disk_does_not_leave(one, log, monkeypatch):
    def full(*words, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "replace", full)
    with pytest.raises(OSError, match="No space"):
        cosign(one, log)


def test_rule_3_of_two_at_once_one_waits_for_the_next_try(one, log):
    with disk.alone_with(one.state.with_name(".state.json.lock")):
        assert "Another process" in str(refuses(one, log, Refused))


def test_rule_3_two_forks_at_once_get_one_cosignature(one, log, other):
    heads = [(log, log.head()), (other, checkpoint(3, Tiles(other.folder, 3).root()))]
    done = []

    def offer(log, head):
        while True:
            try:
                done.append(cosign(one, log, head=head))
            except Refused:
                continue
            except Fork:
                pass
            return

    offers = [Thread(target=offer, args=pair) for pair in heads]
    for each in offers:
        each.start()
    for each in offers:
        each.join()

    assert len(done) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"\xff", b"[]", b'{"format": "echt witness/1", "logs": {"a": 1}}', b'{"format": 1, "logs": {}}'],
)
def test_rule_4_a_state_file_that_cannot_be_read_is_refused(one, log, content):
    one.state.write_bytes(content)

    assert "must not forget" in str(refuses(one, log, Refused))


def test_rule_4_a_state_file_that_was_changed_is_refused(one, log):
    cosign(one, log)
    one.state.write_text(one.state.read_text().replace("por.example.org/log\\n", "rop.example.org/log\\n"))

    assert "must not forget" in str(refuses(one, log, Refused))


def test_what_a_witness_remembers_is_for_itself_alone(one, log):
    cosign(one, log)

    assert stat.S_IMODE(one.state.stat().st_mode) == 0o600


def test_rule_5_a_clock_that_goes_back_is_refused(one, log):
    cosign(one, log)

    assert "The clock is wrong" in str(refuses(one, log, at=NOW - 1))
    assert cosign(one, log, at=NOW).size == 3


def test_rule_6_both_checkpoints_of_a_fork_are_kept(one, log, other):
    head = checkpoint(3, Tiles(other.folder, 3).root())
    cosign(one, log)
    fork = refuses(one, other, head=head)

    held, offered = as_text(fork.held), as_text(fork.offered)
    assert fork.evidence.read_text() == f"{held}\n{offered}"
    assert contradict(read_checkpoint(held), read_checkpoint(offered))
    assert str(fork.evidence) in str(fork)


def test_rule_6_strangers_leave_nothing_on_our_disk(tmp_path, one, log, other):
    cosign(one, log)
    head = checkpoint(3, bytes(32), by=STRANGER)

    refuses(one, other, head=head)
    assert list(tmp_path.glob("state.json.fork-*")) == []


def test_a_witness_does_not_sign_with_an_operator_key(tmp_path, log):
    with pytest.raises(Refused, match="Make a witness key"):
        cosign(Witness(STRANGER, tmp_path / "state.json"), log)

    assert not (tmp_path / "state.json").exists()
