"""Hotcoin's proof files: a sum tree with a published anchor, which holds root, totals and the number of leaves.

* Every hash is the SHA-256 of one byte that says what is hashed, and of a compact JSON list of texts.
* Config, byte 3: protocol, then name and decimals of each asset. Leaf, byte 0: protocol, snapshot, config, account,
  nonce, amounts in the order of the assets. Parent, byte 1: protocol, config, both hashes, the sums. Filler, byte 2:
  protocol, snapshot, config; it holds nothing and stands only where the number of leaves leaves a place free.
* The sides follow from the leaf's index and the number of leaves, and so does the length of the path.
* Amounts stand in their shortest form, with no more decimals than the asset has, and are never below zero.
* Root, totals, assets and number of leaves are the anchor's (`--statement`), never the customer's file's.

Why it is not sound. The most careful of the verifiers that exchanges publish, but the parent commits to the sum
alone, so a neighbour's balance can be anything that the total needs to be low (four customers with 5, 7, 3 and 6 can
all be shown a root of 7). The account in the leaf is a number that the exchange makes up: two customers can be given
the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import Amounts, plain, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, incomplete, unreadable
from echt.proofs.verify.formats.nodes import (
    Malformed,
    SumNode,
    amounts_member,
    filled_padding,
    hash_member,
    member,
    other_account,
    other_root,
    shown,
    text_member,
    whole_member,
    wrong_leaf,
    wrong_numbers,
    wrong_root,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

HOTCOIN_NAME = "hotcoin"
HOTCOIN_PROTOCOL = "HOTCOIN-POR-SUM"
HOTCOIN_LEAF, HOTCOIN_PARENT, HOTCOIN_FILLER, HOTCOIN_CONFIG = range(4)
HOTCOIN_MOST_ASSETS = 32
HOTCOIN_LEFT, HOTCOIN_RIGHT = 0, 1
HOTCOIN_SIDES = {"LEFT": HOTCOIN_LEFT, "RIGHT": HOTCOIN_RIGHT}
HOTCOIN_COIN = re.compile(r"[A-Z][A-Z0-9]{0,15}", re.ASCII)
HOTCOIN_SNAPSHOT = re.compile(r"[A-Za-z0-9_-]{1,64}|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}", re.ASCII)
HOTCOIN_ANCHOR: Words = (
    "the anchor that the exchange publishes, with root and totals",
    "der Anker, den die Börse veröffentlicht, mit Wurzel und Summen",
)
HOTCOIN_FIELDS = {
    "file": {"protocol", "assets", "self", "path"},
    "self": {"snapshotId", "accountId", "nonce", "balances", "leafHash", "leafIndex", "leafCount"},
    "path": {"position", "hash", "balances"},
    "asset": {"coin", "decimals"},
    "anchor": {"protocol", "assets", "snapshotId", "root", "leafCount", "userTotals"},
}
HOTCOIN_OTHER_ANCHOR = Reason(
    "anchor.other",
    "The anchor and your file do not belong together: snapshot, assets or number of leaves differ. Take the anchor "
    "of the snapshot that your file names.",
    "Der Anker und Ihre Datei gehören nicht zusammen: Stichtag, Assets oder Zahl der Blätter sind verschieden. "
    "Nehmen Sie den Anker des Stichtags, den Ihre Datei nennt.",
)
HOTCOIN_FALSE_FILLER = Reason(
    "hashes.filler",
    "There is no neighbour at this place, but the file has one with a hash of its own instead of that of a free place.",
    "An dieser Stelle gibt es keinen Nachbarn, in der Datei steht aber einer mit eigenem Hash statt dem eines freien "
    "Platzes.",
)


@dataclass(frozen=True)
class HotcoinTree:
    """What all customers of a snapshot share."""

    snapshot: str
    assets: tuple[tuple[str, int], ...]
    leaves: int
    root: SumNode

    @property
    def height(self) -> int:
        return (self.leaves - 1).bit_length()

    @property
    def config(self) -> str:
        names = (text for coin, decimals in self.assets for text in (coin, str(decimals)))
        return hotcoin_hash(HOTCOIN_CONFIG, [HOTCOIN_PROTOCOL, *names])

    @property
    def filler(self) -> str:
        return hotcoin_hash(HOTCOIN_FILLER, [HOTCOIN_PROTOCOL, self.snapshot, self.config])

    def texts(self, amounts: Amounts) -> list[str]:
        return [plain(amounts[coin]) for coin, _ in self.assets]


def hotcoin_hash(domain: int, fields: Sequence[str]) -> str:
    """The hash of one byte and a JSON list of texts without spaces."""
    return sha256(bytes([domain]) + json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


def recognises_hotcoin(content: Content) -> bool:
    """The protocol is named in the file."""
    return content.members.get("protocol") == HOTCOIN_PROTOCOL and "self" in content.members


def check_hotcoin(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of Hotcoin's files, with the anchor as the second file."""
    if knowledge.statement is None:
        return incomplete(HOTCOIN_NAME, HOTCOIN_ANCHOR)
    try:
        tree = _hotcoin_anchor(Content(knowledge.statement).json)
        return answer(HOTCOIN_NAME, _hotcoin_findings(content.json, tree, knowledge))
    except Malformed as fault:
        return unreadable(HOTCOIN_NAME, fault.where)


