import json
import os
import stat
from threading import Thread

import pytest

from echt.proofs import disk
from echt.proofs.log.append import LOCK, append, collect
from echt.proofs.log.checkpoints import as_text, cosigned, cosigners
from echt.proofs.log.folder import Log
from echt.proofs.log.tiles import MOST_OF_AN_ENTRY, Tiles
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import read_checkpoint, root_of_inclusion
from echt.proofs.verify.note import Signed
from tests.proofs.log.logs import OPERATOR, ORIGIN, STRANGER, checkpoint, copy, entries, lay_out, witness


@pytest.fixture
def log(tmp_path):
    return lay_out(tmp_path / "log", entries(3))


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != LOCK}


def refuses(log, entry=b"another", *, signer=OPERATOR, origin=ORIGIN):
    """What the refusal says; the folder is as it was."""
    before = state(log.folder)
    with pytest.raises(Refused) as refusal:
        append(log.folder, entry, signer=signer, origin=origin)
    assert state(log.folder) == before
    return str(refusal.value)


def test_a_statement_gets_the_next_number_and_a_signed_checkpoint(log):
    assert append(log.folder, b"another", signer=OPERATOR) == 3

    head = log.head()
    assert (head.origin, head.size, head.signed_by(OPERATOR.public)) == (ORIGIN, 4, Signed.YES)
    assert list(log.entries(head)) == [*entries(3), b"another"]


def test_the_origin_is_the_name_of_the_key_unless_another_is_given(tmp_path):
    append(tmp_path / "one", b"entry", signer=OPERATOR)
    append(tmp_path / "two", b"entry", signer=OPERATOR, origin="another.example.org/log")

    assert Log(tmp_path / "one").head().origin == ORIGIN
    assert Log(tmp_path / "two").head().origin == "another.example.org/log"


@pytest.mark.parametrize("origin", ["two\nlines", "bell\a"])
def test_an_origin_is_one_line(tmp_path, origin):
    with pytest.raises(Refused, match="origin"):
        append(tmp_path / "log", b"entry", signer=OPERATOR, origin=origin)

    assert state(tmp_path) == {}


def test_everybody_may_read_a_log_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        append(tmp_path / "log", b"entry", signer=OPERATOR)
    finally:
        os.umask(before)

    for path in [tmp_path / "log", *(tmp_path / "log").rglob("*")]:
        wanted = 0o755 if path.is_dir() else 0o600 if path.name == LOCK else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_rule_1_nothing_that_a_checkpoint_needs_is_changed_by_later_ones(tmp_path):
    seen = {}
    for entry in entries(5):
        append(tmp_path / "log", entry, signer=OPERATOR)
        now = {path: content for path, content in state(tmp_path / "log").items() if path.name != "checkpoint"}
        assert seen.items() <= now.items()
        seen = now


def test_rule_1_a_full_tile_takes_the_place_of_the_narrower_ones(tmp_path, six_hundred):
    log = lay_out(tmp_path / "log", entries(254))
    for entry in entries(258)[254:]:
        append(log.folder, entry, signer=OPERATOR)

    found = {str(path.relative_to(log.folder)): path.read_bytes() for path in state(log.folder)}
    whole = lay_out(tmp_path / "whole", entries(258)).folder
    assert {str(path.relative_to(whole)): content for path, content in state(whole).items()}.items() <= found.items()
    assert not (log.folder / "tile/0/000.p").exists()
    assert not (log.folder / "tile/entries/000.p").exists()
    assert [len(Tiles(log.folder, size).entries(0)) for size in (1, 255)] == [1, 255]


def test_rule_3_a_second_writer_is_refused(log):
    with disk.alone_with(log.folder / LOCK):
        assert "Another process is writing" in refuses(log)

    assert append(log.folder, b"another", signer=OPERATOR) == 3


