"""The balances that are to be committed: from Parquet or CSV into arrays, or refused with a sentence.

Amounts are whole numbers of the asset's smallest unit, 0 <= n < 2^127. A column that `--decimals` names may also hold
decimal text that fits exactly: amounts without a point are smallest units, amounts with a point are units of the
asset, and a column is wholly one or the other (`forms`). A column that it does not name has 0 decimals.

Two forms are read: wide (`account` and one column per asset) and, as CSV, long (`account`, `asset`, `amount`). Several
files, or a folder of them, are one input. Nothing is rounded, skipped or guessed; what cannot be used is refused with
file, row and column (`faults`), and nothing is written.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from echt.proofs.input.batch import ROWS, Batch, Portion
from echt.proofs.input.files import Kind, find
from echt.proofs.input.lines import head_of
from echt.proofs.input.long import is_long, open_long
from echt.proofs.input.parquet import open_parquet
from echt.proofs.input.source import Source
from echt.proofs.input.wide import open_wide

__all__ = ["ROWS", "Batch", "Portion", "Source", "open_source"]


def open_source(
    paths: Sequence[Path] | Path,
    *,
    decimals: Mapping[str, int] | None = None,
    debt: Collection[str] = (),
    scratch: Path | None = None,
) -> Source:
    """Look at the input: its columns, and how it can be read in portions.

    Long CSV is sorted by account into temporary files in `scratch` (default: the system's place for them).

    Raises:
        Refused: the input cannot be used.
    """
    files = find(paths)
    if files[0].kind is Kind.PARQUET:
        return open_parquet(files, decimals=decimals or {}, debt=debt)
    heads = [head_of(file) for file in files]
    if is_long(heads[0]):
        return open_long(heads, decimals=decimals or {}, debt=debt, scratch=scratch)
    return open_wide(heads, decimals=decimals or {}, debt=debt)
