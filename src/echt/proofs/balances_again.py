"""The balances of a finished folder, read once more for an export to another format.

The folder knows leaves by their ids and not by account numbers. So an export takes the balances that the folder was
built from, and they must be just these: the same columns, adding up to the totals of the statement.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from echt.proofs.engine import folder
from echt.proofs.input import Source, open_source
from echt.proofs.input.batch import Batch
from echt.proofs.refusals import Refused
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.statement import Statement, read_statement

Balance = tuple[str, list[int]]


def statement_of(path: Path) -> Statement:
    """The statement of a finished folder.

    Raises:
        Refused: it is none.
    """
    note = folder.opened(path).note
    try:
        return read_statement(note.read_text(encoding="utf-8"))
    except (Unreadable, UnicodeDecodeError):
        raise Refused(f"{note} is damaged. Build the snapshot again from the same balances.") from None


def balances_of(statement: Statement, paths: Sequence[Path]) -> Iterator[Balance]:
    """Every account with its amounts. Whoever writes something should do so after the last one.

    Raises:
        Refused: the balances cannot be used, or are not those of the statement.
    """
    decimals = {column.asset: column.decimals for column in statement.config.columns if column.decimals}
    debt = [column.asset for column in statement.config.columns if column.side == "debt"]
    source = open_source(paths, decimals=decimals, debt=debt)
    _compare_columns(source, statement)
    return _adding_up(source, statement)


def accounts_of(source: Source) -> Iterator[Balance]:
    """The accounts one by one, as Python numbers."""
    for portion in source.portions:
        for batch in portion.batches():
            yield from _rows_of(batch)


def _rows_of(batch: Batch) -> Iterator[Balance]:
    low = batch.low.T.tolist()
    high = None if batch.high is None else batch.high.T.tolist()
    ends, accounts = batch.ends.tolist(), batch.accounts.tobytes()
    for row, amounts in enumerate(low):
        whole = amounts if high is None else [one + (more << 64) for one, more in zip(amounts, high[row], strict=True)]
        yield accounts[ends[row] : ends[row + 1]].decode(), whole


def _adding_up(source: Source, statement: Statement) -> Iterator[Balance]:
    totals = [0] * len(statement.totals)
    for account, amounts in accounts_of(source):
        totals = [total + amount for total, amount in zip(totals, amounts, strict=True)]
        yield account, amounts
    for column, stated, total in zip(statement.config.columns, statement.totals, totals, strict=True):
        if stated != total:
            raise Refused(
                f"These are not the balances of that statement: it says {column.shown(stated)} {column.name}, and they "
                f"add up to {column.shown(total)}. Give the files that the folder was built from."
            )


def _compare_columns(source: Source, statement: Statement) -> None:
    there = [column.name for column in source.columns]
    stated = [column.name for column in statement.config.columns]
    if there != stated:
        raise Refused(
            f"These are not the balances of that statement: their columns are {', '.join(there)}, and the statement "
            f"has {', '.join(stated)}. Give the files that the folder was built from."
        )
