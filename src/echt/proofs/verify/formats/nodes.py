"""The nodes of a sum tree as other exchanges write them, and what has to be right about their numbers in every format.

A file of this kind has the customer's own leaf, a neighbour for each level, and the root at the end. Formats differ
in the names of the fields, in the texts that are hashed and in how sides and levels are counted; that stays in their
modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from echt.proofs.verify.formats.amounts import Amounts, NotAnAmount, amounts_of, negative_in, plain, same_amounts
from echt.proofs.verify.formats.reasons import Words, foreign_reason
from echt.proofs.verify.reasons import reason
from echt.proofs.verify.report import Knowledge, Reason
from echt.proofs.verify.strict_json import Number

MOST_LEVELS = 64
"""No tree of customers is higher: 2^64 of them."""

LONGEST_TEXT = 200
"""Of a nonce or a name; no exchange has longer ones."""

HASH_TEXT = re.compile(r"[0-9a-f]*")
ASSET_NAME = re.compile(r"[A-Za-z0-9._-]{1,32}")

LEFT, RIGHT, TOP = 1, 2, 3
"""What most formats call the sides of a node, and the root."""
COMPUTED = -1
"""The role of a node that is not in the file, but follows from what is."""


class Malformed(Exception):
    """The file is not complete or not in form; `where` names the part, as in `path[3].hash`, or in words."""

    def __init__(self, where: str | Words) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True)
class SumNode:
    """A node as it stands in the file; `role` is its side or its part in the path, in the format's own numbers."""

    hash: str
    amounts: Amounts
    role: int
    level: int
    place: Words


def member(of: object, key: str, where: str) -> object:
    """What an object of the file holds under a key, where it must hold something."""
    if not isinstance(of, dict) or of.get(key) is None:
        raise Malformed(f"{where}.{key}")
    return of[key]


def text_member(of: object, key: str, where: str) -> str:
    """The text that an object of the file must hold under a key; not empty, nor longer than a nonce or a name is."""
    value = member(of, key, where)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT or not _can_be_hashed(value):
        raise Malformed(f"{where}.{key}")
    return value


def whole_member(of: object, key: str, where: str, among: Iterable[int] = range(1 << 31)) -> int:
    """The whole number that an object of the file must hold under a key."""
    value = member(of, key, where)
    if not isinstance(value, int) or isinstance(value, bool) or value not in among:
        raise Malformed(f"{where}.{key}")
    return value


def hash_member(of: object, key: str, where: str, digits: int) -> str:
    """The hash that an object of the file must hold under a key: lower-case hex, exactly so long."""
    value = member(of, key, where)
    if not isinstance(value, str) or len(value) != digits or HASH_TEXT.fullmatch(value) is None:
        raise Malformed(f"{where}.{key}")
    return value


def amounts_member(of: object, key: str, where: str) -> Amounts:
    """The amounts that an object of the file must hold under a key."""
    value = member(of, key, where)
    try:
        amounts = amounts_of(value)
    except NotAnAmount:
        raise Malformed(f"{where}.{key}") from None
    if not all(ASSET_NAME.fullmatch(asset) for asset in amounts):
        raise Malformed(f"{where}.{key}")
    return amounts


def written_texts(of: object, key: str, where: str) -> dict[str, str]:
    """The amounts of a node exactly as the file has them, for formats that hash them so."""
    value = member(of, key, where)
    if not isinstance(value, dict):
        raise Malformed(f"{where}.{key}")
    return {asset: amount.text if isinstance(amount, Number) else str(amount) for asset, amount in value.items()}


def list_member(of: object, key: str, where: str, most: int = MOST_LEVELS + 1) -> list[object]:
    """The list that an object of the file must hold under a key; neither empty nor longer than any tree is high."""
    value = member(of, key, where)
    if not isinstance(value, list) or not 0 < len(value) <= most:
        raise Malformed(f"{where}.{key}")
    return value


def hash_text(text: str, digits: int = 64) -> str:
    """The first `digits` hexadecimal digits of the text's SHA-256."""
    return sha256(text.encode()).hexdigest()[:digits]


@dataclass(frozen=True)
class Climb:
    """The way from the leaf up: the pairs of nodes on it, left and right, and the root that was computed."""

    pairs: list[tuple[SumNode, SumNode]]
    top: SumNode


