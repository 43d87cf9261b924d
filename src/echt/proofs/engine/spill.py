"""The first pass: a portion of the balances becomes leaves, ordered by the part of the tree that they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from echt.proofs.engine.memory import Memory
from echt.proofs.engine.plan import Plan
from echt.proofs.input import Batch, Portion
from echt.proofs.kernel.buckets import record_words
from echt.proofs.kernel.keyed import key_states
from echt.proofs.kernel.leaves import make_records, sort_into_parts

SLICE, SMALLEST_RUN, LARGEST_RUN = 256 << 10, 8 << 20, 72 << 20
"""Bytes: a run is large enough that a part's slice of it is worth a read, and no larger."""
NARROW = np.uint64(2**63 - 1)
"""Amounts up to here take 8 bytes, larger ones 16."""
Records = NDArray[np.uint32]
NO_HIGH = np.zeros((0, 0), np.uint64)


@dataclass(frozen=True)
class Run:
    """Leaves ordered by their part: those of part i are `records[starts[i] : starts[i + 1]]`."""

    records: Records
    starts: NDArray[np.int64]
    wide: bool


def runs(portion: Portion, maker: "Maker") -> Iterator[Run]:
    """The leaves of a portion, as much as a run takes at a time; each holds until the next."""
    for batch in portion.batches():
        wide = is_wide(batch)
        step = maker.accounts_in_a_run(wide=wide)
        for first in range(0, len(batch), step):
            accounts = range(first, min(first + step, len(batch)))
            if not maker.has_room(len(accounts), wide=wide):
                yield maker.run()
            maker.add(batch, accounts, wide=wide)
    if maker.leaves:
        yield maker.run()


class Maker:
    """Makes leaves of batches and gathers them for a run, in memory of its own: a run holds until the next one."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._master = key_states(plan.master_key)
        self._config = np.frombuffer(plan.config_hash, ">u4").astype(np.uint32)
        self._gathered, self._ordered = Memory(), Memory()
        self._wide = False
        self.leaves = 0

    def accounts_in_a_run(self, *, wide: bool) -> int:
        size = max(SMALLEST_RUN, min(LARGEST_RUN, SLICE * self._plan.parts))
        return max(1, size // (4 * self._words(wide=wide) * self._plan.pieces))

    def has_room(self, accounts: int, *, wide: bool) -> bool:
        """Whether these accounts still belong to the run; leaves of one run have one width."""
        after = self.leaves + accounts * self._plan.pieces
        most = self.accounts_in_a_run(wide=wide) * self._plan.pieces
        return self.leaves == 0 or (wide == self._wide and after <= most)

    def add(self, batch: Batch, accounts: range, *, wide: bool) -> None:
        """The leaves of these accounts into the run."""
        most = self.accounts_in_a_run(wide=wide) * self._plan.pieces
        before, self._wide = self.leaves, wide
        self.leaves += len(accounts) * self._plan.pieces
        self.fill(batch, accounts, self._gathered.rows(most, self._words(wide=wide))[before : self.leaves])

    def run(self) -> Run:
        """What was gathered, ordered by part."""
        records = self._gathered.rows(self.leaves, self._words(wide=self._wide))
        ordered, starts = self._ordered.rows(*records.shape), np.empty(self._plan.parts + 1, np.int64)
        sort_into_parts(records, self._plan.part_bits, starts, ordered)
        self.leaves = 0
        return Run(ordered, starts, self._wide)

    def fill(self, batch: Batch, accounts: range, records: Records) -> None:
        """The leaves of these accounts in the order of the batch; their width says that of the amounts."""
        wide = records.shape[1] == self._words(wide=True)
        low = np.ascontiguousarray(batch.low[:, accounts.start : accounts.stop])
        high = np.ascontiguousarray(_high(batch)[:, accounts.start : accounts.stop]) if wide else NO_HIGH
        ends = batch.ends[accounts.start : accounts.stop + 1]
        make_records(batch.accounts, ends, self._master, self._config, self._plan.pieces, low, high, records)

    def _words(self, *, wide: bool) -> int:
        return record_words(len(self._plan.columns), wide=wide)


def is_wide(batch: Batch) -> bool:
    return batch.high is not None or bool(batch.low.size and batch.low.max() > NARROW)


def _high(batch: Batch) -> NDArray[np.uint64]:
    return np.zeros_like(batch.low) if batch.high is None else batch.high


def widened(records: Records) -> Records:
    """Narrow records with 16 bytes for each amount."""
    count, words = records.shape
    columns = (words - 8) // 2
    result = np.zeros((count, record_words(columns, wide=True)), np.uint32)
    result[:, :8] = records[:, :8]
    amounts = result[:, 8:].reshape(count, columns, 4)
    amounts[:, :, 2:] = records[:, 8:].reshape(count, columns, 2)
    return result
