"""Bybit's proof files, with all lists of assets: a sum tree whose hashes know amounts, but no names.

* Leaf: `userHash` and the amounts exactly as the file has them, one after the other without anything between them.
  Parent: both hashes, the sums with exactly eight decimals, what goes beyond cut off, and the height, again without
  anything between.
* The order of the amounts is that of a list of assets, which lived in the exchange's tool and changed with every new
  asset. Here the file tells it: its amounts stand in the order in which they are hashed. If the hashes do not confirm
  that order, the lists of the past are tried (`bybit_assets`); they also tell which assets are not counted.
* Leaf and first neighbour have height 1, the root the greatest. Type 1 is left, 2 right, 3 the root, 4 a free place
  with a copy of the hash on its left; newer files give such a copy type 2.

Why it is not sound. The parent commits to the sum alone, so a neighbour's balance can be anything, also below zero:
the exchange's tool only asks for numbers. `userHash` is a value of the exchange and `nonce` is not hashed, so a leaf
is bound to nobody. Without anything between them, `1.00000000` and `23.00000000` are hashed like `1.0000000023` and
`.00000000`; without names, amounts can change places with their assets. The root comes from the customer's own file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import Amounts, cut, fixed, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.bybit_assets import BYBIT_LISTS
from echt.proofs.verify.formats.nodes import (
    COMPUTED,
    LEFT,
    RIGHT,
    TOP,
    Climb,
    Malformed,
    SumNode,
    amounts_member,
    climb,
    filled_padding,
    hash_member,
    hash_text,
    list_member,
    member,
    negative_numbers,
    other_root,
    root_from_file,
    same_side,
    shown,
    text_member,
    whole_member,
    written_texts,
    wrong_leaf,
    wrong_levels,
    wrong_total,
    wrong_way,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

BYBIT_NAME = "bybit"
BYBIT_DECIMALS = 8
BYBIT_FILLER = 4
BYBIT_TOLD = "file"


@dataclass(frozen=True)
class BybitOrder:
    """An order in which amounts may have been hashed, and where we know it from."""

    source: str
    counted: tuple[str, ...]


@dataclass(frozen=True)
class BybitReading:
    """The hashes that follow from one order."""

    order: BybitOrder
    leaf: str
    way: Climb


def recognises_bybit(content: Content) -> bool:
    """A `self` with `userHash` and `balance`, so written, is nobody else's."""
    own = content.members.get("self")
    return "path" in content.members and isinstance(own, dict) and {"userHash", "balance"} <= set(own)


