"""Appending to a log, so that a power cut at any moment leaves a log (rules 1 to 6 of `echt.proofs.log`).

The order is entry, tiles from the bottom up, checkpoint; each is on the disk before the next is begun. Until the
checkpoint is there, nothing has touched a file that the one before needs. A log begins with the checkpoint of the empty
tree, so that a folder with entries and without a checkpoint is known to have lost it.
"""

import shutil
from pathlib import Path

from echt.proofs import disk
from echt.proofs.keys import Signer
from echt.proofs.log.checkpoints import as_text, make, taken_over
from echt.proofs.log.folder import Log
from echt.proofs.log.tiles import ENTRIES, MOST_OF_AN_ENTRY, Tiles, bundle, root_of_tile, tile_name
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import EMPTY_ROOT, TILE_WIDTH, Checkpoint, is_consistent, leaf_hash, root_of_inclusion
from echt.proofs.verify.note import Signed, VerifierKey

LOCK = ".lock"


def append(folder: Path, entry: bytes, *, signer: Signer, origin: str | None = None) -> int:
    """Append an entry and return its index, counted from 0; where it is the last one already, do nothing (rule 6).

    The origin names a new log; it is the key's name where it is not given. A log keeps its origin.

    Raises:
        Refused: it can't be appended; the log is as it was.
    """
    if len(entry) > MOST_OF_AN_ENTRY:
        raise Refused(f"The statement has {len(entry)} bytes, and an entry of a log at most {MOST_OF_AN_ENTRY}.")
    folder.mkdir(mode=disk.PUBLIC_FOLDER, parents=True, exist_ok=True)
    with disk.alone_with(folder.joinpath(LOCK)):
        log = Log(folder)
        head = log.head() if log.place.exists() else _begin(log, signer, origin)
        last = _last_entry(log, head, signer, origin or head.origin)
        if entry == last:
            return head.size - 1
        _put(log, head, entry, signer)
    return head.size


def _begin(log: Log, signer: Signer, origin: str | None) -> Checkpoint:
    """The checkpoint of the empty log."""
    if (log.folder / "tile").exists():
        raise Refused(
            f"{log.folder} has the tiles of a log and no checkpoint: it was lost. "
            "Fetch the log again from where it is published."
        )
    head = make(origin or signer.name, 0, EMPTY_ROOT, signer)
    log.folder.chmod(disk.PUBLIC_FOLDER)
    disk.replace(log.place, as_text(head).encode())
    return head


def _last_entry(log: Log, head: Checkpoint, signer: Signer, origin: str) -> bytes | None:
    """The last entry of a log that may be appended to; none where it is empty.

    Raises:
        Refused: it may not (rule 4).
    """
    if head.origin != origin:
        raise Refused(f"{log.folder} is the log of {head.origin}, not of {origin}.")
    if head.signed_by(signer.public) is not Signed.YES:
        raise Refused(f"The checkpoint in {log.folder} is not signed by this key ({signer.public}).")
    if Tiles(log.folder, head.size).root() != head.root:
        raise log.unlike(head)
    _check_nothing_beyond(log.folder, head.size)
    if head.size == 0:
        return None
    log.inclusion_path(head.size - 1, head)
    tile, place = divmod(head.size - 1, TILE_WIDTH)
    return Tiles(log.folder, head.size).entries(tile)[place]


def _check_nothing_beyond(folder: Path, size: int) -> None:
    """Rule 4: an interrupted append leaves one entry more than the checkpoint covers; more is another log's end."""
    tile, place = divmod(size, TILE_WIDTH)
    wider = [path for path in folder.joinpath(_narrower(ENTRIES, tile)).glob("[1-9]*") if int(path.name) > place + 1]
    full = place + 1 < TILE_WIDTH and folder.joinpath(tile_name(ENTRIES, tile, TILE_WIDTH)).exists()
    next_ones = (_narrower(ENTRIES, tile + 1), tile_name(ENTRIES, tile + 1, TILE_WIDTH))
    if wider or full or any(folder.joinpath(name).exists() for name in next_ones):
        raise Refused(
            f"{folder} has more statements than the {size} of its checkpoint, so the checkpoint is an older one. "
            "Fetch the log again from where it is published."
        )


def _put(log: Log, head: Checkpoint, entry: bytes, signer: Signer) -> None:
    """Rules 2 and 5."""
    tiles = Tiles(log.folder, head.size)
    tile, place = divmod(head.size, TILE_WIDTH)
    before = tiles.entries(tile) if place else []
    _write_tile(log.folder, tile_name(ENTRIES, tile, place + 1), bundle([*before, entry]))
    filled = _write_hashes(tiles, leaf_hash(entry))
    grown = Tiles(log.folder, head.size + 1)
    _check_growth(head, grown, entry)
    disk.replace(log.place, as_text(make(head.origin, grown.size, grown.root(), signer)).encode())
    for parts in filled:
        shutil.rmtree(log.folder.joinpath(parts), ignore_errors=True)


def _write_hashes(tiles: Tiles, digest: bytes) -> list[str]:
    """Add a hash to the tiles at the right edge; return the places of the narrower ones that full ones replace."""
    filled: list[str] = []
    level, index = 0, tiles.size
    while True:
        tile, place = divmod(index, TILE_WIDTH)
        hashes = [*(tiles.hashes(level, tile) if place else []), digest]
        _write_tile(tiles.folder, tile_name(level, tile, len(hashes)), b"".join(hashes))
        if len(hashes) < TILE_WIDTH:
            return filled
        filled.append(_narrower(level, tile))
        if level == 0:
            filled.append(_narrower(ENTRIES, tile))
        level, index, digest = level + 1, tile, root_of_tile(hashes)


def _narrower(level: int | str, tile: int) -> str:
    """The folder of a tile's narrower forms."""
    return f"{tile_name(level, tile, TILE_WIDTH)}.p"


def _write_tile(folder: Path, name: str, content: bytes) -> None:
    path = folder.joinpath(name)
    disk.make_folders(path.parent, below=folder)
    disk.replace(path, content)


def _check_growth(head: Checkpoint, grown: Tiles, entry: bytes) -> None:
    """Rule 5, on what the disk gives back."""
    root = grown.root()
    continues = is_consistent((head.size, head.root), (grown.size, root), grown.consistency_path(head.size))
    if not continues or root_of_inclusion(entry, head.size, grown.size, grown.inclusion_path(head.size)) != root:
        raise Refused(
            f"{grown.folder} does not give back what was written to it. Nothing was appended; check the disk."
        )


def collect(folder: Path, cosigned: Checkpoint, witnesses: list[VerifierKey]) -> Checkpoint:
    """Take the cosignatures of these witnesses over into the log's checkpoint.

    Raises:
        Refused: the log's checkpoint is another one, or a cosignature is not there or not right.
    """
    log = Log(folder)
    log.head()
    with disk.alone_with(folder.joinpath(LOCK)):
        head = taken_over(log.head(), cosigned, witnesses)
        disk.replace(log.place, as_text(head).encode())
    return head