def _hotcoin_findings(file: object, tree: HotcoinTree, knowledge: Knowledge) -> Findings:
    _hotcoin_fields(file, "file")
    assets = _hotcoin_assets(member(file, "assets", "file"), "assets")
    own, leaf, account = _hotcoin_own(member(file, "self", "file"), assets)
    if (own["snapshotId"], own["leafCount"], assets) != (tree.snapshot, tree.leaves, tree.assets):
        return Findings(broken=[HOTCOIN_OTHER_ANCHOR], unsound=_hotcoin_unsound(), amounts=shown(leaf.amounts))
    path = _hotcoin_path(member(file, "path", "file"), tree)
    broken, top = _hotcoin_climb(tree, leaf, path)
    fillers = [node for node, free in zip(path, _hotcoin_free(tree, leaf.level)) if free]
    computed = _hotcoin_leaf(tree, account, text_member(own, "nonce", "self"), leaf.amounts)
    return Findings(
        broken=[
            *wrong_leaf(leaf, computed),
            *broken,
            *(HOTCOIN_FALSE_FILLER for node in fillers[:1] if node.hash != tree.filler),
            *wrong_root(tree.root, top.hash),
            *other_root(tree.root, knowledge),
            *other_account(account, knowledge),
        ],
        wrong=[*wrong_numbers([leaf, *path], tree.root, top.amounts), *filled_padding(fillers)],
        unsound=_hotcoin_unsound(),
        amounts=shown(leaf.amounts),
    )


def _hotcoin_anchor(anchor: object) -> HotcoinTree:
    fields = _hotcoin_fields(anchor, "anchor")
    _hotcoin_same_protocol(fields, "anchor")
    assets = _hotcoin_assets(fields["assets"], "anchor.assets")
    snapshot = _hotcoin_snapshot(fields, "anchor")
    totals = _hotcoin_amounts(fields, "userTotals", "anchor", assets)
    leaves = whole_member(fields, "leafCount", "anchor", range(1, 1 << 31))
    return HotcoinTree(snapshot, assets, leaves, SumNode(hash_member(fields, "root", "anchor", 64), totals, 0, 0, ROOT))


def _hotcoin_own(own: object, assets: tuple[tuple[str, int], ...]) -> tuple[dict[str, object], SumNode, str]:
    """The customer's part of the file, the leaf in it (its level is its index), and the account."""
    fields = _hotcoin_fields(own, "self")
    _hotcoin_snapshot(fields, "self")
    leaves = whole_member(fields, "leafCount", "self", range(1, 1 << 31))
    index = whole_member(fields, "leafIndex", "self", range(leaves))
    hash_member(fields, "nonce", "self", 64)
    amounts = _hotcoin_amounts(fields, "balances", "self", assets)
    leaf = SumNode(hash_member(fields, "leafHash", "self", 64), amounts, 0, index, OWN_LEAF)
    return fields, leaf, hash_member(fields, "accountId", "self", 64)


def _hotcoin_path(path: object, tree: HotcoinTree) -> list[SumNode]:
    if not isinstance(path, list) or len(path) != tree.height:
        raise Malformed("path")
    nodes = []
    for level, step in enumerate(path):
        where = f"path[{level}]"
        fields = _hotcoin_fields(step, "path", where)
        side = HOTCOIN_SIDES.get(text_member(fields, "position", where))
        if side is None:
            raise Malformed(f"{where}.position")
        amounts = _hotcoin_amounts(fields, "balances", where, tree.assets)
        nodes.append(SumNode(hash_member(fields, "hash", where, 64), amounts, side, level, neighbour(level)))
    return nodes


