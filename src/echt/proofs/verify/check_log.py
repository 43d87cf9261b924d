"""Step 6: the statement is in the public log, and the log still contains what it contained before.

1. Where the operator's key is known, both checkpoints must carry its signature.
2. The entry of the log is the statement's line itself.
3. An older checkpoint is of the same log and not larger; where it is smaller, the log's own tiles must show that
   nothing in it was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from echt.proofs.verify.finding import Bilingual, Finding, finding
from echt.proofs.verify.given import Given
from echt.proofs.verify.log import Checkpoint, LogFolder, is_consistent, root_of_inclusion
from echt.proofs.verify.note import Signed
from echt.proofs.verify.proof_file import LogPart, ProofFile
from echt.proofs.verify.reasons import Unreadable, reason
from echt.proofs.verify.report import Reason

LOG_TITLE = ("Log", "Log")
IN_THE_FILE = ("The checkpoint in the file", "Der Checkpoint in der Datei")
GIVEN_OLDER = ("The older checkpoint that you gave", "Der ältere Checkpoint, den Sie angegeben haben,")


def check_log(proof: ProofFile, given: Given, folder: Path | None) -> Finding:
    """Step 6.

    Raises:
        Unreadable: the folder with the log's tiles cannot be read.
    """
    if proof.log is None:
        return finding(LOG_TITLE, [], ("the file names no log", "die Datei nennt kein Log"), compared=False)
    reasons = [
        *_signature_faults(proof.log, given),
        *_inclusion_faults(proof.log, proof.statement.line),
        *_older_faults(proof.log.checkpoint, given.older, folder),
    ]
    return finding(LOG_TITLE, reasons, _where_in_the_log(proof.log))


def is_consistency_open(proof: ProofFile, given: Given, folder: Path | None) -> bool:
    """Whether there is an older checkpoint that only the log's tiles could tell more about, and no tiles."""
    if proof.log is None or given.older is None or folder is not None:
        return False
    return 0 < given.older.size < proof.log.checkpoint.size


def _signature_faults(log: LogPart, given: Given) -> Iterator[Reason]:
    if given.key is None:
        return
    checkpoints = [(IN_THE_FILE, log.checkpoint), (GIVEN_OLDER, given.older)]
    signed = [(which, one.signed_by(given.key)) for which, one in checkpoints if one is not None]
    yield from (reason("log.key", which=which) for which, state in signed if state is Signed.NO)
    yield from (reason("log.signature", which=which) for which, state in signed if state is Signed.FALSE)


def _inclusion_faults(log: LogPart, entry: bytes) -> Iterator[Reason]:
    if root_of_inclusion(entry, log.index, log.checkpoint.size, log.path) != log.checkpoint.root:
        yield reason("log.inclusion")


def _older_faults(newer: Checkpoint, older: Checkpoint | None, folder: Path | None) -> Iterator[Reason]:
    if older is None:
        return
    disorder = _disorder(newer, older)
    if disorder is not None:
        yield reason("log.older", what=disorder)
    elif older.size in (0, newer.size) or folder is not None:
        old, new = (older.size, older.root), (newer.size, newer.root)
        if not is_consistent(old, new, _consistency_path(folder, newer.size, older.size)):
            yield reason("log.consistency")


def _disorder(newer: Checkpoint, older: Checkpoint) -> Bilingual | None:
    if older.origin != newer.origin:
        return ("it is of another log", "er gehört zu einem anderen Log")
    if older.size > newer.size:
        return ("it is of a larger log", "er gehört zu einem größeren Log")
    if older.size == newer.size and older.root != newer.root:
        return ("it has the same size and another root", "er hat dieselbe Größe und eine andere Wurzel")
    return None


def _consistency_path(folder: Path | None, size: int, older: int) -> list[bytes]:
    if folder is None:
        return []
    try:
        return LogFolder(folder, size).consistency_path(older)
    except OSError as problem:
        raise Unreadable("given.log", what=str(problem)) from None


def _where_in_the_log(log: LogPart) -> Bilingual:
    place, size = log.index + 1, log.checkpoint.size
    return f"the statement is entry {place} of {size}", f"die Erklärung ist Eintrag {place} von {size}"
