"""Checkpoints: made and signed by the operator, cosigned by witnesses, and who of them vouches for one.

1. Every signature in a key's name has to be right; one that is not makes the checkpoint worthless.
2. A witness counts once, by its public key, however many names and lines it has.
3. The operator's own key is nobody's witness.
4. Two checkpoints of one origin and size with different roots contradict each other: no log has both.
"""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from echt.proofs.keys import Signer
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import Checkpoint, cosigned_at, read_checkpoint
from echt.proofs.verify.note import SIGNATURE_MARK, BadNote, Note, VerifierKey

LARGEST_FILE = 1 << 20


def read(path: Path) -> Checkpoint:
    """The checkpoint in a file.

    Raises:
        Refused: it holds none.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE)
    try:
        return read_checkpoint(content.decode())
    except (BadNote, UnicodeDecodeError):
        raise Refused(f"{path} does not hold a checkpoint of a log.") from None


def make(origin: str, size: int, root: bytes, signer: Signer) -> Checkpoint:
    """A checkpoint with the operator's signature.

    Raises:
        Refused: the origin can't be that of a log.
    """
    text = f"{origin}\n{size}\n{b64encode(root).decode()}\n"
    try:
        return read_checkpoint(f"{text}\n{signer.signature_line(text)}")
    except BadNote:
        raise Refused(f"{origin!r} can't be the origin of a log: it is one line without control characters.") from None


def as_text(checkpoint: Checkpoint) -> str:
    """The note, as it is published."""
    return _as_text(checkpoint.note)


def _as_text(note: Note) -> str:
    lines = [f"{SIGNATURE_MARK}{one.name} {b64encode(one.key_id + one.content).decode()}\n" for one in note.signatures]
    return f"{note.text}\n{''.join(lines)}"


def cosigned(checkpoint: Checkpoint, witness: Signer, at: int) -> Checkpoint:
    """The checkpoint with the witness's cosignature of this time (seconds since 1970), in place of earlier ones."""
    line = witness.cosignature_line(checkpoint.note.text, at)
    return read_checkpoint(_as_text(_without(checkpoint.note, witness.public)) + line)


def taken_over(checkpoint: Checkpoint, other: Checkpoint, witnesses: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint with the cosignatures of these witnesses that a copy of it has.

    Raises:
        Refused: the other is not a copy of it, or has no cosignature of one of them.
    """
    if other.note.text != checkpoint.note.text:
        raise Refused(
            "What was cosigned is another checkpoint than the log's newest one. Have the newest one cosigned."
        )
    note = checkpoint.note
    for witness in witnesses:
        if cosigned_at(other, witness) is None:
            raise Refused(f"{witness.name} has not cosigned it, or the cosignature is not right.")
        note = Note(note.text, _without(note, witness).signatures + tuple(other.note.signatures_of(witness)))
    return read_checkpoint(_as_text(note))


def _without(note: Note, key: VerifierKey) -> Note:
    gone = note.signatures_of(key)
    return Note(note.text, tuple(one for one in note.signatures if one not in gone))


def cosigners(
    checkpoint: Checkpoint, witnesses: Sequence[VerifierKey], operator: VerifierKey | None
) -> dict[VerifierKey, int]:
    """Which of these witnesses vouch for the checkpoint, and since when each (rules 2 and 3)."""
    found: dict[bytes, tuple[VerifierKey, int]] = {}
    for witness in witnesses:
        at = cosigned_at(checkpoint, witness)
        if at is not None and (operator is None or witness.public != operator.public):
            found.setdefault(witness.public, (witness, at))
    return dict(found.values())


def false_cosigners(checkpoint: Checkpoint, witnesses: Sequence[VerifierKey]) -> list[VerifierKey]:
    """Witnesses in whose name there is a cosignature that is not right (rule 1)."""
    return [
        witness
        for witness in witnesses
        if checkpoint.note.signatures_of(witness) and cosigned_at(checkpoint, witness) is None
    ]


def contradict(one: Checkpoint, other: Checkpoint) -> bool:
    """Rule 4."""
    return (one.origin, one.size) == (other.origin, other.size) and one.root != other.root


def shown(size: int) -> str:
    return f"{size} statements" if size != 1 else "1 statement"