def _hotcoin_climb(tree: HotcoinTree, leaf: SumNode, path: Sequence[SumNode]) -> tuple[list[Reason], SumNode]:
    """What is wrong with the sides, and the node at the end of the path."""
    broken, node = [], leaf
    for sibling in path:
        right = leaf.level >> sibling.level & 1
        if sibling.role == (HOTCOIN_RIGHT if right else HOTCOIN_LEFT):
            broken.append(foreign_reason("hashes.side", where=sibling.place))
        node = _hotcoin_parent(tree, sibling, node) if right else _hotcoin_parent(tree, node, sibling)
    return broken[:1], node


def _hotcoin_parent(tree: HotcoinTree, left: SumNode, right: SumNode) -> SumNode:
    sums = sums_of([left.amounts, right.amounts])
    fields = [HOTCOIN_PROTOCOL, tree.config, left.hash, right.hash, *tree.texts(sums)]
    return SumNode(hotcoin_hash(HOTCOIN_PARENT, fields), sums, 0, 0, ROOT)


def _hotcoin_leaf(tree: HotcoinTree, account: str, nonce: str, amounts: Amounts) -> str:
    fields = [HOTCOIN_PROTOCOL, tree.snapshot, tree.config, account, nonce, *tree.texts(amounts)]
    return hotcoin_hash(HOTCOIN_LEAF, fields)


def _hotcoin_free(tree: HotcoinTree, index: int) -> list[bool]:
    """For each level, whether the neighbour's place lies behind the last node."""
    return [(index >> level ^ 1) > (tree.leaves - 1) >> level for level in range(tree.height)]


def _hotcoin_fields(value: object, kind: str, where: str = "") -> dict[str, object]:
    """The object, if it has the members that an object of this kind has, and no others."""
    where = where or kind
    if not isinstance(value, dict):
        raise Malformed(where)
    for name in sorted(HOTCOIN_FIELDS[kind] ^ value.keys()):
        raise Malformed(f"{where}.{name[:60]!r}" if name not in HOTCOIN_FIELDS[kind] else f"{where}.{name}")
    return value


def _hotcoin_same_protocol(fields: dict[str, object], where: str) -> None:
    if fields["protocol"] != HOTCOIN_PROTOCOL:
        raise Malformed(f"{where}.protocol")


def _hotcoin_snapshot(fields: dict[str, object], where: str) -> str:
    snapshot = text_member(fields, "snapshotId", where)
    if HOTCOIN_SNAPSHOT.fullmatch(snapshot) is None:
        raise Malformed(f"{where}.snapshotId")
    return snapshot


def _hotcoin_assets(assets: object, where: str) -> tuple[tuple[str, int], ...]:
    if not isinstance(assets, list) or not 1 <= len(assets) <= HOTCOIN_MOST_ASSETS:
        raise Malformed(where)
    read = []
    for number, asset in enumerate(assets):
        fields = _hotcoin_fields(asset, "asset", f"{where}[{number}]")
        coin = text_member(fields, "coin", f"{where}[{number}]")
        if HOTCOIN_COIN.fullmatch(coin) is None:
            raise Malformed(f"{where}[{number}].coin")
        read.append((coin, whole_member(fields, "decimals", f"{where}[{number}]", range(31))))
    if len({coin for coin, _ in read}) != len(read):
        raise Malformed(where)
    return tuple(read)


def _hotcoin_amounts(of: dict[str, object], key: str, where: str, assets: tuple[tuple[str, int], ...]) -> Amounts:
    """Amounts of exactly these assets, as texts in their shortest form, with no more decimals than the asset has."""
    written, amounts = of.get(key), amounts_member(of, key, where)
    if not isinstance(written, dict) or written.keys() != {coin for coin, _ in assets}:
        raise Malformed(f"{where}.{key}")
    for coin, decimals in assets:
        if written[coin] != plain(amounts[coin]) or amounts[coin] != _hotcoin_cut(amounts[coin], decimals):
            raise Malformed(f"{where}.{key}.{coin}")
    return amounts


def _hotcoin_cut(amount: Decimal, decimals: int) -> Decimal:
    whole, _, part = plain(amount).partition(".")
    return Decimal(f"{whole}.{part[:decimals]}0")


def _hotcoin_unsound() -> list[Reason]:
    return [
        foreign_reason("format.sum_only"),
        foreign_reason("format.not_bound"),
        foreign_reason("format.neighbour_shown"),
    ]


HOTCOIN = Format((HOTCOIN_NAME,), recognises_hotcoin, check_hotcoin)
