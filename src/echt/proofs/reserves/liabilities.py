"""The statement that a list of reserves belongs to: what is owed, and which list it names."""

from dataclasses import dataclass
from typing import cast

from echt.proofs.columns import Column, Side
from echt.proofs.refusals import Refused
from echt.proofs.verify.note import BadNote, Signed, read_key
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.statement import Statement, read_statement
from echt.proofs.verify.strict_json import parse_json


@dataclass(frozen=True)
class Liabilities:
    """What a statement says that customers are owed, in the order of its columns."""

    columns: tuple[Column, ...]
    totals: tuple[int, ...]
    operator: str
    snapshot: str
    taken_at: str
    reserves: str | None

    @property
    def date(self) -> str:
        return self.taken_at[:10]

    @property
    def decimals(self) -> dict[str, int]:
        return {column.asset: column.decimals for column in self.columns}


def read_liabilities(content: bytes, name: str, operator_key: str | None = None) -> Liabilities:
    """What a statement says, a signed note or its bare line; with a key, only if it is signed by it.

    Raises:
        Refused: it is no statement, or not signed by the key.
    """
    try:
        text = content.decode("utf-8")
        statement = read_statement(text if "\n\n" in text else text.rstrip("\n") + "\n\n")
    except (UnicodeDecodeError, Unreadable) as fault:
        words = fault.reason.text if isinstance(fault, Unreadable) else "It is not UTF-8."
        raise Refused(f"{name}: {words}") from None
    if operator_key is not None:
        _check_signature(statement, name, operator_key)
    return _liabilities(statement)


def _check_signature(statement: Statement, name: str, operator_key: str) -> None:
    try:
        key = read_key(operator_key)
    except BadNote:
        raise Refused("The operator key cannot be read: it has the form NAME+ID+BASE64.") from None
    if statement.note.signed_by(key) is not Signed.YES:
        raise Refused(f"{name} is not signed by the operator key that was given.")


def _liabilities(statement: Statement) -> Liabilities:
    config = statement.config
    members = cast("dict[str, str | None]", parse_json(statement.line.decode()))
    return Liabilities(
        columns=tuple(Column(column.asset, column.decimals, Side(column.side)) for column in config.columns),
        totals=tuple(statement.totals),
        operator=statement.operator,
        snapshot=config.snapshot,
        taken_at=config.taken_at,
        reserves=members["reserves"],
    )
