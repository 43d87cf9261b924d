"""From balances to a finished folder: count, both passes, top, statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from echt.proofs import disk, keys, statements
from echt.proofs.engine import duplicates, folder, master_key
from echt.proofs.engine.folder import Folder, Workshop
from echt.proofs.engine.local import LocalEngine
from echt.proofs.engine.partition import Twice
from echt.proofs.engine.plan import Plan, plan
from echt.proofs.engine.progress import Progress, Silent
from echt.proofs.engine.sizes import part_bits, sizes_for
from echt.proofs.engine.spill import Records
from echt.proofs.engine.top import Top, top_of
from echt.proofs.input import Source
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.keys import Signer
from echt.proofs.refusals import Refused
from echt.proofs.statements import Statement
from echt.proofs.verify.canonical_json import canonical_json


class Engine(Protocol):
    """What hashes the buckets: `LocalEngine`, `SparkEngine`."""

    def hash(self, plan: Plan, source: Source, shop: Workshop, progress: Progress) -> tuple[Records, Records]:
        """The buckets' roots, and how many leaves each has; the leaves' files are in the shop."""


@dataclass(frozen=True)
class Order:
    """What is to be built, beside the balances."""

    snapshot: str | None
    """Its name; None names it after its moment."""
    taken_at: str
    operator: str
    pieces: int = 2
    previous: str | None = None
    reserves: str | None = None
    moment_given: bool = True
    """Whether somebody said when the balances were taken; else it is now, and a resumed build keeps its first."""


@dataclass(frozen=True)
class Built:
    """A finished folder and what stands in its statement."""

    folder: Folder
    plan: Plan
    accounts: int
    root: str
    totals: Sequence[int]


def build(
    source: Source,
    out: Path,
    order: Order,
    *,
    given_key: bytes | None = None,
    signer: Signer | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the tree of these balances into a new folder; a build that was killed goes on where it was.

    Raises:
        Refused: the input cannot be used (then nothing is left), or the folder is there already.
    """
    progress = progress or Silent()
    folder.check_free(out)
    check_order(source, order)
    accounts = source.rows if source.rows is not None else count(source, progress)
    shop = folder.workshop_for(out)
    with disk.alone_with(shop.lock):
        folder.check_space(shop, accounts * order.pieces, len(source.columns))
        key = master_key.of_build(shop, given_key)
        agreed = folder.agreed_order(shop, _as_json(source, order, key, accounts), moment_given=order.moment_given)
        made = plan(
            source.columns,
            accounts,
            pieces=order.pieces,
            snapshot=order.snapshot or agreed["taken_at"],
            taken_at=agreed["taken_at"],
            master_key=key,
        )
        try:
            roots, counts = hashed(made, source, shop, engine or LocalEngine(), progress)
            progress.begin("top", None)
            top = top_of(roots, made.sizes)
            root = write_results(shop, made, top, counts, order, signer, accounts)
        except Refused:
            shop.discard()
            raise
        return Built(shop.finish(out), made, accounts, root, top.sums)


def check_order(source: Source, order: Order) -> None:
    """Refuse before the work what no verifier would read after it.

    Raises:
        Refused: a field of the statement is out of range.
    """
    named = order.snapshot or order.taken_at
    sizes = Sizes(len(source.columns), 0, 0)
    wanted = Plan(source.columns, sizes, 0, order.pieces, named, order.taken_at, bytes(32))
    _statement(wanted, bytes(32), [0] * len(source.columns), order)


def hashed(made: Plan, source: Source, shop: Workshop, engine: Engine, progress: Progress) -> tuple[Records, Records]:
    """The engine's result; a leaf that is there twice is told as the account that is there twice."""
    try:
        return engine.hash(made, source, shop, progress)
    except Twice as twice:
        raise duplicates.refusal(made, source, twice.bucket) from twice


def count(source: Source, progress: Progress) -> int:
    """How many accounts there are, by reading everything once; the size of the tree depends on it."""
    progress.begin("count", None)
    accounts = 0
    for portion in source.portions:
        for batch in portion.batches():
            accounts += len(batch)
            progress.advance(len(batch))
    return accounts


def write_results(
    shop: Workshop, made: Plan, top: Top, counts: Records, order: Order, signer: Signer | None, accounts: int
) -> str:
    """Everything but the buckets; the root, in hex."""
    root = top.root(made.config_hash)
    statement = _statement(made, root, top.sums, order)
    folder.write_private(shop.config, canonical_json(made.config) + b"\n")
    folder.write_private(shop.statement, statement.line + b"\n")
    folder.write_private(shop.note, keys.sign_note(statement.line, signer).encode())
    folder.write_private(shop.nodes, top.content())
    folder.write_private(shop.counts, counts.astype(">u4").tobytes())
    folder.write_private(shop.report, _report(made, top, counts, accounts))
    return root.hex()


def _statement(made: Plan, root: bytes, totals: Sequence[int], order: Order) -> Statement:
    return statements.make(
        made.config, root, totals, operator=order.operator, reserves=order.reserves, previous=order.previous
    )


def _as_json(source: Source, order: Order, key: bytes, accounts: int) -> dict[str, Any]:
    """What must be the same for a build to be resumed; the shape may differ between versions of this engine.

    The master key shows as a fingerprint only.
    """
    sizes = sizes_for(accounts * order.pieces, len(source.columns))
    return {
        "input": source.fingerprint,
        "columns": [column.as_json() for column in source.columns],
        "accounts": accounts,
        "pieces": order.pieces,
        "shape": [sizes.prefix_bits, sizes.bucket_bits, part_bits(accounts * order.pieces, sizes)],
        "snapshot": order.snapshot,
        "taken_at": order.taken_at,
        "master key": master_key.fingerprint(key),
    }


def _report(made: Plan, top: Top, counts: Records, accounts: int) -> bytes:
    """Figures of the build, for the operator alone: they tell how many customers there are."""
    report: Mapping[str, Any] = {
        "accounts": accounts,
        "master key": master_key.fingerprint(made.master_key),
        "parts": made.parts,
        "leaves": int(counts.sum()),
        "places": 1 << (made.sizes.prefix_bits + made.sizes.bucket_bits),
        "fullest_bucket": int(counts.max()),
        "places_in_a_bucket": 1 << made.sizes.bucket_bits,
        "totals": {column.name: column.shown(total) for column, total in zip(made.columns, top.sums, strict=True)},
    }
    return json.dumps(report, indent=1).encode() + b"\n"
