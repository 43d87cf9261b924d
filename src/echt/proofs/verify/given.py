"""What the person brings besides the file: a statement, a root, the operator's key, an older checkpoint of the log."""

from __future__ import annotations

from dataclasses import dataclass

from echt.proofs.verify.form import HASH_HEX
from echt.proofs.verify.log import Checkpoint, read_checkpoint
from echt.proofs.verify.note import BadNote, VerifierKey, read_key
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.report import Knowledge
from echt.proofs.verify.statement import Statement, read_statement


@dataclass(frozen=True)
class Given:
    """What can be compared with the file."""

    statement: Statement | None
    root: bytes | None
    key: VerifierKey | None
    older: Checkpoint | None

    @property
    def proves_the_statement(self) -> bool:
        """Whether, where all agrees, more speaks for the statement than the operator's own file."""
        return self.root is not None or (self.statement is not None and self.key is not None)


def read_given(knowledge: Knowledge) -> Given:
    """What the person brought.

    Raises:
        Unreadable: `given.…`, a part of it is not in form.
    """
    return Given(
        statement=_given_statement(knowledge.statement),
        root=_given_root(knowledge.root),
        key=_given_key(knowledge.operator_key),
        older=_given_checkpoint(knowledge.older_checkpoint),
    )


def _given_statement(content: bytes | None) -> Statement | None:
    """A signed note, or the bare line of a statement."""
    if content is None:
        return None
    try:
        text = content.decode()
        return read_statement(text if "\n\n" in text else text.rstrip("\n") + "\n\n")
    except UnicodeDecodeError:
        raise Unreadable("given.statement", what=("it is not text in UTF-8", "sie ist kein Text in UTF-8")) from None
    except Unreadable as fault:
        raise Unreadable("given.statement", **fault.words) from None


def _given_root(text: str | None) -> bytes | None:
    if text is None:
        return None
    if not HASH_HEX.fullmatch(text.strip().lower()):
        raise Unreadable("given.root")
    return bytes.fromhex(text.strip())


def _given_key(text: str | None) -> VerifierKey | None:
    if text is None:
        return None
    try:
        return read_key(text)
    except BadNote:
        raise Unreadable("given.operator_key") from None


def _given_checkpoint(content: bytes | None) -> Checkpoint | None:
    if content is None:
        return None
    try:
        return read_checkpoint(content.decode())
    except (UnicodeDecodeError, BadNote):
        what = (
            "it is not a signed note with origin, size and root",
            "er ist keine Notiz mit Herkunft, Größe und Wurzel",
        )
        raise Unreadable("given.checkpoint", what=what) from None
