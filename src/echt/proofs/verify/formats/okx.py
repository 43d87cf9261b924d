"""OKX's proof files of November 2022 to March 2023 ("Merkle 1"): a sum tree of three assets, a path for each customer.

* Leaf: `nonce` and the balances as JSON without white space, BTC, ETH, USDT in this order, amounts exactly as the
  file has them. Parent: both hashes, the three sums without zeros behind, and the height, all without anything
  between them; what goes beyond eight decimals is cut off. Hashes are whole SHA-256.
* Leaf and first neighbour have height 1, the root the greatest. Type 1 is left, 2 right, 3 the root, 4 a free place:
  always right, with a copy of the hash on its left and nothing in it.

Why it is not sound. The parent commits to the sum alone, so a neighbour's balance can be anything, also below zero:
the exchange's tool does not look at signs. A leaf has nothing in it but a nonce that the exchange chose, so it is
bound to nobody; and the neighbour's nonce stands in the file. Sums are joined without anything between them. One hash
stands for a node and for the free place beside it. The root comes from the customer's own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import Amounts, cut, plain, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.nodes import (
    COMPUTED,
    LEFT,
    RIGHT,
    TOP,
    Malformed,
    SumNode,
    amounts_member,
    climb,
    filled_padding,
    hash_member,
    hash_text,
    list_member,
    member,
    other_root,
    root_from_file,
    same_side,
    shown,
    text_member,
    whole_member,
    written_texts,
    wrong_leaf,
    wrong_levels,
    wrong_numbers,
    wrong_way,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

OKX_PATH_NAME = "okx-merkle-1"
OKX_ASSETS = ("BTC", "ETH", "USDT")
OKX_DECIMALS = 8
OKX_FILLER = 4


def recognises_okx_path(content: Content) -> bool:
    """A path, and a `self` with a nonce, a hash and balances, but none of the names that others give a customer."""
    own = content.members.get("self")
    mine = {"nonce", "hash", "balances", "height", "type"}
    return "path" in content.members and isinstance(own, dict) and mine <= set(own) and "encryptUid" not in own


def check_okx_path(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of OKX's files with a path."""
    try:
        return answer(OKX_PATH_NAME, _okx_findings(content.json, knowledge))
    except Malformed as fault:
        return unreadable(OKX_PATH_NAME, fault.where)


def okx_amounts(of: object, key: str, where: str) -> Amounts:
    """The amounts of a node; exactly those of the three assets."""
    amounts = amounts_member(of, key, where)
    if set(amounts) != set(OKX_ASSETS):
        raise Malformed(f"{where}.{key}")
    return amounts


def okx_json(texts: Mapping[str, str]) -> str:
    """Amounts as they are hashed together with a nonce."""
    return "{" + ",".join(f'"{asset}":"{texts[asset]}"' for asset in OKX_ASSETS) + "}"


def okx_sums(left: Mapping[str, Decimal], right: Mapping[str, Decimal]) -> Amounts:
    """What a parent holds: nothing beyond eight decimals."""
    return {asset: cut(amount, OKX_DECIMALS) for asset, amount in sums_of([left, right]).items()}


def okx_parent(left: str, right: str, sums: Mapping[str, Decimal], height: int) -> str:
    """The hash of the parent of two nodes."""
    return hash_text(f"{left}{right}{''.join(plain(sums[asset]) for asset in OKX_ASSETS)}{height}")


def _okx_findings(file: object, knowledge: Knowledge) -> Findings:
    raw = member(file, "self", "file")
    own = _okx_node(raw, "self", OWN_LEAF, (LEFT, RIGHT))
    *siblings, root = _okx_path(list_member(file, "path", "file"))
    way = climb(own, siblings, _okx_above)
    fillers = [node for node in siblings if node.role == OKX_FILLER]
    return Findings(
        broken=[
            *wrong_leaf(own, _okx_leaf(raw)),
            *same_side(own, siblings),
            *wrong_levels((own, *siblings, root), (1, *range(1, len(siblings) + 2))),
            *wrong_way(way, root, OKX_FILLER),
            *other_root(root, knowledge),
        ],
        wrong=[*wrong_numbers([own, *siblings], root, way.top.amounts), *filled_padding(fillers)],
        unsound=_okx_unsound(file, knowledge),
        amounts=shown(own.amounts),
        extra={"root": root.hash},
    )


def _okx_path(nodes: list[object]) -> list[SumNode]:
    *siblings, root = nodes
    return [
        *(_okx_node(node, f"path[{number}]", None, (LEFT, RIGHT, OKX_FILLER)) for number, node in enumerate(siblings)),
        _okx_node(root, f"path[{len(siblings)}]", ROOT, (TOP,)),
    ]


def _okx_node(node: object, where: str, place: Words | None, types: tuple[int, ...]) -> SumNode:
    height = whole_member(node, "height", where)
    return SumNode(
        hash=hash_member(node, "hash", where, 64),
        amounts=okx_amounts(node, "balances", where),
        role=whole_member(node, "type", where, types),
        level=height,
        place=place or neighbour(height),
    )


def _okx_leaf(own: object) -> str:
    return hash_text(text_member(own, "nonce", "self") + okx_json(written_texts(own, "balances", "self")))


def _okx_above(left: SumNode, right: SumNode) -> SumNode:
    sums, height = okx_sums(left.amounts, right.amounts), left.level + 1
    return SumNode(okx_parent(left.hash, right.hash, sums, height), sums, COMPUTED, height, ROOT)


def _okx_unsound(file: object, knowledge: Knowledge) -> list[Reason]:
    first, *_ = list_member(file, "path", "file")
    return [
        foreign_reason("format.sum_only"),
        *root_from_file(knowledge),
        foreign_reason("format.not_bound"),
        foreign_reason("format.ambiguous"),
        foreign_reason("format.negative_allowed"),
        foreign_reason("format.padding_copy"),
        *([foreign_reason("format.salt_leaked")] if isinstance(first, dict) and first.get("nonce") else []),
        foreign_reason("format.neighbour_shown"),
    ]


OKX_PATH = Format((OKX_PATH_NAME,), recognises_okx_path, check_okx_path)
