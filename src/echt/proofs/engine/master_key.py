"""The master key: 32 random bytes as 64 hex digits in a file of mode 0600.

1. Whoever has it can find every customer's leaves in a folder; so it is its owner's alone, and a file that others may
   read is refused.
2. It never shows; what a build notes about it is a fingerprint.
3. One key serves all snapshots: every id also depends on the snapshot's config.
"""

import hashlib
import os
import re
import secrets
import stat
from pathlib import Path

from echt.proofs.engine.folder import Workshop, write_private
from echt.proofs.refusals import Refused

FORM = re.compile(rb"[0-9a-f]{64}\n?")


def read(path: Path) -> bytes:
    """The key in the file.

    Raises:
        Refused: there is none, or others may read it.
    """
    try:
        with path.open("rb") as file:
            exposed = os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            content = file.read(66)
    except OSError as error:
        raise Refused(f"The master key {path} can't be read: {error.strerror}. Name it with --master-key.") from None
    if exposed:
        raise Refused(f"{path} may be read by others. Run chmod 600 on it.")
    if not FORM.fullmatch(content):
        raise Refused(f"{path} does not hold a master key: 64 of the characters 0-9 a-f.")
    return bytes.fromhex(content[:64].decode())


def of_build(shop: Workshop, given: bytes | None) -> bytes:
    """The key that a build works with: the one given, else the one in the folder, made at the first start.

    Raises:
        Refused: the build was begun with a key that was given, and now none is.
    """
    if given is None and shop.order.exists() and not shop.master_key.exists():
        raise Refused(f"{shop.path} was begun with a --master-key. Name the same file again, or remove that folder.")
    if given is not None and not shop.order.exists():
        shop.master_key.unlink(missing_ok=True)
    return given or kept(shop.master_key)


def kept(path: Path) -> bytes:
    """The key in the file; made where there is none yet."""
    if not path.exists():
        write_private(path, secrets.token_hex(32).encode() + b"\n")
    return read(path)


def fingerprint(key: bytes) -> str:
    """What tells this key from another, and nothing more."""
    return hashlib.sha256(b"echt/1 master key\n" + key).hexdigest()[:16]
