"""The second pass: the leaves of one part of the tree become buckets, their roots, and a Parquet file.

The file holds the leaves of its buckets in order, without the padding, which can be made again. `id` has 32 bytes; an
amount is a 64-bit integer, or 16 bytes big-endian in a part with leaves of a batch that has an amount from 2^63 on.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from echt.proofs.engine.memory import Memory
from echt.proofs.engine.plan import Plan
from echt.proofs.engine.spill import Records
from echt.proofs.kernel import buckets
from echt.proofs.kernel.nodes import words_of
from echt.proofs.refusals import Refused

ROWS_IN_A_GROUP = 16384
WIDE = 4
"""Words of an amount of 16 bytes."""


class Twice(Exception):
    """Two leaves have one id, so one account is in the input twice."""

    def __init__(self, bucket: int) -> None:
        self.bucket = bucket
        super().__init__(bucket)


@dataclass(frozen=True)
class Part:
    """What came of a part."""

    parquet: pa.Buffer
    roots: Records
    """The buckets' roots, a row each: 8 words of hash, 4 words for each sum."""
    counts: NDArray[np.uint32]
    """How many leaves of each bucket are in the file."""


class Hasher:
    """Hashes parts, one after the other, in memory of its own: one for each thread."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._scratch: dict[bool, buckets.Scratch] = {}
        self._ordered, self._ids, self._amounts = Memory(), Memory(), Memory()

    def part(self, number: int, records: Records) -> Part:
        """Hash the leaves of a part.

        Raises:
            Twice: two leaves have one id.
            Refused: a bucket runs over, or a sum reaches 2^127.
        """
        sizes, first = self._plan.sizes, number * self._plan.buckets_in_a_part
        wide = records.shape[1] == buckets.record_words(sizes.columns, wide=True)
        starts = np.empty(self._plan.buckets_in_a_part + 1, np.int64)
        roots = np.empty((len(starts) - 1, words_of(sizes.columns)), np.uint32)
        ids = self._ids.rows(len(records), 8)
        width = WIDE if wide else WIDE // 2
        amounts = self._amounts.rows(sizes.columns * len(records), width).reshape(sizes.columns, len(records), width)
        ordered = self._ordered.rows(*records.shape)
        buckets.gather(records, sizes, first, ordered, starts)
        scratch = self._memory(wide=wide)
        result, bucket = buckets.hash_buckets(scratch, sizes, first, ordered, starts, roots, ids, amounts)
        _check(result, bucket)
        return Part(_parquet(self._plan, ids, amounts), roots, np.diff(starts).astype(np.uint32))

    def _memory(self, *, wide: bool) -> buckets.Scratch:
        if wide not in self._scratch:
            self._scratch[wide] = buckets.scratch(self._plan.sizes, self._plan.padding_key, wide=wide)
        return self._scratch[wide]


def _check(result: int, bucket: int) -> None:
    if result == buckets.TWICE:
        raise Twice(bucket)
    if result == buckets.CROWDED:
        raise Refused(f"By rare chance bucket {bucket} runs over. Build again under another --snapshot name.")
    if result == buckets.OVERFLOW:
        raise Refused("A total reaches 2^127 smallest units. Check the amounts and the decimals of the columns.")


def _parquet(plan: Plan, ids: Records, amounts: Records) -> pa.Buffer:
    """The leaves in order, as a file."""
    wide = amounts.shape[2] == WIDE
    arrays = [_fixed(ids, 32)]
    arrays += [_fixed(column, 16) if wide else pa.array(column.reshape(-1).view(np.int64)) for column in amounts]
    names = ["id", *(column.name for column in plan.columns)]
    fields = [pa.field(name, array.type, nullable=False) for name, array in zip(names, arrays, strict=True)]
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_arrays(arrays, schema=pa.schema(fields)),
        sink,
        compression="none",
        use_dictionary=False,
        write_statistics=False,
        store_schema=False,
        row_group_size=ROWS_IN_A_GROUP,
    )
    return sink.getvalue()


def _fixed(values: Records, size: int) -> pa.Array:
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(size), len(values), [None, pa.py_buffer(values)])
