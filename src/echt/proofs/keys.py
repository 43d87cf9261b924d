"""Keys that sign: the operator's for statements and checkpoints, a witness's for cosignatures.

1. A key file has mode 0600 and belongs to us; one that others may read is refused, not used.
2. A key file is never overwritten: a lost key can't be made again, and what it has signed is out there.
3. A key has one purpose, which is part of its text: the operator's signs notes, a witness's nothing but cosignatures.
4. What is secret shows in no representation, message or log.

The texts are those of C2SP signed notes, so that other people's tools read them: `PRIVATE+KEY+NAME+ID+BASE64` in the
file, `NAME+ID+BASE64` for the public key.
"""

import os
import secrets
import stat
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from enum import IntEnum
from hmac import compare_digest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from echt.proofs import disk
from echt.proofs.refusals import Refused
from echt.proofs.verify.note import NOTE_KEY, SIGNATURE_MARK, WITNESS_KEY, VerifierKey, is_key_name

PREFIX = "PRIVATE+KEY+"
SEED_BYTES = 32
MOST_OF_A_FILE = 1024
LAST_SECOND = 2**63 - 1


class Purpose(IntEnum):
    """What a key signs; the number is part of the key's text and of its id, so it never changes."""

    NOTE = NOTE_KEY
    COSIGNATURE = WITNESS_KEY


@dataclass(frozen=True)
class Signer:
    """A private key with the name that its signatures carry."""

    name: str
    seed: bytes = field(repr=False)
    purpose: Purpose = Purpose.NOTE

    @property
    def public(self) -> VerifierKey:
        """What everybody may know; its `str` is what a verifier is given."""
        return VerifierKey(self.name, self.purpose, self._private.public_key().public_bytes_raw())

    @property
    def private_text(self) -> str:
        return f"{PREFIX}{self.name}+{self.public.key_id.hex()}+{_base64(bytes([self.purpose]) + self.seed)}"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def signature_line(self, text: str) -> str:
        """The line that signs a note with this text."""
        self._only_for(Purpose.NOTE)
        return self._line(self._private.sign(text.encode()))

    def cosignature_line(self, text: str, at: int) -> str:
        """The line by which a witness says: at this time (seconds since 1970), this was the log's newest checkpoint."""
        self._only_for(Purpose.COSIGNATURE)
        if not 0 < at <= LAST_SECOND:
            raise ValueError(at)
        signature = self._private.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
        return self._line(at.to_bytes(8, "big") + signature)

    def _line(self, signature: bytes) -> str:
        return f"{SIGNATURE_MARK}{self.name} {_base64(self.public.key_id + signature)}\n"

    def _only_for(self, purpose: Purpose) -> None:
        """Rule 3."""
        if self.purpose is purpose:
            return
        if purpose is Purpose.NOTE:
            raise Refused(f"{self.name} is a witness key: it cosigns checkpoints and signs nothing else.")
        raise Refused(f"{self.name} is an operator key. Make a witness key: echt proofs keygen --witness.")


def generate(name: str, purpose: Purpose = Purpose.NOTE) -> Signer:
    """A new key.

    Raises:
        Refused: no signature could carry this name.
    """
    if not is_key_name(name):
        raise Refused(f"A key can't be named {name!r}: 1 to 64 characters, without spaces and plus signs.")
    return Signer(name, secrets.token_bytes(SEED_BYTES), purpose)


def write(signer: Signer, path: Path) -> None:
    """Put the key into a new file, for its owner alone.

    Raises:
        Refused: there is a file already (rule 2).
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, disk.PRIVATE_FILE)
    except FileExistsError:
        raise Refused(f"{path} is there already, and a key is never overwritten. Choose another name.") from None
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(signer.private_text + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()
        raise
    disk.names_to_disk(path.parent)


def read(path: Path) -> Signer:
    """The key in a file.

    Raises:
        Refused: others may read the file (rule 1), or it holds no key.
    """
    with path.open("rb") as file:
        if complaint := _exposure(os.fstat(file.fileno())):
            raise Refused(f"{path} {complaint}")
        content = file.read(MOST_OF_A_FILE + 1)
    try:
        return parse(content.decode().removesuffix("\n"))
    except ValueError:
        raise Refused(f"{path} does not hold a signing key. `echt proofs keygen` makes one.") from None


def _exposure(status: os.stat_result) -> str:
    """Why others could read or change the key, the end of a sentence; empty, if they cannot."""
    if status.st_uid != os.geteuid():
        return f"belongs to another user (uid {status.st_uid}). A key is used by its owner alone."
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return f"has mode {stat.S_IMODE(status.st_mode):04o}, so that others may use the key. Run chmod 600 on it."
    return ""


def parse(text: str) -> Signer:
    """The key of a private key's text.

    Raises:
        ValueError: it is none, or its parts do not belong together.
    """
    name, _, material = text.removeprefix(PREFIX).split("+", 2)
    purpose, seed = _taken_apart(b64decode(material, validate=True))
    signer = Signer(name, seed, purpose)
    if not is_key_name(name) or not compare_digest(signer.private_text.encode(), text.encode()):
        raise ValueError
    return signer


def _taken_apart(material: bytes) -> tuple[Purpose, bytes]:
    if len(material) != 1 + SEED_BYTES:
        raise ValueError
    return Purpose(material[0]), material[1:]


def sign_note(line: bytes, signer: Signer | None) -> str:
    """A statement's line as a note, signed where there is a key."""
    text = line.decode() + "\n"
    return f"{text}\n{signer.signature_line(text) if signer else ''}"


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
