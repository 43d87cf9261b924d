"""The files of a log as in C2SP tlog-tiles: hashes and entries in tiles of 256, each a file that never changes.

A tile of level L holds up to 256 hashes, each of a complete tree over 256**L entries. A tile that is not full yet is
another file for each width, so that what a checkpoint of that size needs stays as it was.
"""

from collections.abc import Iterable
from pathlib import Path

from echt.proofs.refusals import Refused
from echt.proofs.verify.log import (
    EMPTY_ROOT,
    TILE_HEIGHT,
    TILE_WIDTH,
    LogFolder,
    _left_part,
    _tile_number,
    leaf_hash,
    node_hash,
)

ENTRIES = "entries"
LENGTH_BYTES = 2
MOST_OF_AN_ENTRY = (1 << 8 * LENGTH_BYTES) - 1


def tile_name(level: int | str, index: int, width: int) -> str:
    """The place of a tile in the folder; the level of entries is `entries`."""
    part = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{level}/{_tile_number(index)}{part}"


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as a file: each behind its length."""
    return b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries)


def entries_of(content: bytes) -> list[bytes]:
    """The entries of such a file; one that is cut off at its end comes short."""
    entries, at = [], 0
    while at < len(content):
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(content[at:start], "big")
        entries.append(content[start:at])
    return entries


def root_of_tile(hashes: list[bytes]) -> bytes:
    """The root over hashes whose number is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


class Tiles(LogFolder):
    """The tiles of a folder as a tree of one size needs them, each read once. That they are right is for a root to say.

    Raises, in every method:
        Refused: a tile is missing, or shorter than it has to be.
    """

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder, size)
        self._seen: dict[tuple[int, int], list[bytes]] = {}

    def width(self, level: int, tile: int) -> int:
        """How many hashes the tile has in a tree of this size."""
        return max(0, min(TILE_WIDTH, (self.size >> TILE_HEIGHT * level) - TILE_WIDTH * tile))

    def number(self, level: int) -> int:
        """How many tiles the level has."""
        return -(-(self.size >> TILE_HEIGHT * level) // TILE_WIDTH)

    def hashes(self, level: int, tile: int) -> list[bytes]:
        return self._tile(level, tile)

    def root(self) -> bytes:
        return self._root(0, self.size) if self.size else EMPTY_ROOT

    def inclusion_path(self, index: int) -> list[bytes]:
        """The hashes that lead from an entry to the root, from its neighbour up (RFC 6962, 2.1.1)."""
        return self._path(index, 0, self.size)

    def _path(self, index: int, begin: int, end: int) -> list[bytes]:
        if end - begin == 1:
            return []
        middle = begin + _left_part(end - begin)
        if index < middle:
            return [*self._path(index, begin, middle), self._root(middle, end)]
        return [*self._path(index, middle, end), self._root(begin, middle)]

    def _tile(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._seen:
            try:
                self._seen[level, index] = super()._tile(level, index)
            except OSError:
                raise self.damaged(level, index) from None
        return self._seen[level, index]

    def entries(self, tile: int) -> list[bytes]:
        """The entries of a tile, which are the ones that its hashes stand for."""
        width = self.width(0, tile)
        entries = entries_of(self._bundle(tile, width))[:width]
        if [leaf_hash(entry) for entry in entries] != self.hashes(0, tile):
            raise self.damaged(ENTRIES, tile)
        return entries

    def _bundle(self, tile: int, width: int) -> bytes:
        """The file with these entries, or the full one that has come in its place."""
        for there in (width, TILE_WIDTH):
            try:
                return self.folder.joinpath(tile_name(ENTRIES, tile, there)).read_bytes()
            except OSError:
                continue
        raise self.damaged(ENTRIES, tile)

    def check_upper_levels(self) -> None:
        """Every hash above the lowest tiles is that of the tile below it."""
        level = 1
        while self.number(level):
            for tile in range(self.number(level)):
                self._check_upper_tile(level, tile)
            level += 1

    def _check_upper_tile(self, level: int, tile: int) -> None:
        first = TILE_WIDTH * tile
        below = [self.hashes(level - 1, lower) for lower in range(first, first + self.width(level, tile))]
        if [root_of_tile(hashes) for hashes in below] != self.hashes(level, tile):
            raise self.damaged(level, tile)

    def damaged(self, level: int | str, tile: int) -> Refused:
        name = tile_name(level, tile, self.width(0 if level == ENTRIES else int(level), tile))
        place = self.folder.joinpath(name)
        return Refused(f"{place} is missing or damaged. Fetch the log again from where it is published.")
