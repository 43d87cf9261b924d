"""The engine's own verifier: a third opinion, and the fast one for a folder of proofs.

1. It reads a file with `verify`'s strict form, so that there is one syntax, and computes nothing with `verify`. Hashes
   and sums come from the engine's kernel (`climb`), HMAC from the standard library, signatures from `cryptography`.
2. It gives `verify`'s codes in `verify`'s order: the first step that fails ends it.
3. `verify_many` gives for each file what `verify_one` gives for it alone.
4. A key is a point in its only form and not of small order, as with `verify`: `cryptography` alone would take both.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path as Folder

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from echt.proofs.check_log import leaves_of, root_of, root_with
from echt.proofs.climb import FINE, Arrival, Path, climb
from echt.proofs.verify.content import Content
from echt.proofs.verify.given import Given, read_given
from echt.proofs.verify.log import Checkpoint
from echt.proofs.verify.note import Note, VerifierKey
from echt.proofs.verify.proof_file import ProofFile, ProofPiece, read_proof_file
from echt.proofs.verify.reasons import Unreadable, reason
from echt.proofs.verify.report import Knowledge, Reason, Report, Verdict
from echt.proofs.verify.statement import ECHT_FORMAT, Statement

FIELD = 2**255 - 19
EIGHTH = 2707385501144840649318225287225658788936804267575313519463743609750303402022
SMALL_ORDER = {0, 1, FIELD - 1, EIGHTH, FIELD - EIGHTH}
"""The second coordinates of all points of which eight times is the neutral one."""
TOGETHER = 1024
"""Files whose paths are climbed at once."""
HASHES_BROKEN = {"identity.bucket", "path.root", "totals.differ", "log.inclusion", "log.consistency"}
NUMBERS_INCONSISTENT = {"path.sum", "totals.differ"}
CHECKPOINTS = (
    ("The checkpoint in the file", "Der Checkpoint in der Datei"),
    ("The older checkpoint that you gave", "Der ältere Checkpoint, den Sie angegeben haben,"),
)
NOTHING = Knowledge()


def verify_one(content: bytes, knowledge: Knowledge = NOTHING) -> Report:
    """What the file proves, for somebody who knows this besides."""
    return next(verify_many([content], knowledge))


def verify_many(contents: Iterable[bytes], knowledge: Knowledge = NOTHING) -> Iterator[Report]:
    """A report for each file, in their order; what is known goes for all of them."""
    given, waiting = _read(knowledge), iter(contents)
    while some := list(islice(waiting, TOGETHER)):
        questions = [_asked(content, knowledge, given) for content in some]
        _climb_all([one for one in questions if isinstance(one, Question)])
        for content, one in zip(some, questions, strict=True):
            yield _answer(one, content) if isinstance(one, Question) else one


@dataclass
class Question:
    """A file that can be read, and what the person brought."""

    file: ProofFile
    knowledge: Knowledge
    given: Given
    config: bytes
    identities: list[bytes]
    arrivals: list[Arrival]


def _read(knowledge: Knowledge) -> Given | Unreadable:
    """What was brought, once for all files; where it cannot be read, a file that can be is told so."""
    try:
        return read_given(knowledge)
    except Unreadable as fault:
        return fault


def _asked(content: bytes, knowledge: Knowledge, given: Given | Unreadable) -> Question | Report:
    try:
        file = read_proof_file(content)
    except Unreadable as fault:
        return _unreadable(fault.reason, content)
    if isinstance(given, Unreadable):
        return _unreadable(given.reason, content)
    config = _config_hash(file.statement)
    account = file.account.encode()
    ids = [_identity(file.account_key, config, number, account) for number in range(len(file.pieces))]
    return Question(file, knowledge, given, config, ids, [])


def _config_hash(statement: Statement) -> bytes:
    """From the statement's line, which is canonical: what stands there is what is hashed."""
    config = json.loads(statement.line)["config"]
    written = json.dumps(config, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(b"echt/1 config\n" + written.encode()).digest()


def _identity(key: bytes, config: bytes, piece: int, account: bytes) -> bytes:
    return hmac.digest(key, config + piece.to_bytes(4, "big") + account, "sha256")


def _climb_all(questions: Sequence[Question]) -> None:
    """Fill in where the paths arrive, those of one shape together."""
    shapes: dict[tuple[int, int], list[Question]] = {}
    for one in questions:
        config = one.file.statement.config
        shapes.setdefault((config.height, len(config.columns)), []).append(one)
    for same in shapes.values():
        arrivals = iter(climb([_path(one, *piece) for one in same for piece in enumerate(one.file.pieces)]))
        for one in same:
            one.arrivals = list(islice(arrivals, len(one.file.pieces)))


def _path(question: Question, number: int, piece: ProofPiece) -> Path:
    hashes, sums = [entry[0] for entry in piece.path], [entry[1] for entry in piece.path]
    return Path(question.identities[number], piece.amounts, piece.index, hashes, sums, question.config)


def _answer(question: Question, content: bytes) -> Report:
    """The steps in their order."""
    try:
        for step in STEPS:
            if reasons := tuple(step(question)):
                return _refused(reasons, arrived=step is _log)
    except Unreadable as fault:
        return _unreadable(fault.reason, content)
    return _passed(question)


def _statement(question: Question) -> Iterator[Reason]:
    given, own = question.given, question.file.statement
    if given.statement and given.statement.line != own.line:
        yield reason("statement.other")
    if given.root and given.root != own.root:
        yield reason("statement.root")
    if given.key:
        notes = [own.note, *([given.statement.note] if given.statement else [])]
        signed = [_signatures(note, given.key) for note in notes]
        if not all(signed):
            yield reason("statement.unsigned")
        if not all(right for one in signed for right in one):
            yield reason("statement.signature")


def _signatures(note: Note, key: VerifierKey) -> list[bool]:
    """For each signature in the key's name, whether it is right."""
    lines = [one for one in note.signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    return [is_right(key.public, note.text.encode(), one.content) for one in lines]


@lru_cache(maxsize=64)
def is_right(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is the key's, by rule 4. All files of a snapshot have the same few signatures."""
    y = int.from_bytes(public, "little") & ~(1 << 255)
    if y >= FIELD or y in SMALL_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _identities(question: Question) -> Iterator[Reason]:
    if question.knowledge.account is not None and question.knowledge.account != question.file.account:
        yield reason("identity.account")
    config = question.file.statement.config
    for number, (identity, piece) in enumerate(zip(question.identities, question.file.pieces, strict=True)):
        if int.from_bytes(identity, "big") >> (256 - config.prefix_bits) != piece.index >> config.bucket_bits:
            yield reason("identity.bucket", piece=number + 1)


def _paths(question: Question) -> Iterator[Reason]:
    for number, arrival in enumerate(question.arrivals):
        if arrival.level != FINE:
            yield reason("path.sum", piece=number + 1, level=arrival.level)
        elif arrival.root != question.file.statement.root:
            yield reason("path.root", piece=number + 1)


def _totals(question: Question) -> Iterator[Reason]:
    """All paths have led to the root, which fixes the sums at the top."""
    statement, summed = question.file.statement, question.arrivals[0].totals
    for column, stated, total in zip(statement.config.columns, statement.totals, summed, strict=True):
        if stated != total:
            yield reason("totals.differ", column=column.name, stated=column.shown(stated), summed=column.shown(total))


def _log(question: Question) -> Iterator[Reason]:
    log, older = question.file.log, question.given.older
    if log is None:
        return
    if question.given.key:
        yield from _checkpoint_faults([log.checkpoint, *([older] if older else [])], question.given.key)
    if root_with(question.file.statement.line, log.index, log.checkpoint.size, log.path) != log.checkpoint.root:
        yield reason("log.inclusion")
    if older:
        yield from _older_faults(older, log.checkpoint, question.knowledge.log)


def _checkpoint_faults(checkpoints: Sequence[Checkpoint], key: VerifierKey) -> Iterator[Reason]:
    signed = [(which, _signatures(one.note, key)) for which, one in zip(CHECKPOINTS, checkpoints, strict=False)]
    yield from (reason("log.key", which=which) for which, right in signed if not right)
    yield from (reason("log.signature", which=which) for which, right in signed if not all(right))


def _older_faults(older: Checkpoint, newer: Checkpoint, folder: Folder | None) -> Iterator[Reason]:
    if older.origin != newer.origin or older.size > newer.size:
        yield reason(
            "log.older", what=("it is of another or a larger log", "er gehört zu einem anderen oder größeren Log")
        )
    elif older.size == newer.size:
        if older.root != newer.root:
            yield reason("log.older", what=("it has another root", "er hat eine andere Wurzel"))
    elif older.size == 0:
        if older.root != sha256().digest():
            yield reason("log.consistency")
    elif folder is not None:
        try:
            leaves = leaves_of(folder, newer.size)
        except OSError as problem:
            raise Unreadable("given.log", what=str(problem)) from None
        if (root_of(leaves), root_of(leaves[: older.size])) != (newer.root, older.root):
            yield reason("log.consistency")


STEPS = (_statement, _identities, _paths, _totals, _log)


def _passed(question: Question) -> Report:
    given, config = question.given, question.file.statement.config
    sums = [sum(amounts) for amounts in zip(*(piece.amounts for piece in question.file.pieces), strict=True)]
    compared = bool(given.root) or bool(given.statement and given.key)
    return Report(
        format=ECHT_FORMAT,
        hashes="chain",
        numbers="sane",
        format_sound=True,
        verdict=Verdict.VERIFIED if compared else Verdict.CONSISTENT_ONLY,
        reasons=tuple(_remarks(question, compared=compared)),
        amounts={column.name: column.shown(amount) for column, amount in zip(config.columns, sums, strict=True)},
    )


def _remarks(question: Question, *, compared: bool) -> Iterator[Reason]:
    log, older = question.file.log, question.given.older
    if not compared:
        yield reason("statement.own_word")
    if question.given.root:
        yield reason("note.root_typed")
    if question.given.key is None:
        yield reason("note.not_signed_checked")
    if log is None:
        yield reason("note.no_log")
    elif older and 0 < older.size < log.checkpoint.size and question.knowledge.log is None:
        yield reason("note.no_consistency")


def _refused(reasons: tuple[Reason, ...], *, arrived: bool) -> Report:
    codes = {one.code for one in reasons}
    return Report(
        format=ECHT_FORMAT,
        hashes="broken" if codes & HASHES_BROKEN else "chain" if arrived else None,
        numbers="inconsistent" if codes & NUMBERS_INCONSISTENT else "sane" if arrived else None,
        format_sound=True,
        verdict=Verdict.NOT_VERIFIED,
        reasons=reasons,
    )


def _unreadable(why: Reason, content: bytes) -> Report:
    known = ECHT_FORMAT if Content(content).members.get("format") == ECHT_FORMAT else None
    return Report(known, None, None, None, Verdict.CANNOT_READ, (why,))
