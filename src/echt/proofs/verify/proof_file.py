"""A customer's proof file of the format `echt/1`, in strict form (step 1).

Nothing is left to the reader: fields, kinds, lengths and ways to write a number are exactly as the norm says, or the
file is refused, with the place that is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from echt.proofs.verify.commitment import TreeNode
from echt.proofs.verify.form import amounts_at, hash_at, integer_at, list_at, members_at, text_at
from echt.proofs.verify.log import Checkpoint, inclusion_length, read_checkpoint
from echt.proofs.verify.note import BadNote
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.statement import ECHT_FORMAT, Config, Statement, read_statement
from echt.proofs.verify.strict_json import Json, parse_json

LARGEST_FILE = 64 * 2**20
LONGEST_ACCOUNT = 64


@dataclass(frozen=True)
class ProofPiece:
    """One of the leaves that a balance is split into, with its path to the root."""

    index: int
    amounts: list[int]
    path: list[TreeNode]


@dataclass(frozen=True)
class LogPart:
    """Where the statement stands in the log."""

    checkpoint: Checkpoint
    index: int
    path: list[bytes]


@dataclass(frozen=True)
class ProofFile:
    """The whole file."""

    statement: Statement
    account: str
    account_key: bytes
    pieces: list[ProofPiece]
    log: LogPart | None


def is_echt_file(value: Json) -> bool:
    return isinstance(value, dict) and value.get("format") == ECHT_FORMAT


def read_proof_file(raw: bytes) -> ProofFile:
    """The proof file that the bytes are.

    Raises:
        Unreadable: `form.…`, the first fault in the order of the norm.
    """
    account, _, log, pieces, statement = members_at(
        "", _read_json(raw), ("account", "format", "log", "pieces", "statement")
    )
    signed = read_statement(text_at("statement", statement))
    account_id, account_key = _read_account(account)
    return ProofFile(signed, account_id, account_key, _read_pieces(pieces, signed.config), _read_log(log))


def _read_json(raw: bytes) -> Json:
    if len(raw) > LARGEST_FILE:
        raise Unreadable("form.size")
    try:
        value = parse_json(raw.decode())
    except UnicodeDecodeError:
        raise Unreadable("form.encoding") from None
    if not is_echt_file(value):
        raise Unreadable("form.format")
    return value


def _read_account(value: Json) -> tuple[str, bytes]:
    number, key = members_at("account", value, ("id", "key"))
    size = len(text_at("account.id", number).encode())
    if not 1 <= size <= LONGEST_ACCOUNT:
        raise Unreadable("form.account", size=size)
    return text_at("account.id", number), hash_at("account.key", key)


def _read_pieces(value: Json, config: Config) -> list[ProofPiece]:
    pieces = list_at("pieces", value)
    if len(pieces) != config.pieces:
        raise Unreadable("form.pieces", count=len(pieces), needed=config.pieces)
    return [_read_piece(f"pieces[{number}]", piece, config) for number, piece in enumerate(pieces)]


def _read_piece(where: str, value: Json, config: Config) -> ProofPiece:
    amounts, index, path = members_at(where, value, ("amounts", "index", "path"))
    return ProofPiece(
        index=_read_index(f"{where}.index", index, config.height),
        amounts=amounts_at(f"{where}.amounts", amounts, len(config.columns)),
        path=_read_path(f"{where}.path", path, config),
    )


def _read_index(where: str, value: Json, height: int) -> int:
    index = integer_at(where, value)
    if not 0 <= index < 2**height:
        raise Unreadable("form.index", where=where, height=height)
    return index


def _read_path(where: str, value: Json, config: Config) -> list[TreeNode]:
    entries = list_at(where, value)
    if len(entries) != config.height:
        raise Unreadable("form.path_length", where=where, count=len(entries), needed=config.height)
    return [_read_node(f"{where}[{number}]", entry, len(config.columns)) for number, entry in enumerate(entries)]


def _read_node(where: str, value: Json, columns: int) -> TreeNode:
    digest, sums = members_at(where, value, ("hash", "sums"))
    return hash_at(f"{where}.hash", digest), amounts_at(f"{where}.sums", sums, columns)


def _read_log(value: Json) -> LogPart | None:
    if value is None:
        return None
    note, index, path = members_at("log", value, ("checkpoint", "index", "path"))
    checkpoint = _read_checkpoint(text_at("log.checkpoint", note))
    here = integer_at("log.index", index)
    if not 0 <= here < checkpoint.size:
        raise _bad_log("the index is not below the size of the log", "der Index liegt nicht unter der Größe des Logs")
    needed, entries = inclusion_length(here, checkpoint.size), list_at("log.path", path)
    if len(entries) != needed:
        raise _bad_log(f"the length of its path must be {needed}", f"die Länge des Pfades muss {needed} sein")
    return LogPart(checkpoint, here, [hash_at(f"log.path[{number}]", entry) for number, entry in enumerate(entries)])


def _read_checkpoint(content: str) -> Checkpoint:
    try:
        return read_checkpoint(content)
    except BadNote:
        raise _bad_log("its checkpoint cannot be read", "sein Checkpoint lässt sich nicht lesen") from None


def _bad_log(english: str, german: str) -> Unreadable:
    return Unreadable("form.log", what=(english, german))
