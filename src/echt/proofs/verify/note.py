"""Signed notes (C2SP signed-note): a text, an empty line, and below it a line for each signature.

    — NAME BASE64(key id || signature)

1. The text ends with a line feed; it and the signature lines have no control characters. At most 100 signatures.
2. Base64 is in its only form: written again it gives the same characters.
3. A signature is a key's where name *and* key id agree. Others are not ours to judge and are passed over.
4. Where a key has several signatures on a note, all of them must be right.
5. A name has no space, plus sign or control characters; that of a key we take has 1 to 64. Others' may be longer.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from echt.proofs.verify.ed25519 import KEY_BYTES, signature_is_valid

SIGNATURE_MARK = "— "
MOST_SIGNATURES = 100
KEY_ID_BYTES = 4
LONGEST_KEY_NAME = 64
NOTE_KEY, WITNESS_KEY = 1, 4
"""What a key is for; the byte stands before it."""
CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CONTROL_IN_NOTE = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(Exception):
    """It is not a signed note, or not a key. Who calls says so."""


class Signed(Enum):
    """What a note has to do with a key."""

    NO = "no signature in this key's name"
    FALSE = "a signature in this key's name is not right"
    YES = "all signatures in this key's name are right"


@dataclass(frozen=True)
class NoteSignature:
    """A line below the text."""

    name: str
    key_id: bytes
    content: bytes


@dataclass(frozen=True)
class Note:
    """A text, with the line feed at its end, and its signatures."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def signatures_of(self, key: VerifierKey) -> list[NoteSignature]:
        return [one for one in self.signatures if (one.name, one.key_id) == (key.name, key.key_id)]

    def signed_by(self, key: VerifierKey) -> Signed:
        """Rules 3 and 4."""
        found = self.signatures_of(key)
        if not found:
            return Signed.NO
        message = self.text.encode()
        right = all(signature_is_valid(key.public, message, one.content) for one in found)
        return Signed.YES if right else Signed.FALSE


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name: `NAME+ID+BASE64`."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes by which a signature says whose it is."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]


def read_key(text: str, kind: int = NOTE_KEY) -> VerifierKey:
    """The key that a text stands for; spaces and line feeds around it do not count.

    Raises:
        BadNote: it stands for none of this kind.
    """
    name, _, rest = text.strip().partition("+")
    content = base64_content(rest.partition("+")[2])
    key = VerifierKey(name, kind, content[1:])
    if not is_key_name(name) or content[:1] != bytes([kind]) or len(key.public) != KEY_BYTES:
        raise BadNote
    if str(key) != text.strip():
        raise BadNote
    return key


def read_note(content: str) -> Note:
    """The note that a text is.

    Raises:
        BadNote: it is none.
    """
    text, empty_line, below = content.rpartition("\n\n")
    lines = below.split("\n", MOST_SIGNATURES + 1)
    if not empty_line or lines.pop() or len(lines) > MOST_SIGNATURES or CONTROL_IN_NOTE.search(content):
        raise BadNote
    return Note(text + "\n", tuple(map(_read_signature, lines)))


def _read_signature(line: str) -> NoteSignature:
    name, _, encoded = line[len(SIGNATURE_MARK) :].partition(" ")
    content = base64_content(encoded)
    if not line.startswith(SIGNATURE_MARK) or not _is_note_name(name) or len(content) <= KEY_ID_BYTES:
        raise BadNote
    return NoteSignature(name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])


def base64_content(text: str) -> bytes:
    """What a text in Base64 stands for.

    Raises:
        BadNote: it is no Base64, or not in its only form.
    """
    try:
        content = b64decode(text, validate=True)
    except (NoBase64, ValueError):
        raise BadNote from None
    if b64encode(content).decode() != text:
        raise BadNote
    return content


def is_key_name(name: str) -> bool:
    """Rule 5, of a key we take."""
    return len(name) <= LONGEST_KEY_NAME and _is_note_name(name)


def _is_note_name(name: str) -> bool:
    """Rule 5, of anybody's."""
    if not name or "+" in name:
        return False
    return not CONTROL_CHARACTER.search(name) and not any(map(str.isspace, name))
