"""Balances from wide CSV: `account` and one column per asset, one line for each account."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from echt.proofs.columns import Column
from echt.proofs.input import accounts
from echt.proofs.input.amounts import Cells, Target, fill_from_text
from echt.proofs.input.batch import Batch, Bytes, Ends, Portion
from echt.proofs.input.faults import shown
from echt.proofs.input.files import fingerprint
from echt.proofs.input.forms import Forms
from echt.proofs.input.header import ACCOUNT, check_names, columns_of
from echt.proofs.input.lines import Cut, Fields, Head, cuts_of, fields_of_all, fields_of_cut
from echt.proofs.input.source import Source


@dataclass(frozen=True)
class Lines:
    """One block of a file, or a whole file that is packed."""

    name: str
    head: Head
    cut: Cut | None
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    forms: Forms

    @property
    def file(self) -> str:
        return str(self.head.file.path)

    def batches(self) -> Iterator[Batch]:
        for fields in fields_of_all(self.head) if self.cut is None else fields_of_cut(self.head, self.cut):
            yield self._batch(fields)

    def _batch(self, fields: Fields) -> Batch:
        data, ends = accounts_of(fields, self.head)
        cells = Cells(len(self.columns), len(fields))
        for i, (name, column) in enumerate(zip(self.names, self.columns, strict=True)):
            at = self.head.names.index(name)
            target = Target(column, cells, i, self.head.place(fields.first_row, name), self.forms)
            fill_from_text(fields.data, fields.begins[at], fields.ends[at], target)
        return Batch(fields.first_row, data, ends, cells.low, cells.finished_high())


def accounts_of(fields: Fields, head: Head) -> tuple[Bytes, Ends]:
    """The account ids of some rows, checked."""
    data, ends = fields.texts(head.names.index(ACCOUNT))
    accounts.check(data, ends, head.place(fields.first_row, ACCOUNT))
    return data, ends


def open_wide(heads: Sequence[Head], *, decimals: Mapping[str, int], debt: Collection[str]) -> Source:
    """The wide CSV files as one input.

    Raises:
        Refused: the columns cannot be used.
    """
    names = check_names(heads[0].names, heads[0].file.place)
    columns = columns_of(names, heads[0].file.place, decimals=decimals, debt=debt)
    for head in heads:
        _check_same(head, heads[0])
    forms = Forms()
    cuts, rows = _cuts(heads)
    if not cuts:
        raise heads[0].file.place.refuse("There are no rows. A statement needs at least one account.")
    width = max(4, len(str(len(cuts))))
    portions: list[Portion] = [
        Lines(f"{number:0{width}}", head, cut, columns, tuple(names), forms) for number, (head, cut) in enumerate(cuts)
    ]
    return Source(columns, portions, rows, fingerprint([head.file for head in heads]), forms)


def _cuts(heads: Sequence[Head]) -> tuple[list[tuple[Head, Cut | None]], int | None]:
    cuts: list[tuple[Head, Cut | None]] = []
    total: int | None = 0
    for head in heads:
        if head.file.packed:
            if next(fields_of_all(head), None):
                cuts.append((head, None))
                total = None
            continue
        of_file, rows = cuts_of(head)
        cuts += [(head, cut) for cut in of_file]
        total = None if total is None else total + rows
    return cuts, total


def _check_same(head: Head, first: Head) -> None:
    names, wanted = set(check_names(head.names, head.file.place)), set(first.names) - {ACCOUNT}
    for name in sorted(names ^ wanted):
        with_it, without = (head, first) if name in names else (first, head)
        raise without.file.place.refuse(
            f"The column {shown(name)} of {with_it.file.path} is missing here. All files need the same columns."
        )