def test_rule_3_of_many_writers_none_is_lost(tmp_path):
    def write(number):
        for entry in [b"%d: %s" % (number, entry) for entry in entries(4)]:
            while True:
                try:
                    append(tmp_path / "log", entry, signer=OPERATOR)
                except Refused:
                    continue
                break

    writers = [Thread(target=write, args=[number]) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    log = Log(tmp_path / "log")
    assert sorted(log.entries(log.head())) == sorted(b"%d: %s" % (n, entry) for n in range(4) for entry in entries(4))


def test_rule_4_the_log_of_another_origin_is_refused(log):
    assert "is the log of" in refuses(log, origin="another.example.org/log")


def test_rule_4_the_log_of_another_key_is_refused(log):
    assert "not signed by this key" in refuses(log, signer=STRANGER)


def test_rule_4_a_witness_key_signs_no_checkpoint(tmp_path):
    with pytest.raises(Refused, match="witness key"):
        append(tmp_path / "log", b"entry", signer=witness("witness.example.net"))


def test_rule_4_a_changed_checkpoint_is_refused(log):
    log.place.write_text(log.place.read_text().replace("\n3\n", "\n2\n"))

    assert "not signed by this key" in refuses(log)


@pytest.mark.parametrize("name", ["tile/0/000.p/3", "tile/entries/000.p/3"])
def test_rule_4_tiles_that_are_not_those_of_the_checkpoint_are_refused(log, name):
    content = (log.folder / name).read_bytes()
    (log.folder / name).write_bytes(content[:-1] + b"!")

    assert "Fetch the log again" in refuses(log)


def test_rule_4_an_older_checkpoint_is_refused(tmp_path, log):
    older = log.place.read_bytes()
    for entry in [b"four", b"five"]:
        append(log.folder, entry, signer=OPERATOR)
    log.place.write_bytes(older)

    assert "the checkpoint is an older one" in refuses(log)


@pytest.mark.parametrize("size", [254, 255, 256, 400])
def test_rule_4_an_older_checkpoint_is_noticed_wherever_a_tile_ends(tmp_path, six_hundred, size):
    log = Log(copy(six_hundred, tmp_path / "log"))
    log.place.unlink()
    log.place.write_text(as_text(checkpoint(size, Tiles(six_hundred, size).root())))

    assert "the checkpoint is an older one" in refuses(log)


def test_rule_4_a_lost_checkpoint_is_not_taken_for_a_new_log(log):
    log.place.unlink()

    assert "it was lost" in refuses(log)


def test_rule_4_a_folder_with_something_else_in_the_place_of_the_checkpoint_is_refused(log):
    log.place.write_bytes(b"\xff")

    assert "does not hold a checkpoint" in refuses(log)


def test_rule_5_no_checkpoint_is_signed_if_the_disk_gives_back_something_else(log, monkeypatch):
    replace = disk.replace
    monkeypatch.setattr(disk, "replace", lambda path, content, **mode: replace(path, content[:-1] + b"!", **mode))
    head = log.head()

    with pytest.raises(Refused, match="check the disk"):
        append(log.folder, b"another", signer=OPERATOR)

    assert log.head() == head


def test_rule_6_the_same_entry_as_the_last_is_not_appended_again(log):
    before = state(log.folder)

    assert append(log.folder, entries(3)[-1], signer=OPERATOR) == 2
    assert state(log.folder) == before


def test_rule_6_also_where_a_tile_ends(tmp_path):
    log = lay_out(tmp_path / "log", entries(255), narrower=False)

    for index in (255, 255, 256, 256):
        assert append(log.folder, entries(257)[index], signer=OPERATOR) == index


def test_an_entry_that_came_before_the_last_is_appended_again(log):
    assert append(log.folder, entries(3)[0], signer=OPERATOR) == 3


def test_an_entry_that_no_tile_can_hold_is_refused(log):
    assert append(log.folder, bytes(MOST_OF_AN_ENTRY), signer=OPERATOR) == 3
    assert "at most 65535" in refuses(log, bytes(MOST_OF_AN_ENTRY + 1))


def test_the_log_part_of_a_proof_file_shows_the_inclusion(six_hundred):
    log = Log(six_hundred)
    for index in (0, 255, 256, 599):
        part = json.loads(json.dumps(log.inclusion_part(index)))
        head = read_checkpoint(part["checkpoint"])
        path = [bytes.fromhex(step) for step in part["path"]]

        assert part.keys() == {"checkpoint", "index", "path"}
        assert part["checkpoint"] == log.place.read_text()
        assert root_of_inclusion(entries(600)[index], part["index"], head.size, path) == head.root


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_log_part_for_what_is_not_there(log, index):
    with pytest.raises(Refused, match=f"no number {index}"):
        log.inclusion_part(index)


def test_rule_7_no_proof_leaves_from_tiles_that_are_not_those_of_the_checkpoint(tmp_path, log):
    other = lay_out(tmp_path / "other", [b"a", b"b", b"c"])
    log.place.write_bytes(other.place.read_bytes())

    with pytest.raises(Refused, match="do not lead to the root"):
        log.inclusion_part(1)


def test_what_holds_no_log_is_named(tmp_path):
    with pytest.raises(Refused, match="There is no log in"):
        Log(tmp_path).inclusion_part(0)


def test_cosignatures_are_taken_over_and_do_not_change_the_log(log):
    one, other = witness("one.example.net"), witness("other.example.net")
    head = log.head()
    collect(log.folder, cosigned(head, one, 1000), [one.public])
    collect(log.folder, cosigned(head, other, 1001), [other.public])
    collect(log.folder, cosigned(head, one, 1002), [one.public])

    assert log.head().note.text == head.note.text
    assert cosigners(log.head(), [one.public, other.public], OPERATOR.public) == {one.public: 1002, other.public: 1001}
    assert log.inclusion_part(0)["checkpoint"] == as_text(log.head())
    assert append(log.folder, b"another", signer=OPERATOR) == 3


def test_a_cosignature_of_another_checkpoint_is_not_taken_over(log):
    one = witness("one.example.net")
    older = log.head()
    append(log.folder, b"another", signer=OPERATOR)
    before = state(log.folder)

    with pytest.raises(Refused, match="another checkpoint"):
        collect(log.folder, cosigned(older, one, 1000), [one.public])
    with pytest.raises(Refused, match=r"one\.example\.net has not cosigned it"):
        collect(log.folder, log.head(), [one.public])

    assert state(log.folder) == before
