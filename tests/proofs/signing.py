"""Signed notes, checkpoints and cosignatures (C2SP) for tests, with `cryptography`; nothing here imports from `echt`."""

from base64 import b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.proofs import reference, reference_log

ED25519, COSIGNATURE = b"\x01", b"\x04"


class Signer:
    """An Ed25519 key with a name; the seed makes it, so tests repeat."""

    def __init__(self, name="example.org", seed=b"operator"):
        self.name, self.seed = name, sha256(seed).digest()
        self.private = Ed25519PrivateKey.from_private_bytes(self.seed)
        self.public = self.private.public_key().public_bytes_raw()

    def key_id(self, kind=ED25519):
        return sha256(self.name.encode() + b"\n" + kind + self.public).digest()[:4]

    @property
    def vkey(self):
        return f"{self.name}+{self.key_id().hex()}+{b64encode(ED25519 + self.public).decode()}"

    @property
    def private_text(self):
        return f"PRIVATE+KEY+{self.name}+{self.key_id().hex()}+{b64encode(ED25519 + self.seed).decode()}"

    def line(self, text):
        """The signature line below a note whose text (with its last line feed) is given."""
        return self._line(self.key_id() + self.private.sign(text.encode()))

    def sign(self, text):
        return f"{text}\n{self.line(text)}"

    def cosign(self, body, time):
        """The line of a witness under a checkpoint's body (tlog-cosignature v1)."""
        signature = self.private.sign(f"cosignature/v1\ntime {time}\n{body}".encode())
        return self._line(self.key_id(COSIGNATURE) + time.to_bytes(8, "big") + signature)

    def _line(self, blob):
        return f"— {self.name} {b64encode(blob).decode()}\n"


def note_of(statement, signer):
    """The statement as a signed note."""
    return signer.sign(reference.jcs(statement).decode() + "\n")


def log_part(entries, index, signer=None, origin="example.org/log"):
    """The proof file's `log` for a log of these entries (the statements' JCS bytes)."""
    body = reference_log.checkpoint(origin, entries)
    path = [one.hex() for one in reference_log.log_path(index, entries)]
    return {"checkpoint": signer.sign(body) if signer else body + "\n", "index": index, "path": path}