def check_bybit(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of Bybit's files."""
    try:
        return answer(BYBIT_NAME, _bybit_findings(content.json, knowledge))
    except Malformed as fault:
        return unreadable(BYBIT_NAME, fault.where)


def _bybit_findings(file: object, knowledge: Knowledge) -> Findings:
    raw = member(file, "self", "file")
    own = _bybit_node(raw, "self", OWN_LEAF, (LEFT, RIGHT))
    *siblings, root = _bybit_path(list_member(file, "path", "file"), own)
    reading = _bybit_best(raw, own, siblings, root)
    counted = reading.order.counted
    fillers = [node for node in siblings if node.role == BYBIT_FILLER]
    return Findings(
        broken=[
            *wrong_leaf(own, reading.leaf),
            *same_side(own, siblings),
            *wrong_levels((own, *siblings, root), (1, *range(1, len(siblings) + 2))),
            *wrong_way(reading.way, root, BYBIT_FILLER),
            *other_root(root, knowledge),
        ],
        wrong=[
            *negative_numbers((own, *siblings, root)),
            *wrong_total(_bybit_counted(root, counted), _bybit_counted(reading.way.top, counted).amounts),
            *filled_padding(fillers),
        ],
        unsound=[*_bybit_not_counted(own, counted), *_bybit_unsound(knowledge)],
        amounts=shown({asset: own.amounts[asset] for asset in counted}),
        extra={"root": root.hash, "asset_list": reading.order.source},
    )


def _bybit_path(nodes: list[object], own: SumNode) -> list[SumNode]:
    *siblings, root = nodes
    path = [
        *(
            _bybit_node(node, f"path[{number}]", None, (LEFT, RIGHT, BYBIT_FILLER))
            for number, node in enumerate(siblings)
        ),
        _bybit_node(root, f"path[{len(siblings)}]", ROOT, (TOP,)),
    ]
    for number, node in enumerate(path):
        if set(node.amounts) != set(own.amounts):
            raise Malformed(f"path[{number}].balance")
    return path


def _bybit_node(node: object, where: str, place: Words | None, types: tuple[int, ...]) -> SumNode:
    height = whole_member(node, "height", where)
    return SumNode(
        hash=hash_member(node, "hash", where, 64),
        amounts=amounts_member(node, "balance", where),
        role=whole_member(node, "type", where, types),
        level=height,
        place=place or neighbour(height),
    )


def _bybit_best(raw: object, own: SumNode, siblings: Sequence[SumNode], root: SumNode) -> BybitReading:
    """The first order that the hashes confirm up to the root; if none, one that fits the own leaf; else the file's."""
    readings = [_bybit_read(raw, own, siblings, order) for order in _bybit_orders(own.amounts)]
    whole = (reading for reading in readings if (reading.leaf, reading.way.top.hash) == (own.hash, root.hash))
    leaf = (reading for reading in readings if reading.leaf == own.hash)
    return next(whole, None) or next(leaf, readings[0])


def _bybit_orders(amounts: Amounts) -> Iterator[BybitOrder]:
    """The order that the file tells, then those of the lists that fit its assets."""
    yield BybitOrder(BYBIT_TOLD, tuple(amounts))
    for name, assets in BYBIT_LISTS.items():
        allowed = [asset.strip("()") for asset in assets.split()]
        counted = tuple(asset for asset in assets.split() if not asset.startswith("("))
        if set(counted) <= set(amounts) <= set(allowed):
            yield BybitOrder(name, counted)


def _bybit_read(raw: object, own: SumNode, siblings: Sequence[SumNode], order: BybitOrder) -> BybitReading:
    texts = written_texts(raw, "balance", "self")
    leaf = hash_text(text_member(raw, "userHash", "self") + "".join(texts[asset] for asset in order.counted))
    return BybitReading(order, leaf, climb(own, siblings, lambda left, right: _bybit_parent(left, right, order)))


def _bybit_parent(left: SumNode, right: SumNode, order: BybitOrder) -> SumNode:
    sums = {asset: cut(amount, BYBIT_DECIMALS) for asset, amount in sums_of([left.amounts, right.amounts]).items()}
    texts = "".join(fixed(sums[asset], BYBIT_DECIMALS) for asset in order.counted)
    level = left.level + 1
    return SumNode(hash_text(f"{left.hash}{right.hash}{texts}{level}"), sums, COMPUTED, level, ROOT)


def _bybit_counted(node: SumNode, counted: Sequence[str]) -> SumNode:
    return replace(node, amounts={asset: node.amounts[asset] for asset in counted})


def _bybit_not_counted(own: SumNode, counted: Sequence[str]) -> list[Reason]:
    return [foreign_reason("format.not_counted", asset=asset) for asset in own.amounts if asset not in counted]


def _bybit_unsound(knowledge: Knowledge) -> list[Reason]:
    return [
        foreign_reason("format.sum_only"),
        *root_from_file(knowledge),
        foreign_reason("format.opaque_user", field="userHash"),
        foreign_reason("format.names_not_hashed"),
        foreign_reason("format.ambiguous"),
        foreign_reason("format.negative_allowed"),
        foreign_reason("format.padding_copy"),
        foreign_reason("format.neighbour_shown"),
    ]


BYBIT = Format((BYBIT_NAME,), recognises_bybit, check_bybit)
