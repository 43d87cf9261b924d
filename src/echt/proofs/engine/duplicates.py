"""Which account is in the input twice: the tree only knows that two leaves have one id."""

from collections.abc import Iterator

import numpy as np

from echt.proofs.engine import spill
from echt.proofs.engine.plan import Plan
from echt.proofs.engine.spill import Records
from echt.proofs.input import Portion, Source
from echt.proofs.kernel.buckets import record_words
from echt.proofs.refusals import Refused

SHOWN = 3


def refusal(plan: Plan, source: Source, bucket: int) -> Refused:
    """The sentence about the account that has a bucket's leaf twice, with its rows."""
    accounts = _accounts_there_twice(plan, source, bucket)
    places = [f"row {row} of {file}" if row else file for _, row, file in source.locate(accounts[:1])]
    name = accounts[0].decode()
    rows = " and ".join(places[:SHOWN])
    return Refused(f"The account {name!r} is there more than once: {rows}. Add its balances up, or remove one row.")


def _accounts_there_twice(plan: Plan, source: Source, bucket: int) -> list[bytes]:
    """Read everything again, and keep the accounts with a leaf in the bucket."""
    seen: dict[bytes, bytes] = {}
    twice = []
    for portion in source.portions:
        for leaf, account in _leaves_in(plan, portion, bucket):
            if leaf in seen:
                twice.append(account)
            seen[leaf] = account
    return twice


def _leaves_in(plan: Plan, portion: Portion, bucket: int) -> Iterator[tuple[bytes, bytes]]:
    maker = spill.Maker(plan)
    for batch in portion.batches():
        words = record_words(len(plan.columns), wide=spill.is_wide(batch))
        records = np.empty((len(batch) * plan.pieces, words), np.uint32)
        maker.fill(batch, range(len(batch)), records)
        for row in np.flatnonzero(_in_bucket(plan, records, bucket)):
            account = int(row) // plan.pieces
            yield records[row, :8].tobytes(), batch.accounts[batch.ends[account] : batch.ends[account + 1]].tobytes()


def _in_bucket(plan: Plan, records: Records, bucket: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    first = records[:, 0].astype(np.uint64) << np.uint64(32) | records[:, 1]
    if plan.sizes.prefix_bits == 0:
        return np.ones(len(records), bool)
    return np.asarray(first >> np.uint64(64 - plan.sizes.prefix_bits) == bucket)
