"""The log's arithmetic of the engine's own verifier: RFC 6962's definitions as they stand, one recursion each.

`verify` walks up a path with bits and folds a proof of consistency; here the tree is taken apart from the top, and
whether a log is consistent is seen from the hashes of all its entries.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

ENTRY, INNER = b"\0", b"\1"
HASH_BYTES, TILE_WIDTH = 32, 256


def root_with(entry: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of a log of this size that has the entry at this place, by RFC 6962's own recursion."""
    if size == 1:
        return sha256(ENTRY + entry).digest()
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha256(INNER + root_with(entry, index, half, path[:-1]) + path[-1]).digest()
    return sha256(INNER + path[-1] + root_with(entry, index - half, size - half, path[:-1])).digest()


def leaves_of(folder: Path, size: int) -> list[bytes]:
    """The hashes of all entries of the log, from its lowest tiles.

    Raises:
        OSError: a tile is missing or cannot be read.
    """
    numbers = range(-(-size // TILE_WIDTH))
    tiles = [_tile(folder, number, min(TILE_WIDTH, size - number * TILE_WIDTH)) for number in numbers]
    return [tile[at : at + HASH_BYTES] for tile in tiles for at in range(0, len(tile), HASH_BYTES)]


def _tile(folder: Path, number: int, width: int) -> bytes:
    thousands, rest = divmod(number, 1000)
    name = f"{rest:03}"
    while thousands:
        thousands, rest = divmod(thousands, 1000)
        name = f"x{rest:03}/{name}"
    full, part = folder / "tile" / "0" / name, folder / "tile" / "0" / f"{name}.p" / str(width)
    content = (part if width < TILE_WIDTH and part.exists() else full).read_bytes()[: width * HASH_BYTES]
    if len(content) < width * HASH_BYTES:
        raise OSError(f"tile/0/{name} is too short")
    return content


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these hashes of entries; there is one at least."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(INNER + root_of(leaves[:half]) + root_of(leaves[half:])).digest()
