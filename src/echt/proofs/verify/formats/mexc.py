"""MEXC's proof files: a sum tree with hashes of 128 bits.

* A hash is the first 32 hexadecimal digits of the SHA-256 of a text.
* Leaf: `proofId,accountId,ASSET:amount,ASSET:amount`, assets in ascending order, amounts exactly as the file has
  them.
* Parent: `LEFT,RIGHT,ASSET:sum,ASSET:sum`, both hashes and the sums, zeros behind left off. Where there is no right
  child, its hash is empty and only the left child's assets are named; else the four usual assets are, even with
  nothing.
* The leaf has level 0, the root is the last node of `pathList` with type 3. A level without a neighbour in the list
  has an empty one. Type 1 is left, 2 right.

Why it is not sound. The parent commits to the sum alone, so a neighbour's balance can be anything that the total
needs to be low (four customers with 5, 7, 3 and 6 can all be shown a root of 7). The exchange's validator compares
the hash of the root and never its balances, refuses no amount below zero, and takes the root from the customer's own
file. 128 bits are half of what SHA-256 gives. A leaf names the account, which binds it; but it has no secret in it,
so a neighbour who sees its hash and balances can find the account number by trying all of ten digits.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import Amounts, plain, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.nodes import (
    COMPUTED,
    LEFT,
    MOST_LEVELS,
    RIGHT,
    TOP,
    Malformed,
    SumNode,
    amounts_member,
    filled_padding,
    hash_member,
    hash_text,
    list_member,
    member,
    other_account,
    other_root,
    root_from_file,
    shown,
    text_member,
    whole_member,
    written_texts,
    wrong_leaf,
    wrong_numbers,
    wrong_root,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

MEXC_NAME = "mexc"
MEXC_DIGITS = 32
MEXC_USUAL = ("BTC", "ETH", "USDC", "USDT")
MEXC_EMPTY = SumNode("", {}, RIGHT, 0, ROOT)


def recognises_mexc(content: Content) -> bool:
    """`pathList` and a `self` with `proofId` is nobody else's."""
    own = content.members.get("self")
    return "pathList" in content.members and isinstance(own, dict) and "proofId" in own


def check_mexc(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of MEXC's files."""
    try:
        return answer(MEXC_NAME, _mexc_findings(content.json, knowledge))
    except Malformed as fault:
        return unreadable(MEXC_NAME, fault.where)


def _mexc_findings(file: object, knowledge: Knowledge) -> Findings:
    own, leaf, account = _mexc_own(member(file, "self", "file"))
    *siblings, root = _mexc_path(list_member(file, "pathList", "file"))
    computed = _mexc_climb(own, {node.level: node for node in siblings}, root.level)
    fillers = [node for node in siblings if not node.hash]
    return Findings(
        broken=[
            *wrong_leaf(own, leaf),
            *_mexc_side(own, siblings),
            *wrong_root(root, computed.hash),
            *other_root(root, knowledge),
            *other_account(account, knowledge),
        ],
        wrong=[*wrong_numbers([own, *siblings], root, computed.amounts), *filled_padding(fillers)],
        unsound=_mexc_unsound(knowledge),
        amounts=shown(own.amounts),
        extra={"root": root.hash},
    )


def _mexc_own(own: object) -> tuple[SumNode, str, str]:
    """The customer's leaf, the hash that it must have, and the account that it names."""
    account = text_member(own, "accountId", "self")
    key, amounts = _mexc_amounts(own, "self")
    texts = written_texts(own, key, "self")
    tokens = ",".join(f"{asset}:{texts[asset]}" for asset in sorted(texts))
    leaf = hash_text(f"{text_member(own, 'proofId', 'self')},{account},{tokens}", MEXC_DIGITS)
    side = whole_member(own, "type", "self", (LEFT, RIGHT))
    level = whole_member(own, "level", "self", (0,))
    return SumNode(hash_member(own, "hash", "self", MEXC_DIGITS), amounts, side, level, OWN_LEAF), leaf, account


def _mexc_path(nodes: list[object]) -> list[SumNode]:
    """The nodes of the list, level by level; none where a lower one stood, and the root at the end."""
    path: list[SumNode] = []
    for number, node in enumerate(nodes):
        where = f"pathList[{number}]"
        last = number == len(nodes) - 1
        role = whole_member(node, "type", where, (TOP,) if last else (LEFT, RIGHT))
        level = whole_member(node, "level", where, range(path[-1].level + 1 if path else 0, MOST_LEVELS + 1))
        filler = not last and isinstance(node, dict) and node.get("hash") == ""
        digits = 0 if filler else MEXC_DIGITS
        place = ROOT if last else neighbour(level)
        path.append(
            SumNode(hash_member(node, "hash", where, digits), _mexc_amounts(node, where)[1], role, level, place)
        )
    return path


def _mexc_amounts(node: object, where: str) -> tuple[str, Amounts]:
    """The name of the member with the amounts, `balance` in the files of January 2023, and the amounts."""
    key = "balance" if isinstance(node, dict) and "balances" not in node and "balance" in node else "balances"
    return key, amounts_member(node, key, where)


def _mexc_side(own: SumNode, siblings: list[SumNode]) -> list[Reason]:
    """A leaf and its neighbour stand on different sides. Above the leaf, only the neighbour has a side in the file."""
    return [
        foreign_reason("hashes.side", where=node.place)
        for node in siblings[:1]
        if (node.level, node.role) == (0, own.role)
    ]


def _mexc_climb(own: SumNode, siblings: dict[int, SumNode], height: int) -> SumNode:
    node = own
    for level in range(height):
        sibling = siblings.get(level, MEXC_EMPTY if level or own.role == LEFT else replace(MEXC_EMPTY, role=LEFT))
        pair = (sibling, node) if sibling.role == LEFT else (node, sibling)
        node = _mexc_parent(*pair, level + 1)
    return node


def _mexc_parent(left: SumNode, right: SumNode, level: int) -> SumNode:
    usual = dict.fromkeys(MEXC_USUAL, Decimal(0))
    amounts = sums_of([left.amounts, usual, right.amounts]) if right.hash else left.amounts
    sums = ",".join(f"{asset}:{plain(amounts[asset])}" for asset in sorted(amounts))
    return SumNode(hash_text(f"{left.hash},{right.hash},{sums}", MEXC_DIGITS), amounts, COMPUTED, level, ROOT)


def _mexc_unsound(knowledge: Knowledge) -> list[Reason]:
    return [
        foreign_reason("format.sum_only"),
        foreign_reason("format.truncated_hash", bits=128, work=64),
        *root_from_file(knowledge),
        foreign_reason("format.total_unchecked"),
        foreign_reason("format.negative_allowed"),
        foreign_reason("format.no_salt"),
        foreign_reason("format.neighbour_shown"),
    ]


MEXC = Format((MEXC_NAME,), recognises_mexc, check_mexc)
