"""The numbered rules of `log`, for every size of log up to a few tiles' worth of shapes."""

import pytest

from echt.proofs.verify.log import (
    EMPTY_ROOT,
    LogFolder,
    cosigned_at,
    inclusion_length,
    is_consistent,
    leaf_hash,
    node_hash,
    read_checkpoint,
    root_of_inclusion,
)
from echt.proofs.verify.note import WITNESS_KEY, BadNote, VerifierKey
from tests.proofs.reference_log import checkpoint, log_consistency, log_path, log_root
from tests.proofs.signing import Signer

ENTRIES = [b"entry %d" % number for number in range(33)]
OPERATOR, WITNESS = Signer("example.org/log"), Signer("witness.example")
WITNESS_VERIFIER = VerifierKey(WITNESS.name, WITNESS_KEY, WITNESS.public)


def head(size, entries=ENTRIES):
    return size, log_root(entries[:size])


def test_rule_1_an_entry_is_no_node():
    left, right = leaf_hash(b"1"), leaf_hash(b"2")

    assert leaf_hash(left + right) != node_hash(left, right)
    assert log_root([]) == EMPTY_ROOT


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 16, 21, 33])
def test_rule_2_every_entry_is_included_by_its_path_and_by_no_other(size):
    entries = ENTRIES[:size]
    for index in range(size):
        path = log_path(index, entries)
        assert inclusion_length(index, size) == len(path)
        assert root_of_inclusion(entries[index], index, size, path) == log_root(entries)
        assert root_of_inclusion(entries[index], index, size, [*path, bytes(32)]) is None
        assert root_of_inclusion(entries[index], index, size, path[1:]) is None or not path
        assert root_of_inclusion(b"else", index, size, path) != log_root(entries)
        assert (
            root_of_inclusion(entries[index], size - 1 - index, size, path) != log_root(entries)
            or size == 2 * index + 1
        )


def test_rule_2_no_place_outside_the_log():
    assert root_of_inclusion(b"", 1, 1, []) is None
    assert root_of_inclusion(b"", -1, 1, []) is None
    assert root_of_inclusion(b"", 0, 0, []) is None


@pytest.mark.parametrize("new", [1, 2, 3, 5, 8, 13, 16, 33])
def test_rule_3_every_older_log_is_consistent_by_its_path_and_no_rewritten_one(new):
    for old in range(1, new + 1):
        path = log_consistency(old, ENTRIES[:new])
        rewritten = [b"else", *ENTRIES[1:]]
        assert is_consistent(head(old), head(new), path)
        assert not is_consistent(head(old, rewritten), head(new), path)
        assert not is_consistent(head(old), head(new, rewritten), path)
        assert not is_consistent(head(old), head(new), [*path, bytes(32)])
        assert not is_consistent(head(old), head(new), [bytes(32), *path[1:]])
        assert not is_consistent(head(old), head(new), path[1:]) or not path


def test_rule_3_an_empty_log_comes_before_every_log():
    assert is_consistent((0, EMPTY_ROOT), head(5), [])
    assert not is_consistent((0, bytes(32)), head(5), [])
    assert not is_consistent(head(5), head(3), [])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A log of 70 000 entries: three levels of tiles, the last of each not full."""
    there = tmp_path_factory.mktemp("log")
    hashes, level = [leaf_hash(b"%d" % number) for number in range(70_000)], 0
    while hashes:
        for tile in range(-(-len(hashes) // 256)):
            part = hashes[256 * tile : 256 * (tile + 1)]
            name = f"tile/{level}/{tile:03}" + ("" if len(part) == 256 else f".p/{len(part)}")
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            (there / name).write_bytes(b"".join(part))
        hashes = [_root(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    return there


def _root(hashes):
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


@pytest.fixture(scope="module")
def heads(folder):
    sizes = (1, 255, 256, 257, 1000, 65_535, 65_536, 65_537, 69_999, 70_000)
    return {size: (size, LogFolder(folder, 70_000)._root(0, size)) for size in sizes}


def test_rule_3_the_tiles_of_a_folder_show_it(folder, heads):
    for old in heads:
        path = LogFolder(folder, 70_000).consistency_path(old)
        assert is_consistent(heads[old], heads[70_000], path)
        assert not is_consistent((old, bytes(32)), heads[70_000], path)
    assert heads[1][1] == leaf_hash(b"0")
    assert heads[257][1] == node_hash(heads[256][1], leaf_hash(b"256"))


def test_rule_3_full_tiles_that_came_since_serve_as_well(folder, heads):
    """A checkpoint of 65 500 needs a tile of 220 hashes; there is only the full one."""
    middle = (65_500, LogFolder(folder, 70_000)._root(0, 65_500))

    assert is_consistent(heads[1000], middle, LogFolder(folder, 65_500).consistency_path(1000))


def test_rule_3_a_tile_that_is_missing_cut_or_false(folder, heads, tmp_path):
    with pytest.raises(OSError, match="tile"):
        LogFolder(tmp_path, 70_000).consistency_path(1000)

    (tmp_path / "tile/0/000.p").mkdir(parents=True)
    (tmp_path / "tile/0/000.p/3").write_bytes(bytes(95))
    with pytest.raises(OSError, match="tile/0/000"):
        LogFolder(tmp_path, 3).consistency_path(1)

    (tmp_path / "tile/0/000.p/3").write_bytes(bytes(96))
    path = LogFolder(tmp_path, 3).consistency_path(1)
    assert not is_consistent(head(1), head(3), path)


BODY = checkpoint("example.org/log", ENTRIES[:5])


def test_rule_4_a_checkpoint_is_read():
    read = read_checkpoint(OPERATOR.sign(BODY))

    assert (read.origin, read.size, read.root) == ("example.org/log", *head(5))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "a\n",
        "a\n5\n",
        BODY.replace("\n5\n", "\n05\n"),
        BODY.replace("\n5\n", "\n-5\n"),
        BODY.replace("=\n", "\n"),
        BODY + "more\n",
        "\n5\n" + BODY.split("\n", 2)[2],
        "a\n5\nAAAA\n",
        BODY.replace("5", "٥"),
        BODY.replace("\n5\n", f"\n{10**18}\n"),
    ],
)
def test_rule_4_what_is_no_checkpoint(body):
    with pytest.raises(BadNote):
        read_checkpoint(OPERATOR.sign(body))


def test_a_witness_says_when_it_saw_a_checkpoint():
    signed = OPERATOR.sign(BODY)

    assert cosigned_at(read_checkpoint(signed), WITNESS_VERIFIER) is None
    assert cosigned_at(read_checkpoint(signed + WITNESS.cosign(BODY, 1_700_000_000)), WITNESS_VERIFIER) == 1_700_000_000
    assert cosigned_at(read_checkpoint(signed + WITNESS.cosign(BODY + "x", 1_700_000_000)), WITNESS_VERIFIER) is None
    assert (
        cosigned_at(read_checkpoint(signed + WITNESS._line(WITNESS.key_id(b"\x04") + bytes(3))), WITNESS_VERIFIER)
        is None
    )
    assert cosigned_at(read_checkpoint(signed + WITNESS.line(BODY)), WITNESS_VERIFIER) is None
