"""A log as it lies in a folder, for reading: its head, its entries, and proofs (rule 7 of `echt.proofs.log`).

Nobody's signature is checked here: `checkpoints` and `following` do that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from echt.proofs.log.checkpoints import as_text, read, shown
from echt.proofs.log.tiles import Tiles
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import TILE_WIDTH, Checkpoint, is_consistent, root_of_inclusion
from echt.proofs.verify.strict_json import Json

CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Log:
    """A folder with a checkpoint and the tiles that it stands for."""

    folder: Path

    @property
    def place(self) -> Path:
        """Where the newest checkpoint lies."""
        return self.folder.joinpath(CHECKPOINT)

    def head(self) -> Checkpoint:
        """The newest checkpoint.

        Raises:
            Refused: there is none.
        """
        if not self.place.is_file():
            raise Refused(f"There is no log in {self.folder}: it has no file named checkpoint.")
        return read(self.place)

    def inclusion_part(self, index: int) -> dict[str, Json]:
        """The `log` part of a proof file: the entry is in the newest checkpoint.

        Raises:
            Refused: there is no such entry, or the tiles don't lead to the checkpoint.
        """
        head = self.head()
        path = self.inclusion_path(index, head)
        return {"checkpoint": as_text(head), "index": index, "path": [step.hex() for step in path]}

    def inclusion_path(self, index: int, head: Checkpoint) -> list[bytes]:
        """The path from an entry to the root of the checkpoint.

        Raises:
            Refused: there is no such entry, or the tiles don't lead to the checkpoint.
        """
        if not 0 <= index < head.size:
            raise Refused(f"The log has {shown(head.size)}, counted from 0: there is no number {index}.")
        tiles = Tiles(self.folder, head.size)
        tile, place = divmod(index, TILE_WIDTH)
        path = tiles.inclusion_path(index)
        if root_of_inclusion(tiles.entries(tile)[place], index, head.size, path) != head.root:
            raise self.unlike(head)
        return path

    def consistency_path(self, older: Checkpoint, newer: Checkpoint) -> list[bytes] | None:
        """The path that shows that the newer checkpoint continues the older one.

        None where every tile is in order and it does not: that is the operator's doing, and no damaged file's.

        Raises:
            Refused: these are not the tiles of the newer one.
        """
        tiles = self._tiles_of(newer)
        path = tiles.consistency_path(older.size)
        if is_consistent((older.size, older.root), (newer.size, newer.root), path):
            return path
        tiles.check_upper_levels()
        return None

    def entries(self, head: Checkpoint) -> Iterator[bytes]:
        """Every entry that the checkpoint covers; the tiles are checked from its root down to the entries.

        Raises:
            Refused: something is missing, or is not what the checkpoint stands for.
        """
        tiles = self._tiles_of(head)
        tiles.check_upper_levels()
        for tile in range(tiles.number(0)):
            yield from tiles.entries(tile)

    def _tiles_of(self, head: Checkpoint) -> Tiles:
        """The tiles, which lead to the root of the checkpoint."""
        tiles = Tiles(self.folder, head.size)
        if tiles.root() != head.root:
            raise self.unlike(head)
        return tiles

    def unlike(self, head: Checkpoint) -> Refused:
        return Refused(
            f"The tiles in {self.folder} do not lead to the root of the checkpoint over {shown(head.size)}. "
            "Fetch the log again from where it is published."
        )
