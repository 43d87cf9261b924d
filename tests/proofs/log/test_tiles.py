import json
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from echt.proofs.keys import parse
from echt.proofs.log.append import append
from echt.proofs.log.folder import Log
from echt.proofs.log.tiles import Tiles, bundle, entries_of, tile_name
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import is_consistent, root_of_inclusion
from tests.proofs import reference_log
from tests.proofs.log.logs import OPERATOR, copy, entries

ENTRIES = entries(600)
VECTORS = resources.files("echt.proofs") / "vectors"
CORNERS = [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 599, 600]

# The leaves and roots with which the first implementations of RFC 6962 were tested.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize(
    ("index", "width", "name"),
    [
        (0, 1, "tile/0/000.p/1"),
        (999, 256, "tile/0/999"),
        (1000, 256, "tile/0/x001/000"),
        (1234067, 256, "tile/0/x001/x234/067"),
        (70_000 // 256, 112, "tile/0/273.p/112"),
    ],
)
def test_the_place_of_a_tile(index, width, name):
    assert tile_name(0, index, width) == name


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_entries_come_out_of_a_bundle_as_they_went_in(some):
    assert entries_of(bundle(some)) == some


def test_roots_and_paths_are_the_published_ones(tmp_path):
    for place, leaf in enumerate(LEAVES):
        assert append(tmp_path / "log", bytes.fromhex(leaf), signer=OPERATOR) == place

    tiles = [Tiles(tmp_path / "log", size) for size in range(9)]
    assert [each.root().hex() for each in tiles] == ROOTS
    assert [step.hex() for step in tiles[8].inclusion_path(5)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [step.hex() for step in tiles[8].consistency_path(6)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_the_log_of_the_golden_vectors_is_made_byte_for_byte(tmp_path):
    key = json.loads((VECTORS / "keys.json").read_text())["good"][0]["private"]
    log = Log(Path(str(VECTORS / "log")))

    for entry in log.entries(log.head()):
        append(tmp_path / "log", entry, signer=parse(key), origin=log.head().origin)

    for there in (path for path in log.folder.rglob("*") if path.is_file()):
        assert (tmp_path / "log" / there.relative_to(log.folder)).read_bytes() == there.read_bytes()


sizes = st.integers(1, 600) | st.sampled_from(CORNERS[1:])


@settings(deadline=None)
@given(sizes, st.data())
def test_every_entry_is_in_every_tree_that_has_it_and_no_change_passes(six_hundred, size, data):
    index = data.draw(st.integers(0, size - 1))
    tiles = Tiles(six_hundred, size)
    path, root = tiles.inclusion_path(index), tiles.root()

    assert root == reference_log.log_root(ENTRIES[:size])
    assert path == reference_log.log_path(index, ENTRIES[:size])
    assert root_of_inclusion(ENTRIES[index], index, size, path) == root
    for changed in _changes(path, data):
        assert root_of_inclusion(ENTRIES[index], index, size, changed) != root
    assert root_of_inclusion(ENTRIES[index] + b"x", index, size, path) != root
    assert all(root_of_inclusion(ENTRIES[index], other, size, path) != root for other in range(size) if other != index)


@pytest.mark.parametrize("size", [1, 2, 3, 31, 64, 65, 255, 256, 257, 513])
def test_every_entry_of_a_tree_is_in_it(six_hundred, size):
    tiles = Tiles(six_hundred, size)
    root = tiles.root()

    for index in range(size):
        assert root_of_inclusion(ENTRIES[index], index, size, tiles.inclusion_path(index)) == root


@settings(deadline=None)
@given(st.tuples(sizes, sizes).map(sorted), st.data())
@example([256, 512], None)
def test_a_tree_continues_every_smaller_one_and_no_change_passes(six_hundred, both, data):
    older, size = both
    tiles = Tiles(six_hundred, size)
    old, new, path = (older, Tiles(six_hundred, older).root()), (size, tiles.root()), tiles.consistency_path(older)

    assert path == ([] if older == size else reference_log.log_consistency(older, ENTRIES[:size]))
    assert is_consistent(old, new, path)
    for changed in _changes(path, data) if data else []:
        assert not is_consistent(old, new, changed)
    assert not is_consistent((older, bytes(32)), new, path)
    assert not is_consistent(old, (size, bytes(32)), path)


def test_all_small_trees_continue_all_smaller_ones(six_hundred):
    roots = [Tiles(six_hundred, size).root() for size in range(67)]

    for size in range(67):
        tiles = Tiles(six_hundred, size)
        for older in range(size + 1):
            assert is_consistent((older, roots[older]), (size, roots[size]), tiles.consistency_path(older))


def _changes(path, data):
    """The path with one bit changed, with one step less, with one more, with two changed over."""
    yield [*path, bytes(32)]
    if path:
        place, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        flipped = (int.from_bytes(path[place], "big") ^ 1 << bit).to_bytes(32, "big")
        yield [*path[:place], flipped, *path[place + 1 :]]
        yield [*path[:place], *path[place + 1 :]]
    if len(path) > 1:
        yield [path[1], path[0], *path[2:]]


def test_a_proof_reads_a_few_tiles_only(tmp_path, six_hundred):
    for kept in ["tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]:
        (tmp_path / kept).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / kept).write_bytes((six_hundred / kept).read_bytes())

    assert Tiles(tmp_path, 600).inclusion_path(300) == Tiles(six_hundred, 600).inclusion_path(300)


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001"])
@pytest.mark.parametrize("harm", ["lost", "cut", "changed"])
def test_a_damaged_tile_is_named(tmp_path, six_hundred, name, harm):
    log = Log(copy(six_hundred, tmp_path / "log"))
    content = (log.folder / name).read_bytes()
    (log.folder / name).unlink()
    if harm == "cut":
        (log.folder / name).write_bytes(content[:-1])
    if harm == "changed":
        (log.folder / name).write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])

    with pytest.raises(Refused, match=r"missing or damaged|do not lead to the root"):
        list(log.entries(log.head()))
