"""Balances from Parquet files: `account` and one column of amounts per asset.

1. Row groups are the portions: up to about a million rows, read by one thread each, without the interpreter's lock.
2. Every column of the file is read: each is `account` or an asset, so that nothing is left out unnoticed.
3. Types that cannot hold amounts exactly, or that are no amounts, are refused before a row is read.
4. Checksums of pages are compared where the file has them, and the rows are counted against the file's own number.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from echt.proofs.columns import Column
from echt.proofs.input import accounts
from echt.proofs.input.amounts import Cells, Target, fill
from echt.proofs.input.batch import Batch, Bytes, Ends, rows_at_once, rows_in_a_portion
from echt.proofs.input.faults import Place, shown
from echt.proofs.input.files import File, fingerprint
from echt.proofs.input.forms import Forms
from echt.proofs.input.header import ACCOUNT, check_names, columns_of
from echt.proofs.input.source import Source
from echt.proofs.input.types import check_account_type, check_amount_type, is_view
from echt.proofs.refusals import Refused

MAGIC, ENCRYPTED = b"PAR1", b"PARE"
SMALLEST = 12
BUFFER, SMALLEST_BUFFER, BUFFERS = 2**20, 2**14, 2**25
"""A column is read by so many bytes at once, all together by so many: a row group may be as large as it likes."""


@dataclass(frozen=True)
class Part:
    """One file, its footer read."""

    file: File
    footer: pq.FileMetaData
    schema: pa.Schema


@dataclass(frozen=True)
class Groups:
    """Some row groups of a file, one after the other."""

    name: str
    part: Part
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    forms: Forms
    first_row: int
    groups: range

    @property
    def file(self) -> str:
        return str(self.part.file.path)

    def batches(self) -> Iterator[Batch]:
        row = self.first_row
        self.part.file.check_unchanged()
        for table in self._tables():
            yield self._batch(table, row)
            row += table.num_rows
        self.part.file.check_unchanged()
        promised = sum(self.part.footer.row_group(group).num_rows for group in self.groups)
        if row - self.first_row != promised:
            raise self._place(row).refuse(f"The file promises {promised} rows here but holds {row - self.first_row}.")

    def _tables(self) -> Iterator[pa.RecordBatch]:
        with _understood(self.part.file):
            file = pq.ParquetFile(
                self.part.file.path,
                metadata=self.part.footer,
                pre_buffer=False,
                buffer_size=max(SMALLEST_BUFFER, min(BUFFER, BUFFERS // len(self.names))),
                page_checksum_verification=True,
            )
            tables = file.iter_batches(rows_at_once(len(self.columns)), row_groups=list(self.groups), use_threads=False)
        with file:
            while True:
                with _understood(self.part.file):
                    table = next(tables, None)
                if table is None:
                    return
                if table.num_rows:
                    yield table

    def _batch(self, table: pa.RecordBatch, row: int) -> Batch:
        data, ends = self._accounts(_dense(table.column(ACCOUNT)), self._place(row, ACCOUNT))
        cells = Cells(len(self.columns), table.num_rows)
        for i, (name, column) in enumerate(zip(self.names, self.columns, strict=True)):
            fill(_dense(table.column(name)), Target(column, cells, i, self._place(row, name), self.forms))
        return Batch(row, data, ends, cells.low, cells.finished_high())

    def _accounts(self, array: pa.Array, first: Place) -> tuple[Bytes, Ends]:
        if array.null_count:
            row = array.is_null().index(pa.scalar(True)).as_py()
            raise self._place((first.row or 1) + row, ACCOUNT).refuse(
                "The account is empty (null). Every row needs the account number that the customer knows."
            )
        if pa.types.is_integer(array.type):
            return accounts.numbers_as_text(array)
        data, ends = accounts.texts_of(array.cast(pa.string()) if pa.types.is_decimal(array.type) else array)
        accounts.check(data, ends, first)
        return data, ends

    def _place(self, row: int, column: str | None = None) -> Place:
        return Place(self.file, row, column)


def open_parquet(files: Sequence[File], *, decimals: Mapping[str, int], debt: Collection[str]) -> Source:
    """The Parquet files as one input.

    Raises:
        Refused: a file is damaged, or its columns cannot be used.
    """
    parts = [_part(file) for file in files]
    names = check_names(parts[0].schema.names, parts[0].file.place)
    if set(names) == {"asset", "amount"}:
        raise parts[0].file.place.refuse(
            "The long form (account, asset, amount) is read from CSV alone. Write CSV, or one column per asset."
        )
    columns = columns_of(names, parts[0].file.place, decimals=decimals, debt=debt)
    for part in parts:
        _check_schema(part, parts[0], dict(zip(names, columns, strict=True)))
    rows = sum(part.footer.num_rows for part in parts)
    if not rows:
        raise parts[0].file.place.refuse("There are no rows. A statement needs at least one account.")
    forms = Forms()
    size = rows_in_a_portion(rows)
    cuts = [(part, first, groups) for part in parts for first, groups in _cuts(part.footer, size)]
    width = max(4, len(str(len(cuts))))
    portions = [
        Groups(f"{number:0{width}}", part, columns, tuple(names), forms, first, groups)
        for number, (part, first, groups) in enumerate(cuts)
    ]
    return Source(columns, portions, rows, fingerprint(files), forms)


def _part(file: File) -> Part:
    _check_ends(file)
    with _understood(file):
        opened = pq.ParquetFile(file.path)
        with opened:
            return Part(file, opened.metadata, opened.schema_arrow)


def _check_ends(file: File) -> None:
    with file.path.open("rb") as content:
        begin = content.read(4)
        content.seek(max(0, file.size - 4))
        end = content.read(4)
    if ENCRYPTED in (begin, end):
        raise file.place.refuse("The file is encrypted. Give it without encryption.")
    if begin != MAGIC:
        raise file.place.refuse("This is not a Parquet file, whatever its name says. Export the balances again.")
    if end != MAGIC or file.size < SMALLEST:
        raise file.place.refuse("The end of the file is missing. Copy or export it again.")


def _check_schema(part: Part, first: Part, columns: Mapping[str, Column]) -> None:
    names = check_names(part.schema.names, part.file.place)
    for name in sorted(set(names) ^ set(columns)):
        with_it, without = (part, first) if name in names else (first, part)
        raise without.file.place.refuse(
            f"The column {shown(name)} of {with_it.file.path} is missing here. All files need the same columns."
        )
    check_account_type(part.schema.field(ACCOUNT).type, Place(part.file.place.file, column=ACCOUNT))
    for name, column in columns.items():
        check_amount_type(part.schema.field(name).type, column, Place(part.file.place.file, column=name))


def _cuts(footer: pq.FileMetaData, size: int) -> Iterator[tuple[int, range]]:
    """The row groups, put together to about so many rows: the number of the first row, and which groups."""
    first, row, begin = 1, 1, 0
    for group in range(footer.num_row_groups):
        rows = footer.row_group(group).num_rows
        if row > first and row - first + rows > size:
            yield first, range(begin, group)
            first, begin = row, group
        row += rows
    if row > first:
        yield first, range(begin, footer.num_row_groups)


def _dense(array: pa.Array) -> pa.Array:
    """The values one after the other, however the file has them."""
    if pa.types.is_dictionary(array.type):
        return array.dictionary_decode()
    return array.cast(pa.large_binary()) if is_view(array.type) else array


@contextmanager
def _understood(file: File) -> Iterator[None]:
    """What the Parquet reader says of a damaged file, in our words."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise Refused(f"{file.path}: The file is damaged. Copy or export it again. (Arrow says: {said})") from None