def climb(own: SumNode, siblings: Iterable[SumNode], parent: Callable[[SumNode, SumNode], SumNode]) -> Climb:
    """From the leaf up, neighbour by neighbour; a neighbour that is not on the left is on the right."""
    pairs, node = [], own
    for sibling in siblings:
        pair = (sibling, node) if sibling.role == LEFT else (node, sibling)
        pairs.append(pair)
        node = parent(*pair)
    return Climb(pairs, node)


def wrong_padding(pairs: Iterable[tuple[SumNode, SumNode]], role: int) -> list[Reason]:
    """A reason for each filler that is not a copy of the node beside it."""
    return [
        foreign_reason("hashes.padding", where=right.place)
        for left, right in pairs
        if right.role == role and right.hash != left.hash
    ]


def wrong_way(way: Climb, root: SumNode, filler: int) -> list[Reason]:
    """A reason where the way does not lead to the root; else one for each filler that is not what it must be."""
    return wrong_root(root, way.top.hash) or wrong_padding(way.pairs, filler)


def same_side(own: SumNode, siblings: Sequence[SumNode]) -> list[Reason]:
    """A reason where the customer's leaf and its neighbour stand on the same side."""
    return [foreign_reason("hashes.side", where=node.place) for node in siblings[:1] if node.role == own.role]


def wrong_numbers(nodes: Sequence[SumNode], root: SumNode, total: Mapping[str, Decimal]) -> list[Reason]:
    """What is wrong with the numbers: an amount below zero anywhere, or a root that does not show the path's sum."""
    return [*negative_numbers((*nodes, root)), *wrong_total(root, total)]


def negative_numbers(nodes: Iterable[SumNode]) -> list[Reason]:
    """A reason for each node that holds an amount below zero."""
    found = ((node, negative_in(node.amounts)) for node in nodes)
    return [
        foreign_reason("numbers.negative", where=node.place, asset=asset, amount=plain(node.amounts[asset]))
        for node, asset in found
        if asset is not None
    ]


def wrong_total(root: SumNode, total: Mapping[str, Decimal]) -> list[Reason]:
    """A reason for each asset of which the root shows another total than was computed."""
    if same_amounts(root.amounts, total):
        return []
    zero = Decimal(0)
    return [
        foreign_reason(
            "numbers.total",
            asset=asset,
            stated=plain(root.amounts.get(asset, zero)),
            computed=plain(total.get(asset, zero)),
        )
        for asset in dict.fromkeys((*root.amounts, *total))
        if root.amounts.get(asset, zero) != total.get(asset, zero)
    ]


def filled_padding(fillers: Iterable[SumNode]) -> list[Reason]:
    """A reason for each node that only fills a free place and yet holds something."""
    found = ((node, next((asset for asset, amount in node.amounts.items() if amount), None)) for node in fillers)
    return [
        foreign_reason("numbers.padding", where=node.place, asset=asset, amount=plain(node.amounts[asset]))
        for node, asset in found
        if asset is not None
    ]


def wrong_levels(nodes: Iterable[SumNode], levels: Iterable[int]) -> list[Reason]:
    """A reason for each node that does not stand on the level that follows from its place in the file."""
    return [
        foreign_reason("hashes.level", where=node.place, stated=node.level, computed=level)
        for node, level in zip(nodes, levels)
        if node.level != level
    ]


def wrong_leaf(own: SumNode, computed: str) -> list[Reason]:
    """A reason where the customer's own leaf has not the hash that follows from its content."""
    return [] if own.hash == computed else [foreign_reason("hashes.leaf", stated=own.hash, computed=computed)]


def wrong_root(root: SumNode, computed: str) -> list[Reason]:
    """A reason where the path does not lead to the root."""
    return [] if root.hash == computed else [foreign_reason("hashes.broken", stated=root.hash, computed=computed)]


def other_root(root: SumNode, knowledge: Knowledge) -> list[Reason]:
    """A reason where a root was typed in and the file has another."""
    if knowledge.root is None or knowledge.root.strip().lower() == root.hash:
        return []
    return [reason("statement.root")]


def other_account(account: str, knowledge: Knowledge) -> list[Reason]:
    """A reason where an account was named and the file is another's."""
    return [reason("identity.account")] if knowledge.account not in {None, account} else []


def root_from_file(knowledge: Knowledge) -> list[Reason]:
    """The reason against a root that comes from the customer's own file, where none was typed in to compare it with."""
    return [foreign_reason("format.root_from_file")] if knowledge.root is None else []


def shown(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    """The customer's amounts as people read them."""
    return {asset: plain(amount) for asset, amount in amounts.items()}


def _can_be_hashed(text: str) -> bool:
    """No lone surrogates, which have no bytes."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
