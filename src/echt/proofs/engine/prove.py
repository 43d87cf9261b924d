"""One customer's proof, made when it is asked for: read the bucket, rebuild it, attach the top.

1. No proof leaves that does not lead to the root and the totals of the folder's own statement: a damaged folder gives
   none instead of a wrong one.
2. "Not included" is said only of a bucket that is whole, and with the master key that the folder was built with.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from echt.proofs.columns import Column, Side
from echt.proofs.engine import derive, folder, leaves_file, master_key, top
from echt.proofs.engine.damage import damaged, undamaged
from echt.proofs.engine.folder import Folder
from echt.proofs.engine.plan import Plan
from echt.proofs.engine.spill import Records
from echt.proofs.engine.top import Node
from echt.proofs.kernel import buckets
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.kernel.nodes import hash_level
from echt.proofs.refusals import Refused
from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.commitment import leaf_node, parent_node, root_hash
from echt.proofs.verify.log import read_checkpoint, root_of_inclusion
from echt.proofs.verify.statement import Statement, read_statement

LONGEST_ACCOUNT = 64


class NotIncluded(Exception):
    """The account has no leaf in this snapshot."""


@dataclass(frozen=True)
class Tree:
    """A finished folder, open for proofs; safe between threads."""

    folder: Folder
    plan: Plan
    note: str
    """The statement as it goes into a proof."""
    statement: Statement
    counts: NDArray[np.int64]
    """How many leaves each bucket has."""

    def proof(self, account: str) -> dict[str, Any]:
        """The customer's proof file.

        Raises:
            NotIncluded: the account has no leaf here.
            Refused: the folder is damaged.
        """
        name = account.encode(errors="surrogatepass")
        if not 1 <= len(name) <= LONGEST_ACCOUNT:
            raise NotIncluded(account)
        key = derive.account_key(self.plan.master_key, name)
        config = self.plan.config_hash
        leaves = [derive.leaf_id(key, config, piece, name) for piece in range(self.plan.pieces)]
        with undamaged(self.folder.path):
            return {
                "format": "echt/1",
                "statement": self.note,
                "log": self._log(),
                "account": {"id": account, "key": key.hex()},
                "pieces": [self._piece(leaf) for leaf in leaves],
            }

    def _log(self) -> dict[str, Any] | None:
        """Where the statement is in the log; it may have been appended since the folder was opened."""
        if not self.folder.log.exists():
            return None
        part: dict[str, Any] = json.loads(self.folder.log.read_bytes())
        head, path = read_checkpoint(part["checkpoint"]), [bytes.fromhex(step) for step in part["path"]]
        if root_of_inclusion(self.statement.line, part["index"], head.size, path) != head.root:
            raise damaged(self.folder.path)
        return part

    def _piece(self, leaf: bytes) -> dict[str, Any]:
        sizes = self.plan.sizes
        bucket = int.from_bytes(leaf, "big") >> (256 - sizes.prefix_bits)
        path = rebuilt(self, bucket, leaf)
        nodes = [*path.siblings, *top.siblings_in(self.folder.nodes, sizes, bucket)]
        index = (bucket << sizes.bucket_bits) + path.place
        self._check(leaf, path.amounts, index, nodes)
        return {
            "index": index,
            "amounts": list(map(str, path.amounts)),
            "path": [{"hash": digest.hex(), "sums": list(map(str, sums))} for digest, sums in nodes],
        }

    def _check(self, leaf: bytes, amounts: Sequence[int], index: int, siblings: Sequence[Node]) -> None:
        """Rule 1."""
        node = leaf_node(leaf, amounts)
        for level, sibling in enumerate(siblings, start=1):
            is_right = index >> (level - 1) & 1
            node = parent_node(level, *((sibling, node) if is_right else (node, sibling)))
        if root_hash(self.plan.config_hash, node) != self.statement.root or list(node[1]) != self.statement.totals:
            raise damaged(self.folder.path)

    def records(self, bucket: int) -> Records:
        """The leaves of a bucket."""
        columns = self.plan.sizes.columns
        if not self.counts[bucket]:
            return np.empty((0, buckets.record_words(columns, wide=False)), np.uint32)
        bits = self.plan.sizes.prefix_bits - self.plan.part_bits
        part, first = bucket >> bits, bucket >> bits << bits
        start = int(self.counts[first:bucket].sum())
        return leaves_file.read(self.folder.part(part), start, int(self.counts[bucket]), columns)


@dataclass(frozen=True)
class Way:
    """A leaf's way up to its bucket's root."""

    place: int
    amounts: Sequence[int]
    siblings: Sequence[Node]


def opened(path: Path, key: bytes) -> Tree:
    """The finished folder.

    Raises:
        Refused: it is unfinished, damaged or something else, or was built with another master key.
    """
    made = folder.opened(path)
    with undamaged(path):
        note = made.note.read_text(encoding="utf-8")
        statement = read_statement(note)
        config = json.loads(statement.line)["config"]
        report = json.loads(made.report.read_bytes())
        counts = np.frombuffer(made.counts.read_bytes(), ">u4").astype(np.int64)
        written = [made.config.read_bytes(), made.statement.read_bytes()]
        if (
            written != [canonical_json(config) + b"\n", statement.line + b"\n"]
            or len(counts) != 1 << config["prefix_bits"]
        ):
            raise damaged(path)
        if report["master key"] != master_key.fingerprint(key):
            raise Refused(f"{path} was built with another master key. Name the right one with --master-key.")
        return Tree(made, _plan(config, report["parts"], key), note, statement, counts)


def _plan(config: Mapping[str, Any], parts: int, key: bytes) -> Plan:
    columns = tuple(Column(c["asset"], c["decimals"], Side(c["side"])) for c in config["columns"])
    sizes = Sizes(len(columns), config["prefix_bits"], config["bucket_bits"])
    return Plan(columns, sizes, parts.bit_length() - 1, config["pieces"], config["snapshot"], config["taken_at"], key)


def rebuilt(tree: Tree, bucket: int, leaf: bytes) -> Way:
    """The way of a leaf in its bucket.

    Raises:
        NotIncluded: there is no such leaf.
        Refused: the bucket's root is not that of the folder's top.
    """
    plan, records = tree.plan, tree.records(bucket)
    wide = records.shape[1] == buckets.record_words(plan.sizes.columns, wide=True)
    scratch = buckets.scratch(plan.sizes, plan.padding_key, wide=wide)
    wanted = np.frombuffer(leaf, ">u4").astype(np.uint32)
    found = np.flatnonzero((records[:, :8] == wanted).all(axis=1))
    result = buckets.arrange(scratch, plan.sizes, bucket, records)
    if result != buckets.FINE:
        raise damaged(tree.folder.path)
    row = found[0] if len(found) else 0
    place = int(np.flatnonzero(scratch.order[: 1 << plan.sizes.bucket_bits] == row)[0])
    buckets.hash_leaves(scratch, plan.sizes)
    amounts = top.as_node(_column(scratch.tiles, place))[1]
    siblings = list(_siblings(scratch, plan.sizes, place))
    if top.as_node(_column(scratch.tiles, 0)) != top.node_in(tree.folder.nodes, plan.sizes, tree_node(plan, bucket)):
        raise damaged(tree.folder.path)
    if not len(found):
        raise NotIncluded
    return Way(place, amounts, siblings)


def tree_node(plan: Plan, bucket: int) -> int:
    """The number of a bucket's root among the nodes of the top."""
    return (1 << plan.sizes.prefix_bits) + bucket


def _siblings(scratch: buckets.Scratch, sizes: Sizes, place: int) -> list[Node]:
    """The nodes beside the way, lowest first, while the bucket is hashed up to its root."""
    found = []
    for level in range(sizes.bucket_bits):
        found.append(top.as_node(_column(scratch.tiles, (place >> level) ^ 1)))
        parents = 1 << (sizes.bucket_bits - level - 1)
        hash_level(scratch.tiles, parents, np.uint32(level + 1), scratch.node_message, scratch.state)
    return found


def _column(tiles: Records, place: int) -> Records:
    return tiles[place // 16, :, place % 16]
