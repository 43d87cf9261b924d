"""Following a log, as an auditor does: what of a checkpoint holds, told in one line for each thing that was looked at.

A step that did not pass is a broken promise. One without an answer was not taken: what it needs was not given.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from echt.proofs.log.checkpoints import contradict, cosigners, false_cosigners, shown
from echt.proofs.log.folder import Log
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import Checkpoint
from echt.proofs.verify.note import Signed, VerifierKey
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.report import Step
from echt.proofs.verify.statement import read_statement

SIGNATURE, WITNESSES, OLDER, STATEMENTS = "Operator's signature", "Witnesses", "Older checkpoint", "Statements"
KEEP_BOTH = "This is evidence against the operator: keep both files, and show them."


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What the auditor brings besides the checkpoint."""

    operator: VerifierKey | None = None
    older: Checkpoint | None = None
    log: Log | None = None
    witnesses: Sequence[VerifierKey] = field(default=())
    needed: int = 0
    """How many witnesses have to vouch for it."""


def follow(checkpoint: Checkpoint, brought: Brought) -> Iterator[Step]:
    """Look at everything that can be looked at, in order."""
    yield _signature(checkpoint, brought.operator)
    yield _quorum(checkpoint, brought)
    yield _growth(checkpoint, brought)
    yield _statements(checkpoint, brought.log)


def _signature(checkpoint: Checkpoint, operator: VerifierKey | None) -> Step:
    if operator is None:
        return Step(SIGNATURE, None, "No operator key was given, so anyone may have written this checkpoint.")
    answer = checkpoint.signed_by(operator)
    sentences = {
        Signed.YES: f"{operator.name} has signed it.",
        Signed.NO: f"{operator.name} has not signed it, or not with this key.",
        Signed.FALSE: f"A signature in the name of {operator.name} is not right: something was changed.",
    }
    return Step(SIGNATURE, answer is Signed.YES, sentences[answer])


def _quorum(checkpoint: Checkpoint, brought: Brought) -> Step:
    if not brought.witnesses:
        return Step(WITNESSES, None, "No witness key was given.")
    found = cosigners(checkpoint, brought.witnesses, brought.operator)
    false = [witness.name for witness in false_cosigners(checkpoint, brought.witnesses)]
    sentences = [
        f"{len(found)} of {len(brought.witnesses)} have cosigned it, and {brought.needed} have to.",
        *(f"{witness.name} saw it on {_time(at)}." for witness, at in found.items()),
        *(f"A cosignature in the name of {name} is not right." for name in false),
    ]
    return Step(WITNESSES, len(found) >= brought.needed and not false, " ".join(sentences))


def _growth(newer: Checkpoint, brought: Brought) -> Step:
    older = brought.older
    if older is None:
        return Step(OLDER, None, "None was given. Keep this one, and give it the next time.")
    if complaint := _cannot_be_before(older, newer, brought.operator):
        return Step(OLDER, passed=False, detail=complaint)
    if older.size == newer.size:
        return Step(OLDER, passed=True, detail="It is the same.")
    if brought.log is None:
        raise Refused("To compare it with an older checkpoint of another size, the tiles of the log are needed: --log.")
    try:
        path = brought.log.consistency_path(older, newer)
    except Refused as refused:
        return Step(OLDER, passed=False, detail=str(refused))
    if path is None:
        return Step(
            OLDER, passed=False, detail=f"What it covered ({shown(older.size)}) is no longer there. {KEEP_BOTH}"
        )
    return Step(OLDER, passed=True, detail=f"Everything that it covered ({shown(older.size)}) is still there.")


def _cannot_be_before(older: Checkpoint, newer: Checkpoint, operator: VerifierKey | None) -> str:
    """Why the older checkpoint can't be one from before, whatever the tiles say; empty, if it can."""
    if operator is not None and older.signed_by(operator) is not Signed.YES:
        return f"It does not have the signature of {operator.name}, so it says nothing."
    if older.origin != newer.origin:
        return f"It is one of another log: {older.origin}."
    if contradict(older, newer):
        return f"Both cover {shown(newer.size)}, and not the same ones: {_hex(older)} and {_hex(newer)}. {KEEP_BOTH}"
    if older.size > newer.size:
        return f"It covers more ({shown(older.size)}) than the newer one ({shown(newer.size)})."
    return ""


def _statements(checkpoint: Checkpoint, log: Log | None) -> Step:
    if log is None:
        return Step(STATEMENTS, None, "No folder with the log was given.")
    try:
        entries = list(log.entries(checkpoint))
    except Refused as refused:
        return Step(STATEMENTS, passed=False, detail=str(refused))
    remarks = list(_remarks(entries))
    return Step(STATEMENTS, passed=True, detail=" ".join([f"All are there: {shown(len(entries))}.", *remarks]))


def _remarks(entries: Sequence[bytes]) -> Iterator[str]:
    """What is odd and breaks no promise of the log: entries that are no statements, or do not name the one before."""
    before = None
    for number, entry in enumerate(entries):
        try:
            read_statement(entry.decode() + "\n\n")
        except (UnicodeDecodeError, Unreadable):
            yield f"Number {number} is not a statement."
        else:
            if before is not None and json.loads(entry)["previous"] != before:
                yield f"Number {number} does not name number {number - 1} as the statement before it."
        before = sha256(entry).hexdigest()


def _hex(checkpoint: Checkpoint) -> str:
    return checkpoint.root.hex()


def _time(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OSError, OverflowError, ValueError):
        return f"second {seconds} after 1970"
