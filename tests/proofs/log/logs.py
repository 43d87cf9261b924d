"""Logs for tests: keys that are always the same, entries, and whole logs at once."""

import os
import shutil
from hashlib import sha256

from echt.proofs.keys import Purpose, Signer
from echt.proofs.log.checkpoints import as_text, make
from echt.proofs.log.folder import Log
from echt.proofs.log.tiles import bundle, root_of_tile, tile_name
from echt.proofs.verify.log import EMPTY_ROOT, TILE_WIDTH, leaf_hash
from tests.proofs import reference_log

ORIGIN = "por.example.org/log"


def signer(name, purpose=Purpose.NOTE):
    return Signer(name, sha256(name.encode()).digest(), purpose)


def witness(name):
    return signer(name, Purpose.COSIGNATURE)


OPERATOR = signer(ORIGIN)
STRANGER = signer("stranger.example.org")


def entries(number):
    return [b"statement %d" % place for place in range(number)]


def checkpoint(size, root=None, *, by=OPERATOR, origin=ORIGIN):
    return make(origin, size, EMPTY_ROOT if root is None else root, by)


def lay_out(folder, entries, *, narrower=True):
    """The log as it is after these were appended one by one; also without the narrower tiles of smaller sizes."""
    _tiles(folder, "entries", entries, bundle, narrower)
    level, hashes = 0, [leaf_hash(entry) for entry in entries]
    while hashes:
        _tiles(folder, level, hashes, b"".join, narrower)
        full = range(0, len(hashes) - len(hashes) % TILE_WIDTH, TILE_WIDTH)
        level, hashes = level + 1, [root_of_tile(hashes[first : first + TILE_WIDTH]) for first in full]
    log = Log(folder)
    log.place.write_text(as_text(checkpoint(len(entries), reference_log.log_root(entries))))
    return log


def _tiles(folder, level, items, content, narrower):
    for first in range(0, len(items), TILE_WIDTH):
        tile = items[first : first + TILE_WIDTH]
        for width in range(1 if narrower and len(tile) < TILE_WIDTH else len(tile), len(tile) + 1):
            path = folder / tile_name(level, first // TILE_WIDTH, width)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(tile[:width]))


def copy(source, target):
    """A copy that shares the files: none is ever written into."""
    return shutil.copytree(source, target, copy_function=os.link)
