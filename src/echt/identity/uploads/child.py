"""The confined process: `python -I -m echt.identity.uploads.child`, pictures in on stdin, new pictures out on stdout.

1. It serves one upload and ends: no picture ever meets another person's.
2. Before it reads a byte of a stranger's it has given up whatever it does not need (`confinement`).
3. It ends by itself where nobody wants it for `IDLE` seconds, or where its parent is gone.

In: for each picture its length (4 bytes) and its bytes. Out: for each its facts as JSON and the new JPEG, each with its
length before; for one that is refused the reason instead, and no bytes.
"""

import io
import json
import os
import select
import sys
from collections.abc import Iterator
from contextlib import suppress

from PIL import Image, ImageCms

from echt.identity.uploads.confinement import confine
from echt.identity.uploads.origin import EXIF_IFD, TAKEN_AT
from echt.identity.uploads.reasons import Unfit
from echt.identity.uploads.remaking import ORIENTATION, SRGB, Remade, remade

IDLE = 600
LENGTH = 4
REUSED = 16
"""Blocks of 16 MB that one step leaves to the next, instead of asking the system anew: a sixth of the time."""
NO_HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
"""It begins like one, so that its reader is called."""


def main() -> None:
    Image.core.set_blocks_max(REUSED)  # type: ignore[attr-defined]  # documented, though not exported
    _warm()
    confine()
    if not select.select([0], [], [], IDLE)[0]:
        return
    out = sys.stdout.buffer
    for content in _pictures(sys.stdin.buffer.read()):
        try:
            out.write(_answer(remade(content)))
        except Unfit as unfit:
            out.write(_framed(json.dumps({"reason": unfit.reason}).encode()) + _framed(b""))
        out.flush()


def _warm() -> None:
    """Go through every step once, so that nothing has to be loaded later, when no file can be opened any more."""
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    exif.get_ifd(EXIF_IFD)[TAKEN_AT] = ""
    drawn, profile = Image.new("RGB", (64, 64)), ImageCms.ImageCmsProfile(SRGB).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        drawn.save(out, kind, exif=exif, icc_profile=profile)
        remade(out.getvalue())
    with suppress(Unfit):
        remade(NO_HEIC)


def _pictures(given: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(given):
        end = start + LENGTH + int.from_bytes(given[start : start + LENGTH], "big")
        yield given[start + LENGTH : end]
        start = end


def _answer(new: Remade) -> bytes:
    facts = {"width": new.width, "height": new.height, "origin": new.origin}
    return _framed(json.dumps(facts).encode()) + _framed(new.jpeg)


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(LENGTH, "big") + data


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
