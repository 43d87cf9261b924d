"""Bitunix's proof files: Bitget's tree with whole hashes and fixed decimals.

* Leaf: `encryptUid,nonce,BALANCES`, amounts exactly as the file has them. Parent: both hashes without anything
  between them, then `,SUMS,height`; sums are cut off at the asset's decimals in `self.precisions` and written with
  all of them. Both are JSON of texts without white space, assets in the order of a Java `HashMap`. Hashes are whole
  SHA-256.
* The leaf has the greatest height, the root height 1 and stands last. Type 1 is left, 2 right, 3 the root.

Why it is not sound. The parent commits to the sum alone, so a neighbour's balance can be anything. The exchange's
tool compares nothing but the root's hash: neither its balances nor signs. The root and the precisions come from the
customer's own file, `encryptUid` is a value of the exchange, and the file contains the neighbour's nonce and
`encryptUid`.
"""

from __future__ import annotations

from collections.abc import Mapping

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import cut, fixed, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.java_maps import hash_map_json
from echt.proofs.verify.formats.nodes import (
    COMPUTED,
    LEFT,
    RIGHT,
    TOP,
    Malformed,
    SumNode,
    amounts_member,
    climb,
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
    wrong_root,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

BITUNIX_NAME = "bitunix"
BITUNIX_MOST_DECIMALS = 36


def recognises_bitunix(content: Content) -> bool:
    """`merkleLeaf` and `encryptUid` together are nobody else's."""
    own = content.members.get("self")
    return "path" in content.members and isinstance(own, dict) and {"merkleLeaf", "encryptUid"} <= set(own)


def check_bitunix(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of Bitunix's files."""
    try:
        return answer(BITUNIX_NAME, _bitunix_findings(content.json, knowledge))
    except Malformed as fault:
        return unreadable(BITUNIX_NAME, fault.where)


def _bitunix_findings(file: object, knowledge: Knowledge) -> Findings:
    raw = member(file, "self", "file")
    own = _bitunix_node(raw, "self", OWN_LEAF, (LEFT, RIGHT))
    *siblings, root = _bitunix_path(list_member(file, "path", "file"))
    decimals = _bitunix_decimals(raw, (own, *siblings, root))
    way = climb(own, siblings, lambda left, right: _bitunix_parent(left, right, decimals))
    height = len(siblings) + 1
    return Findings(
        broken=[
            *wrong_leaf(own, _bitunix_leaf(raw)),
            *same_side(own, siblings),
            *wrong_levels((own, *siblings, root), (height, *range(height, 0, -1))),
            *wrong_root(root, way.top.hash),
            *other_root(root, knowledge),
        ],
        wrong=wrong_numbers([own, *siblings], root, way.top.amounts),
        unsound=_bitunix_unsound(file, knowledge),
        amounts=shown(own.amounts),
        extra={"root": root.hash},
    )


def _bitunix_path(nodes: list[object]) -> list[SumNode]:
    *siblings, root = nodes
    return [
        *(_bitunix_node(node, f"path[{number}]", None, (LEFT, RIGHT)) for number, node in enumerate(siblings)),
        _bitunix_node(root, f"path[{len(siblings)}]", ROOT, (TOP,)),
    ]


def _bitunix_node(node: object, where: str, place: Words | None, types: tuple[int, ...]) -> SumNode:
    height = whole_member(node, "height", where)
    return SumNode(
        hash=hash_member(node, "merkleLeaf", where, 64),
        amounts=amounts_member(node, "balances", where),
        role=whole_member(node, "type", where, types),
        level=height,
        place=place or neighbour(height),
    )


def _bitunix_decimals(own: object, nodes: tuple[SumNode, ...]) -> dict[str, int]:
    """How many decimals the sums of each asset have."""
    precisions = member(own, "precisions", "self")
    assets = dict.fromkeys(asset for node in nodes for asset in node.amounts)
    most = range(BITUNIX_MOST_DECIMALS + 1)
    return {asset: whole_member(precisions, asset, "self.precisions", most) for asset in assets}


def _bitunix_leaf(own: object) -> str:
    texts = {asset: f'"{text}"' for asset, text in written_texts(own, "balances", "self").items()}
    user, nonce = text_member(own, "encryptUid", "self"), text_member(own, "nonce", "self")
    return hash_text(f"{user},{nonce},{hash_map_json(texts)}")


def _bitunix_parent(left: SumNode, right: SumNode, decimals: Mapping[str, int]) -> SumNode:
    sums = {asset: cut(sum_, decimals[asset]) for asset, sum_ in sums_of([left.amounts, right.amounts]).items()}
    texts = {asset: f'"{fixed(sum_, decimals[asset])}"' for asset, sum_ in sums.items()}
    level = left.level - 1
    return SumNode(hash_text(f"{left.hash}{right.hash},{hash_map_json(texts)},{level}"), sums, COMPUTED, level, ROOT)


def _bitunix_unsound(file: object, knowledge: Knowledge) -> list[Reason]:
    first, *_ = list_member(file, "path", "file")
    return [
        foreign_reason("format.sum_only"),
        *root_from_file(knowledge),
        foreign_reason("format.opaque_user", field="encryptUid"),
        foreign_reason("format.total_unchecked"),
        foreign_reason("format.negative_allowed"),
        *([foreign_reason("format.salt_leaked")] if isinstance(first, dict) and first.get("nonce") else []),
        foreign_reason("format.neighbour_shown"),
    ]


BITUNIX = Format((BITUNIX_NAME,), recognises_bitunix, check_bitunix)
